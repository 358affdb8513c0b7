/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_lens.h"

#include <math.h>

/* A ray in the axes of the bend: across (where it bends), along (where it does not), and depth. */
struct ray {
    double across, along, depth;
    double d_across, d_along, d_depth;
};

/* Tilt about an axis in the panel's plane (Rodrigues' formula), after turning the panel in its plane. */
static void set_turn(struct render_lens *lens, const struct render_spec *spec) {
    double c = cos(spec->tilt), s = sin(spec->tilt);
    double ax = cos(spec->tilt_axis), ay = sin(spec->tilt_axis);
    double tilt[3][3] = {{c + ax * ax * (1 - c), ax * ay * (1 - c), ay * s},
                         {ax * ay * (1 - c), c + ay * ay * (1 - c), -ax * s},
                         {-ay * s, ax * s, c}};
    double ct = cos(spec->turn), st = sin(spec->turn);
    for (int row = 0; row < 3; row++) {
        lens->turn[row][0] = tilt[row][0] * ct + tilt[row][1] * st;
        lens->turn[row][1] = -tilt[row][0] * st + tilt[row][1] * ct;
        lens->turn[row][2] = tilt[row][2];
    }
}

struct render_lens render_lens_of(const struct render_spec *spec) {
    double focal = RENDER_LENS_FOCAL * spec->width_px;
    double distance = focal / spec->module_px;
    struct render_lens lens = {
        .focal_px = focal,
        .middle_x_px = spec->width_px / 2.0,
        .middle_y_px = spec->height_px / 2.0,
        .barrel = spec->barrel,
        .place = {spec->x_px * distance / focal, spec->y_px * distance / focal, distance},
        .bend = spec->bend,
        .radius = spec->bend_radius_modules,
        .bend_x = cos(spec->bend_turn),
        .bend_y = sin(spec->bend_turn),
        .curl_from = spec->curl_from_modules,
    };
    set_turn(&lens, spec);
    for (int axis = 0; axis < 3; axis++) {
        for (int row = 0; row < 3; row++) {
            lens.from[axis] -= lens.turn[row][axis] * lens.place[row];
        }
    }
    return lens;
}

static struct ray ray_at(const struct render_lens *lens, double x_px, double y_px) {
    double x = (x_px - lens->middle_x_px) / lens->focal_px;
    double y = (y_px - lens->middle_y_px) / lens->focal_px;
    double half = lens->middle_x_px / lens->focal_px;
    double stretch = 1 + lens->barrel * (x * x + y * y) / (half * half);
    double d[3];
    for (int axis = 0; axis < 3; axis++) {
        d[axis] = lens->turn[0][axis] * x * stretch + lens->turn[1][axis] * y * stretch + lens->turn[2][axis];
    }
    double c = lens->bend_x, s = lens->bend_y;
    const double *o = lens->from;
    return (struct ray){c * o[0] + s * o[1], -s * o[0] + c * o[1], o[2],
                        c * d[0] + s * d[1], -s * d[0] + c * d[1], d[2]};
}

/* A cylinder that touches the plane in the line across = 0; *arc: the way along the sheet from there. */
static bool meet_cylinder(const struct ray *ray, double radius, double *steps, double *arc) {
    double a = ray->d_across * ray->d_across + ray->d_depth * ray->d_depth;
    double b = ray->across * ray->d_across + (ray->depth - radius) * ray->d_depth;
    double c = ray->across * ray->across + ray->depth * ray->depth - 2 * radius * ray->depth;
    double root = b * b - a * c;
    if (root < 0) {
        return false;
    }
    *steps = (-b - copysign(sqrt(root), radius)) / a;
    double across = ray->across + *steps * ray->d_across;
    double depth = ray->depth + *steps * ray->d_depth;
    *arc = fabs(radius) * atan2(across, (radius - depth) * copysign(1, radius));
    return true;
}

/* Flat up to a line, a cylinder from there on. */
static bool meet_curl(const struct ray *ray, double from, double radius, double *steps, double *arc) {
    *steps = -ray->depth / ray->d_depth;
    *arc = ray->across + *steps * ray->d_across;
    if (*arc <= from) {
        return true;
    }
    struct ray moved = *ray;
    moved.across -= from;
    bool met = meet_cylinder(&moved, radius, steps, arc);
    *arc += from;
    return met;
}

/* A shallow wave of the given length, whose steepest part has the slope 1/radius: met by iteration. */
static bool meet_wave(const struct ray *ray, double length, double radius, double *steps, double *arc) {
    double w = 2 * M_PI / length;
    double slope = 1 / radius;
    double across = 0;
    *steps = -ray->depth / ray->d_depth;
    for (int i = 0; i < 3; i++) {
        across = ray->across + *steps * ray->d_across;
        *steps = (slope / w * sin(w * across) - ray->depth) / ray->d_depth;
    }
    /* the integral of 1 + slope^2 cos^2 / 2 */
    *arc = across + slope * slope / 4 * (across + sin(2 * w * across) / (2 * w));
    return true;
}

bool render_lens_at(const struct render_lens *lens, double x_px, double y_px, struct render_point *out) {
    struct ray ray = ray_at(lens, x_px, y_px);
    double steps = -ray.depth / ray.d_depth;
    double arc = ray.across + steps * ray.d_across;
    bool met = true;
    if (lens->bend == RENDER_CYLINDER) {
        met = meet_cylinder(&ray, lens->radius, &steps, &arc);
    } else if (lens->bend == RENDER_CURL) {
        met = meet_curl(&ray, lens->curl_from, lens->radius, &steps, &arc);
    } else if (lens->bend == RENDER_WAVE) {
        met = meet_wave(&ray, lens->curl_from, lens->radius, &steps, &arc);
    }
    if (!met || steps <= 0) {
        return false;
    }
    double along = ray.along + steps * ray.d_along;
    out->x = lens->bend_x * arc - lens->bend_y * along;
    out->y = lens->bend_y * arc + lens->bend_x * along;
    return true;
}

struct render_point render_lens_pixel(const struct render_lens *lens, double u, double v) {
    double p[3];
    for (int row = 0; row < 3; row++) {
        p[row] = lens->turn[row][0] * u + lens->turn[row][1] * v + lens->place[row];
    }
    return (struct render_point){lens->middle_x_px + lens->focal_px * p[0] / p[2],
                                 lens->middle_y_px + lens->focal_px * p[1] / p[2]};
}
