/* symbol: the QR codes of a grey picture, as the exact bytes that they hold. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_SYMBOL_H
#define SYMBOL_SYMBOL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"
#include "frame/frame.h"

/* Codes of one picture that are told apart; two are already too many for a verdict. */
#define SYMBOL_MAX 8u

/* What a picture holds. Payloads point into the reader and hold until its next call. */
struct symbols {
    struct span payloads[SYMBOL_MAX]; /* exact bytes, in no order, none of them twice */
    size_t count;
    size_t passed_over; /* parts of a multi-part code, empty or oversized ones, and those past SYMBOL_MAX */
    const char
        *pass; /* which way of looking found the first one, in English, for reports; static, NULL for none */
};

/* What reads codes. Opaque; one a thread. */
struct symbol_reader;

/*
 * Make a reader. Opens all that zbar would open later (character sets, through iconv), so it comes before
 * the process locks itself in; a set that this machine lacks is a file that zbar will look for in vain, so
 * let opening answer with an error there rather than kill.
 *
 * ERR_NO_MEMORY
 */
MUST_USE enum err symbol_start(struct symbol_reader **out);

/*
 * Find and read the QR codes of a picture, dark on light or light on dark, turned in any way, also seen in a
 * mirror. The work is bounded by counts, whatever the picture shows.
 *
 * thorough  look in all ways that are known until one finds a code (see symbol/passes.h), and at the whole picture
 *           in any case; otherwise in the best ways and, where they find nothing, in one of the others in turn
 *
 * A picture without codes is no error: out->count is 0. Parts of multi-part codes (structured append) are no
 * payloads.
 *
 * ERR_FRAME_TOO_LARGE  a side above LIMIT_FRAME_SIDE_PX
 * ERR_NO_MEMORY
 */
MUST_USE enum err symbol_read(struct symbol_reader *reader, const struct grey *picture, bool thorough,
                              struct symbols *out);

/* Release a reader; NULL is fine. */
void symbol_stop(struct symbol_reader *reader);

#endif
