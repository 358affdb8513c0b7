/* joining: a message that was cut into several codes (structured append, ISO/IEC 18004, 8), put together from the
 * parts that pictures show, in any order. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_JOINING_H
#define SYMBOL_JOINING_H

#include "symbol/symbol.h"

/* Parts are forgotten when none of them was seen in this many pictures and for this long: time enough to turn a page or
 * to wait for the next of a phone's pictures, and too short for the next visitor. */
#define JOINING_ABSENT_PICTURES 4u
#define JOINING_ABSENT_MS       15000

/* The message that is being collected: one at a time. About 0.16 MB; all zero: none. */
struct joining {
    uint64_t pictures;
    uint64_t last_picture; /* in which a part was seen */
    int64_t last_ms;
    uint8_t total; /* parts of the message; 0: none is being collected */
    uint8_t parity;
    uint16_t seen; /* bit i: the part of index i is here */
    size_t lengths[LIMIT_SYMBOL_PARTS];
    uint8_t parts[LIMIT_SYMBOL_PARTS][LIMIT_SYMBOL_BYTES];
    size_t joined_len; /* of the whole message, once all is here */
    uint8_t joined[LIMIT_JOINED_BYTES];
};

/*
 * Take note of one picture's parts. A part of another message, or another part of the same index, begins anew.
 *
 * A picture that shows any part of a message that is complete shows the message: it is added to the payloads, and
 * points into `joining`. A message whose parity is wrong, or longer than LIMIT_JOINED_BYTES, is forgotten and counted as
 * passed over.
 *
 * now_ms  time of the picture, a clock that never goes back
 */
void joining_note(struct joining *joining, struct symbols *symbols, int64_t now_ms);

#endif
