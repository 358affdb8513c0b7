/* SPDX-License-Identifier: Apache-2.0 */
#include "frame/decode.h"

#include <stdbool.h>
#include <stdlib.h>
#include <turbojpeg.h>

#include "base/limits.h"

/* Sides and area lie within the limits. */
static enum err check_size(uint32_t width_px, uint32_t height_px) {
    if (width_px == 0 || height_px == 0) {
        return ERR_FRAME_SHAPE;
    }
    if (width_px > LIMIT_FRAME_SIDE_PX || height_px > LIMIT_FRAME_SIDE_PX ||
        width_px > LIMIT_FRAME_BYTES / height_px) {
        return ERR_FRAME_TOO_LARGE;
    }
    return ERR_OK;
}

/* Memory for `size` pixels; kept where there is enough. */
static enum err make_room(struct decoder *decoder, size_t size) {
    if (decoder->size >= size) {
        return ERR_OK;
    }
    uint8_t *pixels = malloc(size);
    if (pixels == NULL) {
        return ERR_NO_MEMORY;
    }
    free(decoder->pixels);
    decoder->pixels = pixels;
    decoder->size = size;
    return ERR_OK;
}

/* At most LIMIT_JPEG_SCANS scans: libjpeg passes over the whole picture for each one. */
static bool few_scans(struct span bytes) {
    static const uint8_t start_of_scan[] = {0xFF, 0xDA};
    unsigned scans = 0;
    struct span rest = bytes;
    while (scans <= LIMIT_JPEG_SCANS) {
        const uint8_t *found =
            rest.len == 0 ? NULL : memmem(rest.ptr, rest.len, start_of_scan, sizeof start_of_scan);
        if (found == NULL) {
            return true;
        }
        scans++;
        rest = span_slice(rest, (size_t)(found - rest.ptr) + sizeof start_of_scan, rest.len);
    }
    return false;
}

/* The size that a JPEG says it has. */
static enum err jpeg_size(struct decoder *decoder, struct span bytes, int *width_px, int *height_px) {
    int subsampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(decoder->jpeg, bytes.ptr, bytes.len, width_px, height_px, &subsampling,
                            &colours) != 0 ||
        *width_px <= 0 || *height_px <= 0) {
        return ERR_FRAME_JPEG;
    }
    return check_size((uint32_t)*width_px, (uint32_t)*height_px);
}

/* A warning of libjpeg means that data are missing or made up: no picture to read a code from. */
static enum err decode_jpeg(struct decoder *decoder, struct span bytes, struct grey *out) {
    if (decoder->jpeg == NULL && (decoder->jpeg = tjInitDecompress()) == NULL) {
        return ERR_NO_MEMORY;
    }
    if (bytes.len < 4 || !few_scans(bytes)) {
        return ERR_FRAME_JPEG;
    }
    int width_px = 0;
    int height_px = 0;
    TRY(jpeg_size(decoder, bytes, &width_px, &height_px));
    TRY(make_room(decoder, (size_t)width_px * (size_t)height_px));
    if (tjDecompress2(decoder->jpeg, bytes.ptr, bytes.len, decoder->pixels, width_px, width_px, height_px,
                      TJPF_GRAY, TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0) {
        return ERR_FRAME_JPEG;
    }
    *out = (struct grey){decoder->pixels, (uint32_t)width_px, (uint32_t)height_px};
    return ERR_OK;
}

/* Copy the luminance out of lines in which it stands every `step` bytes. */
static enum err copy_lines(struct decoder *decoder, const struct frame *frame, size_t step,
                           struct grey *out) {
    size_t width = frame->width_px;
    size_t height = frame->height_px;
    TRY(check_size(frame->width_px, frame->height_px));
    if (frame->stride_bytes > LIMIT_FRAME_BYTES) {
        return ERR_FRAME_TOO_LARGE;
    }
    if (frame->stride_bytes < width * step ||
        frame->bytes.len < (height - 1) * frame->stride_bytes + width * step) {
        return ERR_FRAME_SHAPE;
    }
    TRY(make_room(decoder, width * height));
    for (size_t y = 0; y < height; y++) {
        const uint8_t *from = frame->bytes.ptr + y * frame->stride_bytes;
        uint8_t *to = decoder->pixels + y * width;
        for (size_t x = 0; x < width; x++) {
            to[x] = from[x * step];
        }
    }
    *out = (struct grey){decoder->pixels, frame->width_px, frame->height_px};
    return ERR_OK;
}

enum err decode_frame(struct decoder *decoder, const struct frame *frame, struct grey *out) {
    if (frame->bytes.len > LIMIT_FRAME_BYTES) {
        return ERR_FRAME_TOO_LARGE;
    }
    switch (frame->format) {
    case FRAME_MJPEG:
        return decode_jpeg(decoder, frame->bytes, out);
    case FRAME_YUYV:
        return copy_lines(decoder, frame, 2, out);
    case FRAME_GREY:
        return copy_lines(decoder, frame, 1, out);
    case FRAME_NONE:
        break;
    }
    return ERR_FRAME_FORMAT;
}

void decode_close(struct decoder *decoder) {
    if (decoder->jpeg != NULL) {
        tjDestroy(decoder->jpeg);
    }
    free(decoder->pixels);
    *decoder = (struct decoder){0};
}
