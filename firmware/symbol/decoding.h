/* decoding: from a sampled code's modules to its payload: by our own bit stream first, and ordinary codes by a second
 * reader as well. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_DECODING_H
#define SYMBOL_DECODING_H

#include "symbol/bitstream.h"
#include "symbol/canonical.h"
#include "symbol/harvest.h"

/* A code about which both readers agreed. */
struct decoding_agreed {
    int size; /* 0: none */
    struct format format;
    uint8_t codewords[BLOCKS_TOTAL_MAX];
};

/* Working memory, about 0.5 MB; all zero is good to use. */
struct decoding {
    struct bitstream bitstream;
    struct decoding_agreed agreed; /* the last one: a code is held before the camera for many pictures */
    struct segments segments;
    uint8_t modules[SAMPLING_MODULES];
    uint8_t pixels[CANONICAL_SIDE_MAX * CANONICAL_SIDE_MAX];
};

/* What the second reader says of a drawn code. */
enum decoding_opinion {
    DECODING_UNREAD = 0, /* it finds none */
    DECODING_AGREES,     /* one code, of exactly these bytes */
    DECODING_DIFFERS     /* other bytes, a part of a message, or several codes */
};

/*
 * The second reader: whether the one code of a perfect picture holds exactly these bytes. Any error is the port's.
 *
 * pixels  side_px x side_px, dark on light, without gaps
 * out     set
 */
typedef enum err decoding_check(void *ctx, const uint8_t *pixels, uint32_t side_px, struct span bytes,
                                enum decoding_opinion *out);

/*
 * Read a code, and keep what it holds.
 *
 * An ordinary code is drawn anew from its corrected codewords, and kept where `check` agrees about its bytes. A code
 * with ECI, FNC1 or empty segments, or a part of a message, is kept by our own reading, and `check` never sees it. It is asked at most CANONICAL_MODULE_PX_MAX times,
 * and not again about the very codewords on which it agreed last.
 * A code of which all blocks were corrected and whose data are no message is counted as passed over.
 *
 * modules, margins, size  as bitstream_read takes them
 * read                    set to whether all blocks were corrected: nobody need look at this code again
 *
 * Errors of `check` alone.
 */
MUST_USE enum err decoding_take(struct decoding *memory, const uint8_t *modules, const float *margins,
                                int size, decoding_check *check, void *ctx, struct harvest *harvest,
                                bool *read);

#endif
