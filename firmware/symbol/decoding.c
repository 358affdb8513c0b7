/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/decoding.h"

#include <string.h>

/* The code that was read is, codeword for codeword, the one agreed on last. */
static bool is_agreed(const struct decoding *m) {
    const struct bitstream *read = &m->bitstream;
    return m->agreed.size == read->way.size && m->agreed.format.level == read->format.level &&
           m->agreed.format.mask == read->format.mask &&
           memcmp(m->agreed.codewords, read->codewords, (size_t)read->way.count) == 0;
}

static void remember(struct decoding *m) {
    m->agreed.size = m->bitstream.way.size;
    m->agreed.format = m->bitstream.format;
    memcpy(m->agreed.codewords, m->bitstream.codewords, sizeof m->agreed.codewords);
}

/* Draw it anew and have it checked, small and, where that is not read, larger. */
static enum err check_drawn(struct decoding *m, int size, decoding_check *check, void *ctx, bool *agrees) {
    struct span bytes = span_of_bytes(m->segments.bytes, m->segments.len);
    enum decoding_opinion opinion = DECODING_UNREAD;
    bitstream_draw(&m->bitstream, m->modules);
    for (int px = 1; px <= CANONICAL_MODULE_PX_MAX && opinion == DECODING_UNREAD; px++) {
        canonical_draw(m->modules, size, px, m->pixels);
        TRY(check(ctx, m->pixels, (uint32_t)CANONICAL_SIDE(size, px), bytes, &opinion));
    }
    *agrees = opinion == DECODING_AGREES;
    if (*agrees) {
        remember(m);
    }
    return ERR_OK;
}

enum err decoding_take(struct decoding *memory, const uint8_t *modules, const float *margins, int size,
                       decoding_check *check, void *ctx, struct harvest *harvest, bool *read) {
    struct segments *segments = &memory->segments;
    enum err err = bitstream_read(&memory->bitstream, modules, margins, size, segments);
    bool agrees = err == ERR_OK;
    *read = err != ERR_SYMBOL_SIZE && err != ERR_SYMBOL_FORMAT && err != ERR_SYMBOL_CODEWORDS;
    if (agrees && segments->plain && segments->len > 0 && !is_agreed(memory)) {
        TRY(check_drawn(memory, size, check, ctx, &agrees));
    }
    if (agrees) {
        harvest_keep(harvest, segments->part, span_of_bytes(segments->bytes, segments->len));
    } else if (*read) {
        harvest->passed_over++;
    }
    return ERR_OK;
}
