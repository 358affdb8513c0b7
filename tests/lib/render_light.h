/* render_light: how a scene is lit, and what the camera makes of its light. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_LIGHT_H
#define TESTS_LIB_RENDER_LIGHT_H

#include "frame/frame.h"
#include "tests/lib/render_canvas.h"

/* Gradient, shadow and glare. */
void render_light_fall(struct render_canvas *canvas, const struct render_spec *spec);

/* Exposure, noise, the camera's own denoising, tone curve and sharpening: 8 bits; the caller's to free(). */
struct grey render_light_develop(struct render_canvas *canvas, const struct render_spec *spec);

#endif
