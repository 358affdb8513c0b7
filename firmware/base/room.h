/* room: memory of the caller's that a function may fill, with what is filled so far. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ROOM_H
#define BASE_ROOM_H

#include "base/err.h"
#include "base/span.h"

/* `len` of `cap` bytes at `ptr` are filled; all zero is a room with no space. */
struct room {
    uint8_t *ptr;
    size_t cap;
    size_t len;
};

/* An empty room over `cap` bytes at `ptr`; the caller keeps the memory. */
static inline struct room room_over(void *ptr, size_t cap) {
    return (struct room){(uint8_t *)ptr, cap, 0};
}

/* What is filled so far; points into the room. */
static inline struct span room_span(const struct room *room) {
    return (struct span){room->ptr, room->len};
}

/*
 * Append bytes; all or nothing.
 *
 * ERR_NO_ROOM  they do not fit
 */
MUST_USE enum err room_put(struct room *room, struct span bytes);

/* Append one byte. ERR_NO_ROOM when full. */
MUST_USE enum err room_put_byte(struct room *room, uint8_t byte);

/* Append the characters of a C string. ERR_NO_ROOM when they do not fit. */
MUST_USE enum err room_put_text(struct room *room, const char *text);

#endif
