/* SPDX-License-Identifier: Apache-2.0 */
#include "vocabulary/vocabulary.h"

#include <stdlib.h>

#include "base/limits.h"

static enum err add(struct shelf *shelf, struct span *rest) {
    uint32_t len = 0;
    if (rest->len < VOCABULARY_LENGTH_BYTES) {
        return ERR_VOCABULARY_LIST;
    }
    for (size_t i = 0; i < VOCABULARY_LENGTH_BYTES; i++) {
        len = len << 8 | rest->ptr[i];
    }
    *rest = span_slice(*rest, VOCABULARY_LENGTH_BYTES, rest->len);
    if (len > rest->len) {
        return ERR_VOCABULARY_LIST;
    }
    TRY(shelf_add_table(shelf, span_slice(*rest, 0, len)));
    *rest = span_slice(*rest, len, rest->len);
    return ERR_OK;
}

enum err vocabulary_open(struct span bundle, struct vocabulary *out) {
    void *memory = malloc(LIMIT_SHELF_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    *out = (struct vocabulary){.arena = arena_over(memory, LIMIT_SHELF_BYTES)};
    out->shelf.arena = &out->arena;
    enum err err = ERR_OK;
    while (err == ERR_OK && bundle.len > 0) {
        err = add(&out->shelf, &bundle);
    }
    if (err != ERR_OK) {
        vocabulary_close(out);
    }
    return err;
}

void vocabulary_close(struct vocabulary *vocabulary) {
    shelf_close(&vocabulary->shelf);
    free(vocabulary->arena.base);
    *vocabulary = (struct vocabulary){0};
}
