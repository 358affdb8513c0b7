/* name_index: which number belongs to a name, for millions of names that strangers chose. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_NAME_INDEX_H
#define CREDCTL_BUILD_NAME_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

/* Names that are held, 20 bytes each and as many again of free places: four times the largest list that kiosks are measured
 * with. */
#define NAME_INDEX_MAX 4000000u

/* Names by a hash that nobody finds two of. All zero is empty. */
struct name_index {
    struct name_index_place *places; /* owned */
    uint32_t room, count;
};

/* The number of a name; *found is false where it has none. ERR_CRYPTO_FAILED. */
MUST_USE enum err name_index_find(const struct name_index *index, struct span name, bool *found,
                                  uint32_t *out);

/* Give a name its number, unless it has one already. ERR_NO_ROOM: NAME_INDEX_MAX; ERR_NO_MEMORY, ERR_CRYPTO_FAILED. */
MUST_USE enum err name_index_put(struct name_index *index, struct span name, uint32_t number);

/* Release it. */
void name_index_close(struct name_index *index);

#endif
