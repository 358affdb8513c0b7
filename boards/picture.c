/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <png.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

/* A PNG's header is checked by libpng before any memory is made for its pixels. */
static enum err check_size(uint32_t width_px, uint32_t height_px) {
    bool fits = width_px <= LIMIT_FRAME_SIDE_PX && height_px <= LIMIT_FRAME_SIDE_PX;
    return !fits ? ERR_FRAME_TOO_LARGE : width_px == 0 || height_px == 0 ? ERR_PICTURE_DAMAGED : ERR_OK;
}

static void take_grey(struct picture *out, uint8_t *pixels, uint32_t width_px, uint32_t height_px) {
    struct span bytes = span_of_bytes(pixels, (size_t)width_px * height_px);
    *out = (struct picture){{FRAME_GREY, width_px, height_px, width_px, bytes, 0}, pixels};
}

static enum err from_png(struct span bytes, struct picture *out) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (png_image_begin_read_from_memory(&image, bytes.ptr, bytes.len) == 0) {
        return ERR_PICTURE_DAMAGED;
    }
    enum err err = check_size(image.width, image.height);
    uint8_t *pixels = err == ERR_OK ? malloc((size_t)image.width * image.height) : NULL;
    if (err == ERR_OK && pixels == NULL) {
        err = ERR_NO_MEMORY;
    }
    if (err == ERR_OK) {
        png_color white = {255, 255, 255};
        image.format = PNG_FORMAT_GRAY;
        if (png_image_finish_read(&image, &white, pixels, (png_int_32)image.width, NULL) == 0) {
            err = ERR_PICTURE_DAMAGED;
        }
    }
    png_image_free(&image);
    if (err != ERR_OK) {
        free(pixels);
        return err;
    }
    take_grey(out, pixels, image.width, image.height);
    return ERR_OK;
}

/* The next number of a PGM header, behind blanks and comments; 0 where there is none. */
static uint32_t pgm_number(struct span bytes, size_t *at) {
    while (*at < bytes.len && (bytes.ptr[*at] <= ' ' || bytes.ptr[*at] == '#')) {
        *at = bytes.ptr[*at] == '#' ? span_find(bytes, '\n', *at) : *at + 1;
    }
    uint32_t value = 0;
    while (*at < bytes.len && bytes.ptr[*at] >= '0' && bytes.ptr[*at] <= '9' && value <= 99999) {
        value = value * 10 + (uint32_t)(bytes.ptr[(*at)++] - '0');
    }
    return value;
}

static enum err from_pgm(struct span bytes, struct picture *out) {
    size_t at = 2;
    uint32_t width_px = pgm_number(bytes, &at);
    uint32_t height_px = pgm_number(bytes, &at);
    uint32_t white = pgm_number(bytes, &at);
    TRY(check_size(width_px, height_px));
    size_t size = (size_t)width_px * height_px;
    if (white != 255 || at >= bytes.len || bytes.len - at - 1 < size) {
        return ERR_PICTURE_DAMAGED;
    }
    uint8_t *pixels = malloc(size);
    if (pixels == NULL) {
        return ERR_NO_MEMORY;
    }
    memcpy(pixels, bytes.ptr + at + 1, size);
    take_grey(out, pixels, width_px, height_px);
    return ERR_OK;
}

/* A JPEG stays as it is: the reader decodes it, locked in. */
static enum err from_jpeg(struct span bytes, struct picture *out) {
    uint8_t *copy = malloc(bytes.len);
    if (copy == NULL) {
        return ERR_NO_MEMORY;
    }
    memcpy(copy, bytes.ptr, bytes.len);
    *out = (struct picture){{.format = FRAME_MJPEG, .bytes = span_of_bytes(copy, bytes.len)}, copy};
    return ERR_OK;
}

enum err picture_from_bytes(struct span bytes, struct picture *out) {
    if (bytes.len > LIMIT_FRAME_BYTES) {
        return ERR_FRAME_TOO_LARGE;
    }
    if (span_starts_with(bytes, "\xFF\xD8\xFF")) {
        return from_jpeg(bytes, out);
    }
    if (span_starts_with(bytes, "\x89PNG\r\n\x1A\n")) {
        return from_png(bytes, out);
    }
    if (span_starts_with(bytes, "P5")) {
        return from_pgm(bytes, out);
    }
    return ERR_PICTURE_FORMAT;
}

/* The whole of a regular file. */
static enum err load(const char *path, struct span *out) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    enum err err = descriptor < 0 || fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)
                       ? ERR_FILE_READ
                   : status.st_size > (off_t)LIMIT_FRAME_BYTES ? ERR_FRAME_TOO_LARGE
                                                               : ERR_OK;
    size_t size = err == ERR_OK ? (size_t)status.st_size : 0;
    uint8_t *bytes = err == ERR_OK ? malloc(size + 1) : NULL;
    size_t len = 0;
    ssize_t got = bytes != NULL ? 1 : 0;
    while (got > 0 && len < size) {
        got = read(descriptor, bytes + len, size - len);
        len += got > 0 ? (size_t)got : 0;
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (err == ERR_OK && (bytes == NULL || got < 0)) {
        err = bytes == NULL ? ERR_NO_MEMORY : ERR_FILE_READ;
        free(bytes);
    }
    if (err == ERR_OK) {
        *out = span_of_bytes(bytes, len);
    }
    return err;
}

enum err picture_from_file(const char *path, struct picture *out) {
    struct span bytes = {0};
    TRY(load(path, &bytes));
    enum err err = picture_from_bytes(bytes, out);
    free((void *)(uintptr_t)bytes.ptr);
    return err;
}

void picture_close(struct picture *picture) {
    free(picture->memory);
    *picture = (struct picture){0};
}
