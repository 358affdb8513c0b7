/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>

enum err arena_take(struct arena *arena, size_t size, void **out) {
    size_t step = alignof(max_align_t);
    size_t from = (arena->used + step - 1) / step * step;
    if (from > arena->size || size > arena->size - from) {
        return ERR_NO_ROOM;
    }
    arena->used = from + size;
    *out = arena->base == NULL ? NULL : arena->base + from;
    if (size > 0) {
        memset(*out, 0, size);
    }
    return ERR_OK;
}

enum err arena_room(struct arena *arena, size_t cap, struct room *out) {
    void *ptr = NULL;
    TRY(arena_take(arena, cap, &ptr));
    *out = room_over(ptr, cap);
    return ERR_OK;
}

enum err arena_copy(struct arena *arena, struct span bytes, struct span *out) {
    struct room room = {0};
    TRY(arena_room(arena, bytes.len, &room));
    TRY(room_put(&room, bytes));
    *out = room_span(&room);
    return ERR_OK;
}

void arena_rewind(struct arena *arena, size_t used) {
    if (arena->used > used) {
        explicit_bzero(arena->base + used, arena->used - used);
        arena->used = used;
    }
}

void arena_wipe(struct arena *arena) {
    arena_rewind(arena, 0);
}
