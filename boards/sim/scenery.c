/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/scenery.h"

#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "base/limits.h"

/* A picture on the scenery: its place and size there. */
struct place {
    uint32_t left, top, width, height;
};

/* Enlarged by a whole number while it leaves a tenth free; shrunk where it is larger than the scenery. */
static struct place fit(const struct scenery *scenery, const struct grey *picture) {
    uint32_t width = picture->width_px;
    uint32_t height = picture->height_px;
    uint32_t room_width = scenery->width_px - scenery->width_px / 10;
    uint32_t room_height = scenery->height_px - scenery->height_px / 10;
    uint32_t times = room_width / width < room_height / height ? room_width / width : room_height / height;
    if (times > 1) {
        width *= times;
        height *= times;
    } else if (width > scenery->width_px || height > scenery->height_px) {
        bool by_width = (uint64_t)width * scenery->height_px > (uint64_t)height * scenery->width_px;
        uint32_t whole = by_width ? width : height;
        uint32_t part = by_width ? scenery->width_px : scenery->height_px;
        width = (uint32_t)((uint64_t)width * part / whole);
        height = (uint32_t)((uint64_t)height * part / whole);
    }
    width = width > 0 ? width : 1;
    height = height > 0 ? height : 1;
    return (struct place){(scenery->width_px - width) / 2, (scenery->height_px - height) / 2, width, height};
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

static void draw(struct scenery *scenery, const struct grey *picture) {
    struct place place = fit(scenery, picture);
    for (uint32_t y = 0; y < place.height; y++) {
        uint8_t *line = scenery->pixels + (size_t)(place.top + y) * scenery->width_px + place.left;
        for (uint32_t x = 0; x < place.width; x++) {
            line[x] = mean(picture, &place, x, y);
        }
    }
}

/* Subsampled colour with nothing in it, as a webcam sends of a grey scene. */
static enum err encode(struct scenery *scenery, struct frame *out) {
    size_t chroma = (size_t)((scenery->width_px + 1) / 2) * scenery->height_px;
    if (scenery->jpeg == NULL && (scenery->jpeg = tjInitCompress()) == NULL) {
        return ERR_NO_MEMORY;
    }
    if (scenery->chroma == NULL && (scenery->chroma = malloc(chroma)) == NULL) {
        return ERR_NO_MEMORY;
    }
    memset(scenery->chroma, 128, chroma);
    const uint8_t *planes[3] = {scenery->pixels, scenery->chroma, scenery->chroma};
    if (tjCompressFromYUVPlanes(scenery->jpeg, planes, (int)scenery->width_px, NULL, (int)scenery->height_px,
                                TJSAMP_422, &scenery->encoded, &scenery->encoded_size, SCENERY_QUALITY,
                                0) != 0) {
        return ERR_NO_MEMORY;
    }
    *out = (struct frame){.format = FRAME_MJPEG,
                          .bytes = span_of_bytes(scenery->encoded, scenery->encoded_size)};
    return ERR_OK;
}

enum err scenery_show(struct scenery *scenery, const struct grey *picture, struct frame *out) {
    uint32_t width = scenery->width_px;
    uint32_t height = scenery->height_px;
    if (width == 0 || height == 0) {
        return ERR_FRAME_SHAPE;
    }
    if (width > LIMIT_FRAME_SIDE_PX || height > LIMIT_FRAME_SIDE_PX) {
        return ERR_FRAME_TOO_LARGE;
    }
    size_t size = (size_t)width * height;
    if (scenery->pixels == NULL && (scenery->pixels = malloc(size)) == NULL) {
        return ERR_NO_MEMORY;
    }
    memset(scenery->pixels, SCENERY_GREY, size);
    if (picture != NULL && picture->width_px > 0 && picture->height_px > 0) {
        draw(scenery, picture);
    }
    if (!scenery->raw) {
        return encode(scenery, out);
    }
    *out = (struct frame){FRAME_GREY, width, height, width, span_of_bytes(scenery->pixels, size), 0};
    return ERR_OK;
}

void scenery_close(struct scenery *scenery) {
    if (scenery->jpeg != NULL) {
        tjDestroy(scenery->jpeg);
    }
    tjFree(scenery->encoded);
    free(scenery->pixels);
    free(scenery->chroma);
    *scenery = (struct scenery){0};
}
