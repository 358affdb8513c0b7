/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/display.h"

#include <stdlib.h>

/* No camera preview is larger; the reader's is far below. */
#define PREVIEW_SIDE_MAX 4096

static bool on_its_side(const struct display *display) {
    return display->rotate_deg == 90 || display->rotate_deg == 270;
}

static bool start(bool hidden) {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
    SDL_SetYUVConversionMode(SDL_YUV_CONVERSION_JPEG);
    if (!hidden && paint_display_present()) {
        return SDL_Init(SDL_INIT_VIDEO) == 0;
    }
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "software");
    SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "dummy", SDL_HINT_OVERRIDE);
    if (SDL_Init(SDL_INIT_VIDEO) == 0) {
        return true;
    }
    SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "offscreen", SDL_HINT_OVERRIDE);
    return SDL_Init(SDL_INIT_VIDEO) == 0;
}

static bool make_renderer(struct display *display) {
    display->renderer = SDL_CreateRenderer(display->window, -1, 0);
    if (display->renderer == NULL) {
        display->renderer = SDL_CreateRenderer(display->window, -1, SDL_RENDERER_SOFTWARE);
    }
    if (display->renderer == NULL) {
        return false;
    }
    display->layout = SDL_CreateTexture(display->renderer, SDL_PIXELFORMAT_ARGB8888,
                                        SDL_TEXTUREACCESS_STREAMING, display->width_px, display->height_px);
    return display->layout != NULL && SDL_SetTextureBlendMode(display->layout, SDL_BLENDMODE_BLEND) == 0;
}

static bool make_window(const struct paint_settings *settings, struct display *display) {
    int width = on_its_side(display) ? settings->height_px : settings->width_px;
    int height = on_its_side(display) ? settings->width_px : settings->height_px;
    uint32_t flags = settings->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0;
    display->window = SDL_CreateWindow(settings->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                                       height, flags);
    if (display->window == NULL) {
        return false;
    }
    SDL_GetWindowSize(display->window, &width, &height);
    display->width_px = on_its_side(display) ? height : width;
    display->height_px = on_its_side(display) ? width : height;
    (void)SDL_ShowCursor(settings->fullscreen ? SDL_DISABLE : SDL_ENABLE);
    return make_renderer(display);
}

enum err display_open(const struct paint_settings *settings, struct display *out) {
    struct display display = {.rotate_deg = settings->rotate_deg};
    bool square = settings->rotate_deg % 90 == 0 && settings->rotate_deg >= 0 && settings->rotate_deg < 360;
    if (!square || settings->width_px <= 0 || settings->height_px <= 0 || !start(settings->hidden)) {
        return ERR_PAINT_WINDOW;
    }
    display.started = true;
    if (!make_window(settings, &display)) {
        display_close(&display);
        return ERR_PAINT_WINDOW;
    }
    *out = display;
    return ERR_OK;
}

void display_close(struct display *display) {
    if (display->preview != NULL) {
        SDL_DestroyTexture(display->preview);
    }
    if (display->layout != NULL) {
        SDL_DestroyTexture(display->layout);
    }
    if (display->renderer != NULL) {
        SDL_DestroyRenderer(display->renderer);
    }
    if (display->window != NULL) {
        SDL_DestroyWindow(display->window);
    }
    if (display->started) {
        SDL_Quit();
    }
    *display = (struct display){0};
}

enum err display_set_canvas(struct display *display, const struct canvas *canvas) {
    int pitch = canvas->width_px * (int)sizeof *canvas->pixels;
    return SDL_UpdateTexture(display->layout, NULL, canvas->pixels, pitch) == 0 ? ERR_OK : ERR_PAINT_DRAW;
}

/* A texture for pictures of this size, its chroma neutral for good. */
static enum err make_preview(struct display *display, int width_px, int height_px) {
    if (display->preview != NULL && display->preview_width_px == width_px &&
        display->preview_height_px == height_px) {
        return ERR_OK;
    }
    if (width_px < 2 || height_px < 2 || width_px > PREVIEW_SIDE_MAX || height_px > PREVIEW_SIDE_MAX) {
        return ERR_PAINT_DRAW;
    }
    if (display->preview != NULL) {
        SDL_DestroyTexture(display->preview);
    }
    display->preview = SDL_CreateTexture(display->renderer, SDL_PIXELFORMAT_IYUV, SDL_TEXTUREACCESS_STREAMING,
                                         width_px, height_px);
    display->preview_width_px = width_px;
    display->preview_height_px = height_px;
    return display->preview == NULL ? ERR_PAINT_DRAW : ERR_OK;
}

enum err display_set_preview(struct display *display, const struct paint_picture *picture) {
    int width = picture->width_px & ~1, height = picture->height_px & ~1;
    TRY(make_preview(display, width, height));
    if (picture->stride < width) {
        return ERR_PAINT_DRAW;
    }
    size_t chroma_bytes = (size_t)(width / 2) * (size_t)(height / 2);
    uint8_t *chroma = malloc(chroma_bytes);
    if (chroma == NULL) {
        return ERR_NO_MEMORY;
    }
    memset(chroma, 128, chroma_bytes);
    int failed = SDL_UpdateYUVTexture(display->preview, NULL, picture->luma, picture->stride, chroma,
                                      width / 2, chroma, width / 2);
    free(chroma);
    return failed == 0 ? ERR_OK : ERR_PAINT_DRAW;
}

/* The part of the picture that covers a box of this shape without bending it. */
static SDL_Rect cover(const struct display *display, struct box box) {
    int w = display->preview_width_px, h = display->preview_height_px;
    int wide = (int)((int64_t)h * box.w / box.h), high = (int)((int64_t)w * box.h / box.w);
    if (wide <= w) {
        return (SDL_Rect){(w - wide) / 2, 0, wide, h};
    }
    return (SDL_Rect){0, (h - high) / 2, w, high};
}

/* Draw a texture whose place in the layout is `box`, turned with the layout. */
static int copy_turned(struct display *display, SDL_Texture *texture, const SDL_Rect *part, struct box box) {
    int across = box.x * 2 + box.w, down = box.y * 2 + box.h; /* twice the centre */
    int x = across, y = down;
    switch (display->rotate_deg) {
    case 90:
        x = 2 * display->height_px - down;
        y = across;
        break;
    case 180:
        x = 2 * display->width_px - across;
        y = 2 * display->height_px - down;
        break;
    case 270:
        x = down;
        y = 2 * display->width_px - across;
        break;
    default:
        break;
    }
    SDL_Rect place = {(x - box.w) / 2, (y - box.h) / 2, box.w, box.h};
    return SDL_RenderCopyEx(display->renderer, texture, part, &place, display->rotate_deg, NULL,
                            SDL_FLIP_NONE);
}

static enum err compose(struct display *display, struct box box) {
    struct box whole = {0, 0, display->width_px, display->height_px};
    if (SDL_SetRenderDrawColor(display->renderer, 0, 0, 0, 255) != 0 ||
        SDL_RenderClear(display->renderer) != 0) {
        return ERR_PAINT_DRAW;
    }
    if (display->preview != NULL && box.w > 0 && box.h > 0) {
        SDL_Rect part = cover(display, box);
        if (copy_turned(display, display->preview, &part, box) != 0) {
            return ERR_PAINT_DRAW;
        }
    }
    return copy_turned(display, display->layout, NULL, whole) == 0 ? ERR_OK : ERR_PAINT_DRAW;
}

enum err display_present(struct display *display, struct box box) {
    TRY(compose(display, box));
    SDL_RenderPresent(display->renderer);
    return ERR_OK;
}

enum err display_read(struct display *display, struct box box, struct canvas *out) {
    struct canvas canvas = {0};
    int width = on_its_side(display) ? display->height_px : display->width_px;
    int height = on_its_side(display) ? display->width_px : display->height_px;
    TRY(compose(display, box));
    TRY(canvas_open(width, height, &canvas));
    if (SDL_RenderReadPixels(display->renderer, NULL, SDL_PIXELFORMAT_ARGB8888, canvas.pixels, width * 4) !=
        0) {
        canvas_close(&canvas);
        return ERR_PAINT_DRAW;
    }
    *out = canvas;
    return ERR_OK;
}
