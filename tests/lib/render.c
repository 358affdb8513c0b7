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

/* Light of the panel where the ray meets it; below 0: beside it. */
static double light_at(const struct shot *shot, double x_px, double y_px) {
    const struct render_panel *panel = shot->panel;
    struct render_point at;
    if (!render_lens_at(&shot->lens, x_px, y_px, &at)) {
        return -1;
    }
    double u = at.x * RENDER_PANEL_TEXELS + panel->code_left + panel->code_side / 2.0;
    double v = at.y * RENDER_PANEL_TEXELS + panel->code_top + panel->code_side / 2.0;
    if (!(u >= 0 && v >= 0 && u < panel->width && v < panel->height)) {
        return -1;
    }
    uint8_t light = panel->light[(size_t)v * (size_t)panel->width + (size_t)u];
    return shot->spec->black + (shot->spec->white - shot->spec->black) * light / 255.0;
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
            if (light_at(shot, x + 0.5, y + 0.5) >= 0 && render_lens_at(&shot->lens, x + 0.5, y + 0.5, &at)) {
                float *pixel = &shot->canvas.light[(size_t)y * (size_t)shot->canvas.width + (size_t)x];
                *pixel = (float)(*pixel * screen_at(shot->spec, at, y + 0.5));
            }
        }
    }
}

static void draw_pixel(const struct shot *shot, int x, int y) {
    double sum = 0;
    int met = 0;
    for (int i = 0; i < RAYS * RAYS; i++) {
        double dx = (i % RAYS + 0.5) / RAYS;
        double dy = (i / RAYS + 0.5) / RAYS;
        double light = light_at(shot, x + dx, y + dy);
        sum += light >= 0 ? light : 0;
        met += light >= 0;
    }
    if (met == 0) {
        return;
    }
    float *pixel = &shot->canvas.light[(size_t)y * (size_t)shot->canvas.width + (size_t)x];
    double behind = (double)*pixel * (RAYS * RAYS - met);
    *pixel = (float)((sum + behind) / (RAYS * RAYS));
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
    for (int y = box.top; y < box.bottom; y++) {
        for (int x = box.left; x < box.right; x++) {
            draw_pixel(&shot, x, y);
        }
    }
    if (box.left < box.right && box.top < box.bottom) {
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
