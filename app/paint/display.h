/* display: the window or panel: SDL's driver, its renderer, two textures, and what people do to it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_DISPLAY_H
#define PAINT_DISPLAY_H

#include <SDL.h>

#include "paint/canvas.h"
#include "paint/paint.h"

struct display {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *layout;  /* the canvas */
    SDL_Texture *preview; /* IYUV with neutral chroma */
    int preview_width_px, preview_height_px;
    int rotate_deg;
    int width_px, height_px; /* of the layout */
    bool started;
};

/* ERR_PAINT_WINDOW */
MUST_USE enum err display_open(const struct paint_settings *settings, struct display *out);
void display_close(struct display *display);

/* Hand over a new canvas of the layout's size. ERR_PAINT_DRAW */
MUST_USE enum err display_set_canvas(struct display *display, const struct canvas *canvas);
/* Hand over a new camera picture; it is copied. ERR_PAINT_DRAW */
MUST_USE enum err display_set_preview(struct display *display, const struct paint_picture *picture);

/* Compose preview (into `box`, unless that is empty) and canvas, and show them. ERR_PAINT_DRAW */
MUST_USE enum err display_present(struct display *display, struct box box);
/* Compose as above and read the pixels back, 0x00RRGGBB, as the panel would show them. ERR_PAINT_DRAW */
MUST_USE enum err display_read(struct display *display, struct box box, struct canvas *out);

/* The next event in pixels of the layout; false: there is none. *exposed: the window wants to be drawn. */
bool display_poll(struct display *display, struct paint_event *out, bool *exposed);

#endif
