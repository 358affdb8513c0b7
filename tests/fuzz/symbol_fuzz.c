/* SPDX-License-Identifier: Apache-2.0 */
/* symbol: width, enlargement and a way of looking, then grey pixels: read for codes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "symbol/symbol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* So small a picture holds a few small codes, and many runs a second. */
#define PIXELS_MAX (256u * 1024u)
#define HEADER     3u

/* Each byte becomes a square of `times` pixels, so that few bytes make finder patterns. */
static void enlarge(const uint8_t *bytes, uint32_t width, uint32_t times, const struct grey *out) {
    for (uint32_t y = 0; y < out->height_px; y++) {
        for (uint32_t x = 0; x < out->width_px; x++) {
            out->pixels[(size_t)y * out->width_px + x] = bytes[(size_t)(y / times) * width + x / times];
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct symbol_reader *reader;
    static uint8_t pixels[PIXELS_MAX];
    if (reader == NULL && symbol_start(&reader) != ERR_OK) {
        abort();
    }
    if (size <= HEADER || data[0] == 0) {
        return 0;
    }
    uint32_t width = data[0];
    uint32_t times = 1 + data[1] % 8;
    uint32_t height = (uint32_t)((size - HEADER) / width);
    if ((size_t)width * height * times * times > PIXELS_MAX) {
        return 0;
    }
    struct grey picture = {pixels, width * times, height * times};
    enlarge(data + HEADER, width, times, &picture);
    struct symbols symbols = {0};
    symbol_forget(reader); /* what was found is found again */
    bool large = picture.height_px > LIMIT_FRAME_SIDE_PX;
    enum err err = symbol_read(reader, &picture, (data[2] & 1) != 0, &symbols);
    if (err != (large ? ERR_FRAME_TOO_LARGE : ERR_OK) || symbols.count > SYMBOL_MAX) {
        abort();
    }
    for (size_t i = 0; i < symbols.count; i++) {
        if (symbols.payloads[i].len == 0) {
            abort();
        }
    }
    return 0;
}
