/* harvest: what was read of one picture, in one or more passes: payloads, and parts of messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_HARVEST_H
#define SYMBOL_HARVEST_H

#include "symbol/segments.h"
#include "symbol/symbol.h"

/* One code. */
struct harvest_code {
    struct segments_part part;
    size_t len;
    uint8_t bytes[LIMIT_SYMBOL_BYTES];
};

/* About 170 kB; counts of zero are nothing. */
struct harvest {
    size_t count;
    size_t part_count;
    size_t passed_over; /* codes that hold nothing or lie about what they hold, and those past the room */
    struct harvest_code payloads[SYMBOL_MAX];
    struct harvest_code parts[LIMIT_SYMBOL_PARTS];
};

/* Keep a code that is new: as a part, or as a payload where part.total is 0. One for which there is no room, and a
 * payload without bytes or beyond LIMIT_SYMBOL_BYTES, is counted as passed over. */
void harvest_keep(struct harvest *harvest, struct segments_part part, struct span bytes);

#endif
