/* SPDX-License-Identifier: Apache-2.0 */
/* bitstream: version, format and a way of making a code, then its data codewords or its modules: read, and by zbar
 * where it is ordinary. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "symbol/decoding.h"
#include "symbol/joining.h"
#include "symbol/scanner.h"
#include "symbol/version.h"
#include "tests/lib/symbol_writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEADER 4u
/* Most codes are small, for many runs a second. */
#define LARGE_FROM 240
/* Ways of making a code: sound codewords of these data; the same with modules changed; the modules as they are. */
enum way { WAY_SOUND, WAY_DAMAGED, WAY_MODULES, WAYS };

struct door {
    struct decoding decoding;
    struct harvest harvest;
    struct scanner *scanner;
    int asked;
    uint8_t modules[SAMPLING_MODULES], again[SAMPLING_MODULES];
    float margins[SAMPLING_MODULES];
};

static enum err ask_zbar(void *ctx, const uint8_t *pixels, uint32_t side_px, struct span bytes,
                         enum decoding_opinion *out) {
    struct door *door = ctx;
    const struct segments *segments = &door->decoding.segments;
    if (++door->asked > CANONICAL_MODULE_PX_MAX || segments->part.total != 0 || !segments->plain ||
        bytes.len == 0) {
        abort();
    }
    return scanner_check(door->scanner, pixels, side_px, bytes, out);
}

static void make_sound(struct door *door, int version, uint8_t format, const uint8_t *data, size_t size) {
    static struct symbol_bits bits;
    memset(&bits, 0, sizeof bits);
    bits.count = 8 * (size < sizeof bits.bytes ? size : sizeof bits.bytes);
    memcpy(bits.bytes, data, bits.count / 8);
    symbol_writer_make(&bits, version, (enum format_level)(format % FORMAT_LEVELS),
                       format / FORMAT_LEVELS % FORMAT_MASKS, door->modules);
}

/* Doubt modules, and change some where that is wanted, by the seed. */
static void damage(struct door *door, int modules, unsigned seed, bool change) {
    for (int i = 0; i < modules; i++) {
        seed = seed * 1664525u + 1013904223u;
        bool wrong = change && seed >> 28 == 0 && (i / 40 & 1) == 0;
        door->modules[i] ^= wrong;
        door->margins[i] = (float)(seed >> 20 & (wrong ? 15 : 255));
    }
}

static void make_modules(struct door *door, int modules, const uint8_t *data, size_t size) {
    for (int i = 0; i < modules; i++) {
        size_t at = size == 0 ? 0 : (size_t)i / 8 % size;
        bool dark = size > 0 && (data[at] >> i % 8 & 1) != 0;
        door->modules[i] = dark;
        door->margins[i] = size == 0 ? 0 : data[(size_t)i % size];
    }
}

/* What was read is within its bounds, and its drawing is read as the same without an error. */
static void inspect(struct door *door, int size) {
    static struct segments same;
    const struct segments *segments = &door->decoding.segments;
    if (segments->len > sizeof segments->bytes || segments->part.total > LIMIT_SYMBOL_PARTS ||
        (segments->part.total > 0 && segments->part.index >= segments->part.total)) {
        abort();
    }
    bitstream_draw(&door->decoding.bitstream, door->again);
    if (bitstream_read(&door->decoding.bitstream, door->again, NULL, size, &same) != ERR_OK ||
        door->decoding.bitstream.work.corrected != 0 || same.len != segments->len ||
        memcmp(same.bytes, segments->bytes, same.len) != 0) {
        abort();
    }
}

static void join(const struct harvest *harvest) {
    static struct joining joining;
    static int64_t now_ms;
    struct symbols symbols = {.part_count = harvest->part_count};
    for (size_t i = 0; i < harvest->part_count; i++) {
        const struct harvest_code *code = &harvest->parts[i];
        symbols.parts[i] = (struct symbol_part){span_of_bytes(code->bytes, code->len), code->part.index,
                                                code->part.total, code->part.parity};
    }
    joining_note(&joining, &symbols, now_ms += 100);
    if (symbols.count > 1 || (symbols.count == 1 && symbols.payloads[0].len == 0)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct door *door;
    if (door == NULL) {
        door = calloc(1, sizeof *door);
        if (door == NULL || scanner_start(&door->scanner) != ERR_OK) {
            abort();
        }
    }
    if (size < HEADER) {
        return 0;
    }
    int version = 1 + data[0] % (data[0] < LARGE_FROM ? 12 : VERSION_MAX);
    int side = version_size(version);
    enum way way = (enum way)(data[2] % WAYS);
    bool read = false;
    if (way == WAY_MODULES) {
        make_modules(door, side * side, data + HEADER, size - HEADER);
    } else {
        make_sound(door, version, data[1], data + HEADER, size - HEADER);
        damage(door, side * side, data[3], way == WAY_DAMAGED);
    }
    door->asked = 0;
    door->harvest.count = door->harvest.part_count = door->harvest.passed_over = 0;
    if (decoding_take(&door->decoding, door->modules, door->margins, side, ask_zbar, door, &door->harvest,
                      &read) != ERR_OK ||
        (way == WAY_SOUND && !read)) {
        abort();
    }
    if (door->harvest.count + door->harvest.part_count > 0) {
        inspect(door, side);
    }
    join(&door->harvest);
    return 0;
}
