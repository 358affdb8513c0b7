/* paint: drawing operations to a window, touches to events; what stands behind it is SDL2. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_PAINT_H
#define PAINT_PAINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "screen/draw.h"

struct paint;

/* How to open the window. */
struct paint_settings {
    const char *title;
    const char *font_list;   /* path of assets/fonts/fonts.list */
    int width_px, height_px; /* of the layout, that is after turning */
    int rotate_deg;          /* 0, 90, 180, 270: how the layout is turned clockwise onto the panel */
    bool fullscreen;         /* a real kiosk: the panel's own size counts, not width_px and height_px */
    bool hidden;             /* draw without a display even where there is one */
};

/* What a person did, in pixels of the layout. */
enum paint_event_kind { PAINT_NOTHING = 0, PAINT_PRESS, PAINT_RELEASE, PAINT_QUIT };
struct paint_event {
    enum paint_event_kind kind;
    int x, y;
};

/* The camera's picture: luminance, row after row. serial changes with every new picture. */
struct paint_picture {
    const uint8_t *luma;
    int width_px, height_px, stride;
    uint32_t serial;
};

/*
 * Open the window and the fonts. With no connected screen, SDL's offscreen or dummy driver draws in memory.
 *
 * ERR_PAINT_WINDOW  SDL gives no window or renderer
 * ERR_FONT_LIST     the list of fonts is missing or has a bad line
 * ERR_FONT_MISSING  a font that the list calls needed is not installed
 * ERR_NO_MEMORY
 */
MUST_USE enum err paint_open(const struct paint_settings *settings, struct paint **out);
/* Takes NULL calmly. */
void paint_close(struct paint *paint);

/* A connected connector in /sys/class/drm, or a window system by DISPLAY or WAYLAND_DISPLAY. */
bool paint_display_present(void);
/* The driver in use, "KMSDRM", "offscreen"; static. */
const char *paint_driver(const struct paint *paint);

/* Size of the layout in pixels. */
void paint_size(const struct paint *paint, int *width_px, int *height_px);

/* Widths by the fonts in use; borrowed from the window. */
const struct draw_measure *paint_measure(const struct paint *paint);

/*
 * Show a picture. Nothing is drawn where list and picture's serial are those of the last call.
 *
 * picture  for DRAW_PREVIEW; NULL leaves its place as it is filled. Copied before it is drawn
 *
 * ERR_PAINT_DRAW  SDL refuses
 */
MUST_USE enum err paint_show(struct paint *paint, const struct draw_list *list,
                             const struct paint_picture *picture);

/* The next event, without waiting; false when there is none. Touch and mouse are the same. */
bool paint_poll(struct paint *paint, struct paint_event *out);

/*
 * Save what is shown as PNG: written beside `path`, then renamed.
 *
 * ERR_PAINT_DRAW  nothing was shown yet, or SDL cannot read it back
 * ERR_FILE_WRITE
 */
MUST_USE enum err paint_save(struct paint *paint, const char *path);

#endif
