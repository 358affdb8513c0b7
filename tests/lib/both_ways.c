/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/both_ways.h"

#include <stdlib.h>

void both_ways(struct span text, enum err (*decode)(struct span, struct room *),
               enum err (*encode)(struct span, struct room *)) {
    static uint8_t decoded[BOTH_WAYS_BYTES], encoded[BOTH_WAYS_BYTES];
    struct room bytes = room_over(decoded, sizeof decoded);
    struct room again = room_over(encoded, sizeof encoded);
    if (decode(text, &bytes) == ERR_OK &&
        (encode(room_span(&bytes), &again) != ERR_OK || !span_equal(room_span(&again), text))) {
        abort();
    }
}
