/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/container.h"

static const char magic[CONTAINER_MAGIC_BYTES] = "SQLite format 3";

/* One line of printable ASCII of 1 to `max` bytes that begins at `from`, with its line feed behind. */
static bool line_at(struct span head, size_t from, size_t max, struct span *out) {
    size_t end = span_find(head, '\n', from);
    if (end == head.len || end == from || end - from > max) {
        return false;
    }
    for (size_t i = from; i < end; i++) {
        if (head.ptr[i] < 0x20 || head.ptr[i] > 0x7E) {
            return false;
        }
    }
    *out = span_slice(head, from, end - from);
    return true;
}

enum err container_split(struct span head, struct container *out) {
    struct container found = {0};
    if (!line_at(head, 0, LIMIT_MANIFEST_BYTES, &found.manifest)) {
        return ERR_PACK_SHAPE;
    }
    size_t second = found.manifest.len + 1;
    if (!line_at(head, second, LIMIT_ROOT_CHAIN_BYTES, &found.roots)) {
        return ERR_PACK_SHAPE;
    }
    size_t third = second + found.roots.len + 1;
    if (!span_equal(span_slice(head, third, CONTAINER_MAGIC_BYTES), span_of_bytes(magic, sizeof magic))) {
        return ERR_PACK_SHAPE;
    }
    found.database_at = third;
    *out = found;
    return ERR_OK;
}
