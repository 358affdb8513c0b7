/* segments: the bytes that a code's data codewords spell, segment after segment (ISO/IEC 18004, 7.4). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_SEGMENTS_H
#define SYMBOL_SEGMENTS_H

#include "base/err.h"
#include "base/limits.h"
#include "base/span.h"

/* A code of more segments than this is nothing that a writer of codes makes. */
#define SEGMENTS_PLAIN_MAX 64

/* Which part of a message a code is (structured append, ISO/IEC 18004, 8). All zero: a message of its own. */
struct segments_part {
    uint8_t total;  /* codes of the message, 1 to 16; 0: it is no part */
    uint8_t index;  /* from 0 */
    uint8_t parity; /* all bytes of the message, combined by exclusive or */
};

/* What a code holds. About 7 kB; all zero is nothing. */
struct segments {
    struct segments_part part;
    bool plain; /* nothing but segments of digits, letters, bytes or Kanji, none of them empty */
    size_t len;
    uint8_t bytes[LIMIT_SYMBOL_BYTES]; /* Kanji as Shift JIS; ECI changes none; GS1's separator as byte 29 */
};

/*
 * Read all segments up to the terminator, or to the end of the data.
 *
 * data     all data codewords, block after block; borrowed for the call
 * version  1 to 40: how many bits count characters
 * out      set after all was read; may hold no bytes, as the part of a message may
 *
 * ERR_SYMBOL_MODE       a mode indicator that stands for no mode of a QR code
 * ERR_SYMBOL_LENGTH     a segment is longer than what is left, or the message than any
 * ERR_SYMBOL_CHARACTER  a value that stands for no character
 * ERR_SYMBOL_ECI        an ECI designator that none of the three lengths has, or one above 999999
 * ERR_SYMBOL_PART       a structured append header that is not the first thing, or a part past the total
 * ERR_SYMBOL_FNC1       FNC1 after data, twice, or with an application indicator that is none
 */
MUST_USE enum err segments_read(struct span data, int version, struct segments *out);

#endif
