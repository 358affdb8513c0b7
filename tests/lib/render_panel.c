/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define T RENDER_PANEL_TEXELS

static int least(int a, int b) {
    return a < b ? a : b;
}

static int most(int a, int b) {
    return a > b ? a : b;
}

void render_panel_fill(struct render_panel *panel, int left, int top, int width, int height, uint8_t light) {
    int right = least(left + width, panel->width);
    int bottom = least(top + height, panel->height);
    left = most(left, 0);
    for (int y = most(top, 0); y < bottom && left < right; y++) {
        memset(panel->light + (size_t)y * (size_t)panel->width + left, light, (size_t)(right - left));
    }
}

/* Two or three strokes in a box. */
static void draw_letter(struct render_panel *panel, struct render_dice *dice, int left, int top, int width,
                        int height, uint8_t ink) {
    int stroke = most(1, height / 7);
    render_panel_fill(panel, left + (int)render_dice_below(dice, 2) * (width - stroke), top, stroke, height,
                      ink);
    for (unsigned i = render_dice_below(dice, 3); i < 3; i++) {
        render_panel_fill(panel, left, top + (int)render_dice_below(dice, 3) * (height - stroke) / 2, width,
                          stroke, ink);
    }
}

void render_panel_text(struct render_panel *panel, struct render_dice *dice, int left, int top, int width,
                       int height, int line, uint8_t ink) {
    int tall = line * 6 / 10;
    for (int y = top; y + tall <= top + height && tall > 0; y += line) {
        int end = left + (int)(width * render_dice_between(dice, 0.5, 1.0));
        for (int x = left; x + tall < end;) {
            int wide = (int)(tall * render_dice_between(dice, 0.35, 0.75));
            if (render_dice_chance(dice, 0.84)) {
                draw_letter(panel, dice, x, y, wide, tall, ink);
            }
            x += wide + most(1, tall / 5);
        }
    }
}

/* Modules of one colour; `grow` texels larger on each side, but not beyond the code. */
static void draw_modules(struct render_panel *panel, const struct render_code *code, bool dark, int grow,
                         uint8_t light) {
    for (unsigned row = 0; row < code->side; row++) {
        for (unsigned column = 0; column < code->side; column++) {
            if ((code->dark[row][column] == 1) == dark) {
                render_panel_fill(panel, panel->code_left + (int)column * T - grow,
                                  panel->code_top + (int)row * T - grow, T + 2 * grow, T + 2 * grow, light);
            }
        }
    }
}

static void draw_code(struct render_panel *panel, const struct render_spec *spec,
                      const struct render_code *code) {
    uint8_t dark = spec->inverted ? 255 : 0;
    uint8_t light = spec->inverted ? 0 : 255;
    if (spec->ink_gain_texels >= 0) {
        draw_modules(panel, code, true, spec->ink_gain_texels, dark);
        return;
    }
    render_panel_fill(panel, panel->code_left, panel->code_top, panel->code_side, panel->code_side, dark);
    draw_modules(panel, code, false, -spec->ink_gain_texels, light);
}

/* A finger's or sticker's ellipse; the area is a part of the code's. */
static void draw_cover(struct render_panel *panel, struct render_dice *dice, const struct render_spec *spec) {
    double side = panel->code_side;
    bool inside = spec->covered_inside;
    /* at the corner a quarter of the ellipse lies over the code */
    double radius = sqrt(spec->covered * (inside ? 1 : 4) / M_PI) * side;
    double flat = render_dice_between(dice, 0.7, 1.0);
    double x0 = panel->code_left + side * (inside ? render_dice_between(dice, 0.35, 0.65) : 1.0);
    double y0 = panel->code_top + side * (inside ? render_dice_between(dice, 0.35, 0.65) : 1.0);
    uint8_t skin = (uint8_t)(60 + render_dice_below(dice, 120));
    for (double dy = -radius * flat; dy <= radius * flat; dy++) {
        double half = radius * sqrt(1 - dy * dy / (radius * radius * flat * flat));
        render_panel_fill(panel, (int)(x0 - half), (int)(y0 + dy), (int)(2 * half), 1, skin);
    }
}

/* A crack of a screen: a bright or dark line that breaks as it goes. */
static void draw_scratch(struct render_panel *panel, struct render_dice *dice) {
    double x = panel->code_left + panel->code_side * render_dice_between(dice, -0.1, 1.1);
    double y = panel->code_top + panel->code_side * render_dice_between(dice, -0.1, 1.1);
    double turn = render_dice_between(dice, 0, 2 * M_PI);
    int width = 1 + (int)render_dice_below(dice, T * 6 / 10);
    uint8_t light = render_dice_chance(dice, 0.6) ? 200 : 40;
    int length = (int)(panel->code_side * render_dice_between(dice, 0.2, 0.8));
    for (int i = 0; i < length; i++) {
        render_panel_fill(panel, (int)x, (int)y, width, width, light);
        turn += i % 60 == 0 ? render_dice_between(dice, -0.4, 0.4) : 0;
        x += cos(turn);
        y += sin(turn);
    }
}

/* Text close to the quiet zone, and stripes beside it. */
static void draw_neighbours(struct render_panel *panel, struct render_dice *dice, int quiet, uint8_t ink) {
    int left = panel->code_left - quiet;
    int side = panel->code_side + 2 * quiet;
    int line = T * (int)(4 + render_dice_below(dice, 5));
    render_panel_text(panel, dice, left, panel->code_top - quiet - 2 * line, side, 2 * line, line, ink);
    render_panel_text(panel, dice, left, panel->code_top - quiet + side + T / 2, side, 3 * line, line, ink);
    int pitch = T + (int)render_dice_below(dice, 3 * T);
    for (int y = panel->code_top - quiet; y < panel->code_top - quiet + side; y += 2 * pitch) {
        render_panel_fill(panel, left + side + T / 2, y, panel->width, pitch, ink);
    }
}

/* Sizes: quiet zone and a margin around, more of it above and below, a screen's border around all. */
static void lay_out(struct render_panel *panel, struct render_dice *dice, const struct render_spec *spec,
                    int side, int quiet, int *border) {
    int square = side + 2 * quiet;
    int beside = (int)(square * render_dice_between(dice, 0.04, 0.12));
    int above = (int)(square * render_dice_between(dice, 0.1, 0.5));
    int below = (int)(square * render_dice_between(dice, 0.1, 0.6));
    *border = spec->phone ? (int)(square * render_dice_between(dice, 0.02, 0.05)) : 0;
    panel->width = square + 2 * beside + 2 * *border;
    panel->height = square + above + below + 2 * *border;
    panel->code_left = *border + beside + quiet;
    panel->code_top = *border + above + quiet;
    panel->code_side = side;
    panel->light = malloc((size_t)panel->width * (size_t)panel->height);
}

/* The empty panel, with lines of text above and below the square for the code. */
static void draw_ground(struct render_panel *panel, struct render_dice *dice, const struct render_spec *spec,
                        int quiet, int border) {
    bool dark = spec->inverted || (spec->phone && render_dice_chance(dice, 0.2));
    uint8_t ground = dark ? 20 : 255;
    uint8_t ink = dark ? 205 : 12;
    int square = panel->code_side + 2 * quiet;
    int top = panel->code_top - quiet;
    int line = most(4, square / 20);
    int left = panel->code_left - quiet;
    render_panel_fill(panel, 0, 0, panel->width, panel->height, 0);
    render_panel_fill(panel, border, border, panel->width - 2 * border, panel->height - 2 * border, ground);
    render_panel_text(panel, dice, left, border + line / 2, square, top - border - line, line, ink);
    render_panel_text(panel, dice, left, top + square + line / 2, square,
                      panel->height - border - top - square - line, line, ink);
    render_panel_fill(panel, left, top, square, square, spec->inverted ? 0 : 255);
    if (spec->busy) {
        draw_neighbours(panel, dice, quiet, ink);
    }
}

void render_panel_draw(const struct render_spec *spec, const struct render_code *code,
                       struct render_panel *out) {
    struct render_dice dice = render_dice_of(spec->seed, 2);
    struct render_panel panel = {0};
    int quiet = (int)spec->quiet_modules * T;
    int border = 0;
    int side = (int)(17 + 4 * spec->version) * T;
    lay_out(&panel, &dice, spec, side, quiet, &border);
    draw_ground(&panel, &dice, spec, quiet, border);
    if (spec->decoy == RENDER_CODE) {
        draw_code(&panel, spec, code);
    } else {
        render_panel_decoy(&panel, &dice, spec->decoy, panel.code_left, panel.code_top, side);
    }
    if (spec->covered > 0) {
        draw_cover(&panel, &dice, spec);
    }
    for (unsigned i = 0; i < spec->scratches; i++) {
        draw_scratch(&panel, &dice);
    }
    *out = panel;
}

void render_panel_close(struct render_panel *panel) {
    free(panel->light);
    *panel = (struct render_panel){0};
}
