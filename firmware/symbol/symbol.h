/* symbol: the QR codes of a grey picture, as the exact bytes that they hold. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_SYMBOL_H
#define SYMBOL_SYMBOL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/span.h"
#include "frame/frame.h"
#include "symbol/guidance.h"
#include "symbol/lock.h"

/* Codes of one picture that are told apart; two are already too many for a verdict. */
#define SYMBOL_MAX 8u

/* A part of a message that was cut into several codes (structured append). */
struct symbol_part {
    struct span bytes; /* may be empty */
    uint8_t index;     /* from 0 */
    uint8_t total;     /* parts of the message, 1 to LIMIT_SYMBOL_PARTS */
    uint8_t parity;    /* all bytes of the message, combined by exclusive or */
};

/* What a picture holds. Payloads and parts point into the reader and hold until its next call. */
struct symbols {
    struct span payloads[SYMBOL_MAX]; /* exact bytes, in no order, none of them twice */
    size_t count;
    struct symbol_part parts[LIMIT_SYMBOL_PARTS]; /* for symbol/joining.h; none of them twice */
    size_t part_count;
    size_t passed_over; /* codes that hold nothing or contradict themselves, and those past SYMBOL_MAX */
    const char
        *pass; /* which way of looking found the first one, in English, for reports; static, NULL for none */
    enum guidance guidance; /* what keeps codes from being read, where none was */
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
 * mirror. The work is bounded by an account of it (symbol/effort.h), whatever the picture shows.
 *
 * thorough  look in all ways that are known until one finds a code (see symbol/passes.h), and at the whole picture
 *           in any case; otherwise in the best ways and, where they find nothing, in one of the others in turn, and
 *           as at one of a camera's pictures: what it shows of a code that it does not give is added to what those
 *           before have shown (see symbol/evidence.h)
 *
 * A picture without codes is no error: out->count is 0. Parts of a message of several codes are no payloads
 * before all of them have been seen.
 *
 * ERR_FRAME_TOO_LARGE  a side above LIMIT_FRAME_SIDE_PX
 * ERR_NO_MEMORY
 */
MUST_USE enum err symbol_read(struct symbol_reader *reader, const struct grey *picture, bool thorough,
                              struct symbols *out);

/* Forget what pictures before have shown of codes that were not read: the next one is not of the same scene. */
void symbol_forget(struct symbol_reader *reader);

/*
 * Readers that share a camera's frames begin their turns apart, so that between them they come around sooner.
 *
 * index, count  this one of how many; index below count
 */
void symbol_stagger(struct symbol_reader *reader, unsigned index, unsigned count);

/*
 * Let two readers that see the frames of one camera add what these show of a code to one account, each on its own
 * thread: before either reads. `with` is stopped last.
 *
 * lock  of the caller's; what it points to lives as long as the readers
 */
void symbol_share(struct symbol_reader *reader, struct symbol_reader *with, const struct lock *lock);

/* Release a reader; NULL is fine. */
void symbol_stop(struct symbol_reader *reader);

#endif
