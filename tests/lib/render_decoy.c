/* SPDX-License-Identifier: Apache-2.0 */
/* What resembles a code and is none. */
#include "tests/lib/render_panel.h"

#define T RENDER_PANEL_TEXELS

/* A finder pattern of `module` texels a module: 7, 5 and 3 modules inside one another. */
static void draw_finder(struct render_panel *panel, int left, int top, int module) {
    render_panel_fill(panel, left, top, 7 * module, 7 * module, 0);
    render_panel_fill(panel, left + module, top + module, 5 * module, 5 * module, 255);
    render_panel_fill(panel, left + 2 * module, top + 2 * module, 3 * module, 3 * module, 0);
}

static void draw_noise(struct render_panel *panel, struct render_dice *dice, int left, int top, int side,
                       int module) {
    for (int y = 0; y + module <= side; y += module) {
        for (int x = 0; x + module <= side; x += module) {
            if (render_dice_chance(dice, 0.5)) {
                render_panel_fill(panel, left + x, top + y, module, module, 0);
            }
        }
    }
}

static void draw_finders(struct render_panel *panel, struct render_dice *dice, int left, int top, int side) {
    int module = T * (int)(1 + render_dice_below(dice, 2)) / 2;
    int step = 9 * module;
    for (int y = 0; y + 7 * module <= side; y += step) {
        for (int x = 0; x + 7 * module <= side; x += step) {
            if (render_dice_chance(dice, 0.8)) {
                draw_finder(panel, left + x, top + y, module);
            }
        }
    }
}

static void draw_barcodes(struct render_panel *panel, struct render_dice *dice, int left, int top, int side) {
    for (int y = 0; y < side; y += side / 5) {
        for (int x = 0; x < side;) {
            int bar = T * (int)(1 + render_dice_below(dice, 4)) / 2;
            render_panel_fill(panel, left + x, top + y, bar, side / 7, 0);
            x += bar + T * (int)(1 + render_dice_below(dice, 4)) / 2;
        }
    }
}

static void draw_checkers(struct render_panel *panel, struct render_dice *dice, int left, int top, int side) {
    int field = T * (int)(1 + render_dice_below(dice, 4));
    for (int y = 0; y + field <= side; y += field) {
        for (int x = (y / field) % 2 * field; x + field <= side; x += 2 * field) {
            render_panel_fill(panel, left + x, top + y, field, field, 0);
        }
    }
}

static void draw_finders_and_noise(struct render_panel *panel, struct render_dice *dice, int left, int top,
                                   int side) {
    static const int corners[3][2] = {{0, 0}, {1, 0}, {0, 1}};
    draw_noise(panel, dice, left, top, side, T);
    for (unsigned i = 0; i < 3; i++) {
        int x = left + corners[i][0] * (side - 7 * T);
        int y = top + corners[i][1] * (side - 7 * T);
        render_panel_fill(panel, x - corners[i][0] * T, y - corners[i][1] * T, 8 * T, 8 * T, 255);
        draw_finder(panel, x, y, T);
    }
}

void render_panel_decoy(struct render_panel *panel, struct render_dice *dice, enum render_decoy decoy,
                        int left, int top, int side) {
    switch (decoy) {
    case RENDER_TEXT:
        render_panel_text(panel, dice, left, top, side, side, T * (int)(3 + render_dice_below(dice, 8)), 0);
        break;
    case RENDER_NOISE:
        draw_noise(panel, dice, left, top, side, T);
        break;
    case RENDER_FINDERS:
        draw_finders(panel, dice, left, top, side);
        break;
    case RENDER_BARCODES:
        draw_barcodes(panel, dice, left, top, side);
        break;
    case RENDER_CHECKERS:
        draw_checkers(panel, dice, left, top, side);
        break;
    case RENDER_FINDERS_AND_NOISE:
        draw_finders_and_noise(panel, dice, left, top, side);
        break;
    default:
        break;
    }
}
