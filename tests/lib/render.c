/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render.h"

#include <math.h>
#include <stdlib.h>
#include <turbojpeg.h>

#include "tests/lib/render_lens.h"
#include "tests/lib/render_light.h"

/* Rays a pixel's side, and pixels beyond the panel that its blur can reach. */
#define RAYS     3
#define REACH_PX 24

/* One frame while it is drawn. */
struct shot {
    const struct render_spec *spec;
    const struct render_panel *panel;
    struct render_lens lens;
    struct render_canvas canvas;
};

void render_open(const struct render_spec *spec, struct render_stage *out) {
    struct render_dice dice = render_dice_of(spec->seed, 1);
    *out = (struct render_stage){0};
    if (spec->decoy == RENDER_CODE) {
        render_code_make(&dice, spec->version, spec->level, spec->payload, &out->code);
    }
    render_panel_draw(spec, &out->code, &out->panel);
    out->backdrop = render_canvas_backdrop(spec);
}

/* Light of the panel there, 0 to 255; below 0: beside it. */
static int texel_at(const struct render_panel *panel, double x, double y) {
    double u = x * RENDER_PANEL_TEXELS + panel->code_left + panel->code_side / 2.0;
    double v = y * RENDER_PANEL_TEXELS + panel->code_top + panel->code_side / 2.0;
    if (!(u >= 0 && v >= 0 && u < panel->width && v < panel->height)) {
        return -1;
    }
    return panel->light[(size_t)v * (size_t)panel->width + (size_t)u];
}

/*
 * What a screen's pixel grid makes of a camera's pixel: the grid's fundamental, taken at the pixel's centre
 * alone, so that it beats against the sensor's own grid as a real one does. And the dark bands of a dimmed
 * screen that the rolling shutter sees.
 */
static double screen_at(const struct render_spec *spec, struct render_point at, double y_px) {
    double grid = 2 * M_PI * spec->grid_modules;
    double light = 1 + spec->moire / 2 * (cos(grid * at.x) + cos(grid * at.y));
    double wave = spec->band == 0 ? 0 : sin(2 * M_PI * y_px / spec->band_px + spec->band_phase);
    return light * (1 - spec->band * (0.5 + 0.5 * wave));
}

/* After the optics: what the sensor adds lies on no lens. */
static void show_screen(const struct shot *shot, struct render_box box) {
    struct render_point at;
    for (int y = box.top; y < box.bottom; y++) {
        for (int x = box.left; x < box.right; x++) {
            if (render_lens_at(&shot->lens, x + 0.5, y + 0.5, &at) &&
                texel_at(shot->panel, at.x, at.y) >= 0) {
                float *pixel = &shot->canvas.light[(size_t)y * (size_t)shot->canvas.width + (size_t)x];
                *pixel = (float)(*pixel * screen_at(shot->spec, at, y + 0.5));
            }
        }
    }
}

/* Where the rays between the pixels of two lines meet the panel. */
struct corners {
    struct render_point *at[2]; /* above and below, one more than pixels */
    bool *met[2];
};

static void trace_line(const struct shot *shot, struct render_box box, int y, struct render_point *at,
                       bool *met) {
    for (int x = box.left; x <= box.right; x++) {
        met[x - box.left] = render_lens_at(&shot->lens, x, y, &at[x - box.left]);
    }
}

/* A ray of a pixel: between those of its corners, as lens and paper are smooth; by itself where one of them misses. */
static int ray_light(const struct shot *shot, const struct corners *corners, struct render_box box, int x,
                     int y, double dx, double dy) {
    int i = x - box.left;
    const struct render_point *a = &corners->at[0][i], *b = &corners->at[1][i];
    struct render_point at;
    if (corners->met[0][i] && corners->met[0][i + 1] && corners->met[1][i] && corners->met[1][i + 1]) {
        at.x = (1 - dy) * ((1 - dx) * a[0].x + dx * a[1].x) + dy * ((1 - dx) * b[0].x + dx * b[1].x);
        at.y = (1 - dy) * ((1 - dx) * a[0].y + dx * a[1].y) + dy * ((1 - dx) * b[0].y + dx * b[1].y);
    } else if (!render_lens_at(&shot->lens, x + dx, y + dy, &at)) {
        return -1;
    }
    return texel_at(shot->panel, at.x, at.y);
}

static void draw_pixel(const struct shot *shot, const struct corners *corners, struct render_box box, int x,
                       int y) {
    int sum = 0;
    int met = 0;
    for (int i = 0; i < RAYS * RAYS; i++) {
        int light = ray_light(shot, corners, box, x, y, (i % RAYS + 0.5) / RAYS, (i / RAYS + 0.5) / RAYS);
        sum += light >= 0 ? light : 0;
        met += light >= 0;
    }
    if (met == 0) {
        return;
    }
    const struct render_spec *spec = shot->spec;
    float *pixel = &shot->canvas.light[(size_t)y * (size_t)shot->canvas.width + (size_t)x];
    double panel = met * spec->black + (spec->white - spec->black) * sum / 255.0;
    double behind = (double)*pixel * (RAYS * RAYS - met);
    *pixel = (float)((panel + behind) / (RAYS * RAYS));
}

static void draw_panel(const struct shot *shot, struct render_box box) {
    size_t count = (size_t)(box.right - box.left) + 1;
    struct corners corners = {{calloc(count, sizeof *corners.at[0]), calloc(count, sizeof *corners.at[0])},
                              {calloc(count, sizeof *corners.met[0]), calloc(count, sizeof *corners.met[0])}};
    trace_line(shot, box, box.top, corners.at[1], corners.met[1]);
    for (int y = box.top; y < box.bottom; y++) {
        corners = (struct corners){{corners.at[1], corners.at[0]}, {corners.met[1], corners.met[0]}};
        trace_line(shot, box, y + 1, corners.at[1], corners.met[1]);
        for (int x = box.left; x < box.right; x++) {
            draw_pixel(shot, &corners, box, x, y);
        }
    }
    for (int i = 0; i < 2; i++) {
        free(corners.at[i]);
        free(corners.met[i]);
    }
}

static int cut(double value, int count) {
    return value < 0 ? 0 : value > count ? count : (int)value;
}

/* The pixels that can see the panel: its flat corners, and as much again where it bends or the lens does. */
static struct render_box reach_of(const struct shot *shot) {
    const struct render_panel *panel = shot->panel;
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (int i = 0; i < 4; i++) {
        double u = (i % 2 * panel->width - panel->code_left - panel->code_side / 2.0) / RENDER_PANEL_TEXELS;
        double v = (i / 2 * panel->height - panel->code_top - panel->code_side / 2.0) / RENDER_PANEL_TEXELS;
        struct render_point at = render_lens_pixel(&shot->lens, u, v);
        left = fmin(left, at.x);
        right = fmax(right, at.x);
        top = fmin(top, at.y);
        bottom = fmax(bottom, at.y);
    }
    bool warped = shot->spec->bend != RENDER_FLAT || shot->spec->barrel != 0;
    double more = REACH_PX + (warped ? 0.3 * fmax(right - left, bottom - top) : 0);
    int width = shot->canvas.width, height = shot->canvas.height;
    return (struct render_box){cut(left - more, width), cut(top - more, height), cut(right + more, width),
                               cut(bottom + more, height)};
}

struct grey render_take(const struct render_stage *stage, const struct render_spec *spec) {
    struct shot shot = {spec, &stage->panel, render_lens_of(spec), render_canvas_copy(&stage->backdrop)};
    struct render_box box = reach_of(&shot);
    if (box.left < box.right && box.top < box.bottom) {
        draw_panel(&shot, box);
        render_canvas_blur(&shot.canvas, spec, box);
    }
    if (spec->phone) {
        show_screen(&shot, box);
    }
    render_light_fall(&shot.canvas, spec);
    struct grey out = render_light_develop(&shot.canvas, spec);
    render_canvas_close(&shot.canvas);
    return out;
}

struct span render_jpeg(const struct grey *picture, int quality) {
    unsigned char *encoded = NULL;
    unsigned long size = 0;
    tjhandle jpeg = tjInitCompress();
    int failed = tjCompress2(jpeg, picture->pixels, (int)picture->width_px, 0, (int)picture->height_px,
                             TJPF_GRAY, &encoded, &size, TJSAMP_GRAY, quality, 0);
    uint8_t *copy = failed == 0 ? malloc(size) : NULL;
    if (copy == NULL) {
        size = 0;
    } else {
        memcpy(copy, encoded, size);
    }
    tjFree(encoded);
    tjDestroy(jpeg);
    return span_of_bytes(copy, size);
}

void render_close(struct render_stage *stage) {
    render_panel_close(&stage->panel);
    render_canvas_close(&stage->backdrop);
    *stage = (struct render_stage){0};
}
