/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/canvas.h"

#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "base/limits.h"

/* A picture on the canvas: its place and size there. */
struct place {
    uint32_t left, top, width, height;
};

/* Enlarged by a whole number while it leaves a tenth free; shrunk where it is larger than the canvas. */
static struct place fit(const struct canvas *canvas, const struct grey *picture) {
    uint32_t width = picture->width_px;
    uint32_t height = picture->height_px;
    uint32_t room_width = canvas->width_px - canvas->width_px / 10;
    uint32_t room_height = canvas->height_px - canvas->height_px / 10;
    uint32_t times = room_width / width < room_height / height ? room_width / width : room_height / height;
    if (times > 1) {
        width *= times;
        height *= times;
    } else if (width > canvas->width_px || height > canvas->height_px) {
        bool by_width = (uint64_t)width * canvas->height_px > (uint64_t)height * canvas->width_px;
        uint32_t whole = by_width ? width : height;
        uint32_t part = by_width ? canvas->width_px : canvas->height_px;
        width = (uint32_t)((uint64_t)width * part / whole);
        height = (uint32_t)((uint64_t)height * part / whole);
    }
    width = width > 0 ? width : 1;
    height = height > 0 ? height : 1;
    return (struct place){(canvas->width_px - width) / 2, (canvas->height_px - height) / 2, width, height};
}

/* The mean of the picture's pixels that fall on pixel (x, y) of the place. */
static uint8_t mean(const struct grey *picture, const struct place *place, uint32_t x, uint32_t y) {
    uint64_t left = (uint64_t)x * picture->width_px / place->width;
    uint64_t right = (uint64_t)(x + 1) * picture->width_px / place->width;
    uint64_t top = (uint64_t)y * picture->height_px / place->height;
    uint64_t bottom = (uint64_t)(y + 1) * picture->height_px / place->height;
    right = right > left ? right : left + 1;
    bottom = bottom > top ? bottom : top + 1;
    uint64_t sum = 0;
    for (uint64_t row = top; row < bottom; row++) {
        for (uint64_t column = left; column < right; column++) {
            sum += picture->pixels[row * picture->width_px + column];
        }
    }
    return (uint8_t)(sum / ((right - left) * (bottom - top)));
}

static void draw(struct canvas *canvas, const struct grey *picture) {
    struct place place = fit(canvas, picture);
    for (uint32_t y = 0; y < place.height; y++) {
        uint8_t *line = canvas->pixels + (size_t)(place.top + y) * canvas->width_px + place.left;
        for (uint32_t x = 0; x < place.width; x++) {
            line[x] = mean(picture, &place, x, y);
        }
    }
}

/* Subsampled colour with nothing in it, as a webcam sends of a grey scene. */
static enum err encode(struct canvas *canvas, struct frame *out) {
    if (canvas->jpeg == NULL && (canvas->jpeg = tjInitCompress()) == NULL) {
        return ERR_NO_MEMORY;
    }
    if (tjCompress2(canvas->jpeg, canvas->pixels, (int)canvas->width_px, 0, (int)canvas->height_px, TJPF_GRAY,
                    &canvas->encoded, &canvas->encoded_size, TJSAMP_422, CANVAS_QUALITY, 0) != 0) {
        return ERR_NO_MEMORY;
    }
    *out =
        (struct frame){.format = FRAME_MJPEG, .bytes = span_of_bytes(canvas->encoded, canvas->encoded_size)};
    return ERR_OK;
}

enum err canvas_show(struct canvas *canvas, const struct grey *picture, struct frame *out) {
    uint32_t width = canvas->width_px;
    uint32_t height = canvas->height_px;
    if (width == 0 || height == 0) {
        return ERR_FRAME_SHAPE;
    }
    if (width > LIMIT_FRAME_SIDE_PX || height > LIMIT_FRAME_SIDE_PX) {
        return ERR_FRAME_TOO_LARGE;
    }
    size_t size = (size_t)width * height;
    if (canvas->pixels == NULL && (canvas->pixels = malloc(size)) == NULL) {
        return ERR_NO_MEMORY;
    }
    memset(canvas->pixels, CANVAS_GREY, size);
    if (picture != NULL && picture->width_px > 0 && picture->height_px > 0) {
        draw(canvas, picture);
    }
    if (!canvas->raw) {
        return encode(canvas, out);
    }
    *out = (struct frame){FRAME_GREY, width, height, width, span_of_bytes(canvas->pixels, size), 0};
    return ERR_OK;
}

void canvas_close(struct canvas *canvas) {
    if (canvas->jpeg != NULL) {
        tjDestroy(canvas->jpeg);
    }
    tjFree(canvas->encoded);
    free(canvas->pixels);
    *canvas = (struct canvas){0};
}
