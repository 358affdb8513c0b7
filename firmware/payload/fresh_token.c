/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/fresh_token.h"

#include "codec/jws.h"
#include "pack/fresh.h"

bool fresh_token_is(struct span text, struct arena *arena) {
    struct jws jws = {0};
    size_t used = arena->used;
    if (text.len > LIMIT_FRESH_BYTES || jws_split(text, arena, &jws) != ERR_OK) {
        arena_rewind(arena, used);
        return false;
    }
    bool is = span_equal_text(jws.typ, FRESH_TYP);
    jws_close(&jws);
    arena_rewind(arena, used);
    return is;
}
