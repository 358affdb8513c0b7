/* render_panel: what is held before the camera, a sheet of paper or a screen, drawn flat. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_PANEL_H
#define TESTS_LIB_RENDER_PANEL_H

#include <stdint.h>

#include "tests/lib/render_code.h"
#include "tests/lib/render_spec.h"

/* Texels of one module's side. */
#define RENDER_PANEL_TEXELS 10

/* A flat picture of linear light, 0 (ink, black) to 255 (paper, white). All zero is none. */
struct render_panel {
    uint8_t *light; /* width * height texels, owned */
    int width, height;
    int code_left, code_top; /* texels from the corner to the code's first module */
    int code_side;           /* texels; of a panel without a code, of what stands in its place */
};

/* Draw the panel that a spec describes. render_panel_close it. */
void render_panel_draw(const struct render_spec *spec, const struct render_code *code,
                       struct render_panel *out);

/* Fill a rectangle, cut at the panel's edges. left, top, width, height: texels. */
void render_panel_fill(struct render_panel *panel, int left, int top, int width, int height, uint8_t light);

/* Lines of what looks like text in a rectangle. line: texels from one line to the next. */
void render_panel_text(struct render_panel *panel, struct render_dice *dice, int left, int top, int width,
                       int height, int line, uint8_t ink);

/* What has no code but resembles one, into a square of `side` texels at (left, top). */
void render_panel_decoy(struct render_panel *panel, struct render_dice *dice, enum render_decoy decoy,
                        int left, int top, int side);

/* Release its memory; takes one that is all zero. */
void render_panel_close(struct render_panel *panel);

#endif
