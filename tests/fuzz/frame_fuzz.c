/* SPDX-License-Identifier: Apache-2.0 */
/* frame: a format byte, for raw formats a width, then bytes: decoded, and read for codes. */
#include <stdint.h>
#include <stdlib.h>

#include "frame/decode.h"
#include "symbol/symbol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A picture that the fuzzer can make wide, but not so large that one run takes seconds. */
#define PIXELS_MAX (1024u * 1024u)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct symbol_reader *reader;
    static struct decoder decoder;
    if (reader == NULL && symbol_start(&reader) != ERR_OK) {
        abort();
    }
    if (size < 2) {
        return 0;
    }
    struct span bytes = span_of_bytes(data + 2, size - 2);
    struct frame frame = {.format = (enum frame_format)(data[0] % 5), .bytes = bytes};
    if (frame.format != FRAME_MJPEG && data[1] > 0) {
        frame.width_px = data[1];
        frame.stride_bytes = frame.width_px * (frame.format == FRAME_YUYV ? 2 : 1) + data[0] / 64;
        frame.height_px = (uint32_t)(bytes.len / frame.stride_bytes) + (data[0] & 32) / 32;
    }
    struct grey picture = {0};
    struct symbols symbols = {0};
    if (decode_frame(&decoder, &frame, &picture) != ERR_OK ||
        (size_t)picture.width_px * picture.height_px > PIXELS_MAX) {
        return 0;
    }
    if (symbol_read(reader, &picture, (data[0] & 8) != 0, &symbols) != ERR_OK) {
        abort();
    }
    unsigned sum = 0;
    for (size_t i = 0; i < symbols.count; i++) {
        for (size_t at = 0; at < symbols.payloads[i].len; at++) {
            sum += symbols.payloads[i].ptr[at];
        }
    }
    return sum == UINT32_MAX;
}
