/* arena: one piece of memory from which a scan takes what it needs, wiped as a whole. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* `used` of `size` bytes at `base` are taken; all zero is an arena with no space. */
struct arena {
    uint8_t *base;
    size_t size;
    size_t used;
};

/* An empty arena over `size` bytes at `base`, which must be aligned for any type; the caller keeps the
 * memory. */
static inline struct arena arena_over(void *base, size_t size) {
    return (struct arena){(uint8_t *)base, size, 0};
}

/*
 * Take `size` zeroed bytes, aligned for any type; they live until the arena is wiped.
 *
 * ERR_NO_ROOM  the arena has fewer left
 */
MUST_USE enum err arena_take(struct arena *arena, size_t size, void **out);

/* Take an empty room of `cap` bytes. ERR_NO_ROOM as above. */
MUST_USE enum err arena_room(struct arena *arena, size_t cap, struct room *out);

/* Copy bytes into the arena. ERR_NO_ROOM as above. */
MUST_USE enum err arena_copy(struct arena *arena, struct span bytes, struct span *out);

/* Overwrite what was taken since `used` was that much, and give it back. */
void arena_rewind(struct arena *arena, size_t used);

/* Overwrite all that was taken and start anew; the compiler may not leave it out. */
void arena_wipe(struct arena *arena);

#endif
