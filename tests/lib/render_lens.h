/* render_lens: which point of the panel a pixel of the frame sees: pose, perspective, bent paper, distortion. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_LENS_H
#define TESTS_LIB_RENDER_LENS_H

#include <stdbool.h>

#include "tests/lib/render_spec.h"

/* Focal length as part of the frame's width: a webcam's 58 degrees. */
#define RENDER_LENS_FOCAL 0.9

struct render_point {
    double x, y;
};

/* A camera before a panel. Lengths in modules; the panel's own axes: z points away from the camera. */
struct render_lens {
    double focal_px, middle_x_px, middle_y_px, barrel;
    double turn[3][3]; /* columns: the panel's axes as the camera sees them */
    double place[3];   /* the code's centre before the camera */
    double from[3];    /* the camera in the panel's axes */
    enum render_bend bend;
    double radius, bend_x, bend_y, curl_from;
};

struct render_lens render_lens_of(const struct render_spec *spec);

/*
 * The point of the (possibly bent) sheet at a pixel, in modules from the code's centre along the sheet.
 * False: the ray misses the surface; the sheet's edges are the caller's to check.
 */
bool render_lens_at(const struct render_lens *lens, double x_px, double y_px, struct render_point *out);

/* Where a point of the flat sheet (modules from the code's centre) appears, without distortion, in pixels. */
struct render_point render_lens_pixel(const struct render_lens *lens, double u, double v);

#endif
