/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/picture.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Three bytes a pixel. */
static uint8_t *rgb_of(const struct canvas *canvas) {
    size_t count = (size_t)canvas->width_px * (size_t)canvas->height_px;
    uint8_t *rgb = malloc(count * 3);
    for (size_t i = 0; rgb != NULL && i < count; i++) {
        rgb[3 * i] = (uint8_t)(canvas->pixels[i] >> 16);
        rgb[3 * i + 1] = (uint8_t)(canvas->pixels[i] >> 8);
        rgb[3 * i + 2] = (uint8_t)canvas->pixels[i];
    }
    return rgb;
}

static bool write_whole(const struct canvas *canvas, const uint8_t *rgb, const char *path) {
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)canvas->width_px,
                       .height = (png_uint_32)canvas->height_px,
                       .format = PNG_FORMAT_RGB};
    return png_image_write_to_file(&image, path, 0, rgb, 0, NULL) != 0;
}

enum err picture_write(const struct canvas *canvas, const char *path) {
    char beside[4096];
    int len = snprintf(beside, sizeof beside, "%s.part", path);
    if (len < 0 || (size_t)len >= sizeof beside) {
        return ERR_FILE_WRITE;
    }
    uint8_t *rgb = rgb_of(canvas);
    if (rgb == NULL) {
        return ERR_NO_MEMORY;
    }
    bool written = write_whole(canvas, rgb, beside) && rename(beside, path) == 0;
    free(rgb);
    if (!written) {
        (void)unlink(beside);
        return ERR_FILE_WRITE;
    }
    return ERR_OK;
}
