/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/display.h"

static bool on_its_side(const struct display *display) {
    return display->rotate_deg == 90 || display->rotate_deg == 270;
}

/* A point of the panel, in pixels of the layout: the layout's turn undone. */
static void turn_back(const struct display *display, int x, int y, struct paint_event *out) {
    switch (display->rotate_deg) {
    case 90:
        out->x = y;
        out->y = display->height_px - 1 - x;
        break;
    case 180:
        out->x = display->width_px - 1 - x;
        out->y = display->height_px - 1 - y;
        break;
    case 270:
        out->x = display->width_px - 1 - y;
        out->y = x;
        break;
    default:
        out->x = x;
        out->y = y;
        break;
    }
}

static void finger(const struct display *display, const SDL_TouchFingerEvent *touch,
                   struct paint_event *out) {
    int width = on_its_side(display) ? display->height_px : display->width_px;
    int height = on_its_side(display) ? display->width_px : display->height_px;
    turn_back(display, (int)(touch->x * (float)width), (int)(touch->y * (float)height), out);
}

/* What one of SDL's events says; false when it says nothing to us. */
static bool translate(const struct display *display, const SDL_Event *event, struct paint_event *out,
                      bool *exposed) {
    switch (event->type) {
    case SDL_QUIT:
        out->kind = PAINT_QUIT;
        return true;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
        out->kind = event->type == SDL_FINGERDOWN ? PAINT_PRESS : PAINT_RELEASE;
        finger(display, &event->tfinger, out);
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        out->kind = event->type == SDL_MOUSEBUTTONDOWN ? PAINT_PRESS : PAINT_RELEASE;
        turn_back(display, event->button.x, event->button.y, out);
        return event->button.button == SDL_BUTTON_LEFT;
    case SDL_WINDOWEVENT:
    case SDL_RENDER_TARGETS_RESET:
        *exposed = true;
        return false;
    default:
        return false;
    }
}

bool display_poll(struct display *display, struct paint_event *out, bool *exposed) {
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        struct paint_event got = {0};
        if (translate(display, &event, &got, exposed)) {
            *out = got;
            return true;
        }
    }
    return false;
}
