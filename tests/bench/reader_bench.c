/* SPDX-License-Identifier: Apache-2.0 */
/* reader_bench: time of a camera's frame on its way to a code's bytes, beside decoding it in colour. */
#include <stdio.h>
#include <stdlib.h>
#include <turbojpeg.h>

#include "boards/sim/scenery.h"
#include "frame/decode.h"
#include "symbol/symbol.h"
#include "tests/lib/bench.h"
#include "tests/lib/scene.h"

#define ROUNDS 31
/* A badge as a bare ES256 JWS takes about so many bytes. */
#define PAYLOAD 1000u

static void expect(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "reader_bench: %s\n", what);
        exit(1);
    }
}

/* One frame, and what reads it. */
struct setting {
    struct frame frame;
    struct decoder decoder;
    struct grey picture;
    struct symbol_reader *symbols;
    size_t codes; /* that must be found */
    tjhandle colour;
    uint8_t *rgb;
};

static void decode(void *ctx) {
    struct setting *s = ctx;
    expect(decode_frame(&s->decoder, &s->frame, &s->picture) == ERR_OK, "the frame is not decoded");
}

static void decode_in_colour(void *ctx) {
    struct setting *s = ctx;
    int width = (int)s->picture.width_px;
    expect(tjDecompress2(s->colour, s->frame.bytes.ptr, s->frame.bytes.len, s->rgb, width, 0,
                         (int)s->picture.height_px, TJPF_RGB, 0) == 0,
           "the frame is not decoded in colour");
}

static void read_codes(void *ctx) {
    struct setting *s = ctx;
    struct symbols found = {0};
    expect(symbol_read(s->symbols, &s->picture, false, &found) == ERR_OK && found.count == s->codes,
           "the code is not read");
}

/* A scene of that size with a code in it, or without. */
static void measure(const char *size, uint32_t width_px, uint32_t height_px, const struct grey *code) {
    char name[64];
    struct scenery scenery = {.width_px = width_px, .height_px = height_px};
    struct setting s = {
        .codes = code != NULL, .colour = tjInitDecompress(), .rgb = malloc((size_t)width_px * height_px * 3)};
    expect(scenery_show(&scenery, code, &s.frame) == ERR_OK, "no scene");
    expect(symbol_start(&s.symbols) == ERR_OK, "no reader of codes");
    decode(&s);
    const char *scene = code == NULL ? "empty" : "code of 1000 bytes";
    snprintf(name, sizeof name, "frame to grey, %s, %s", size, scene);
    bench_report(name, bench_median_us(decode, &s, ROUNDS), "us", "libjpeg-turbo to RGB",
                 bench_median_us(decode_in_colour, &s, ROUNDS));
    snprintf(name, sizeof name, "grey to codes, %s, %s", size, code == NULL ? scene : "code that is held");
    bench_report(name, bench_median_us(read_codes, &s, ROUNDS), "us", NULL, 0);
    symbol_stop(s.symbols);
    decode_close(&s.decoder);
    scenery_close(&scenery);
    tjDestroy(s.colour);
    free(s.rgb);
}

int main(void) {
    uint8_t payload[PAYLOAD];
    for (size_t i = 0; i < PAYLOAD; i++) {
        payload[i] = (uint8_t)("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"[i * i % 31]);
    }
    struct grey code = scene_qr(span_of_bytes(payload, sizeof payload), 2);
    measure("1280x720", 1280, 720, NULL);
    measure("1280x720", 1280, 720, &code);
    measure("1920x1080", 1920, 1080, &code);
    free(code.pixels);
    return 0;
}
