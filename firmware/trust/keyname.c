/* SPDX-License-Identifier: Apache-2.0 */
#include "trust/keyname.h"

#include "base/limits.h"
#include "base/room.h"
#include "crypto/did.h"

static void add(struct keyname *names, struct span name) {
    for (size_t i = 0; i < names->count; i++) {
        if (span_equal(names->names[i], name)) {
            return;
        }
    }
    if (name.len > 0 && names->count < KEYNAME_MAX) {
        names->names[names->count++] = name;
    }
}

static enum err join(struct span issuer, struct span fragment, struct arena *arena, struct span *out) {
    struct room room = {0};
    TRY(arena_room(arena, issuer.len + 1 + fragment.len, &room));
    TRY(room_put(&room, issuer));
    TRY(room_put_byte(&room, '#'));
    TRY(room_put(&room, fragment));
    *out = room_span(&room);
    return ERR_OK;
}

enum err keyname_of(struct span issuer, struct span kid, struct arena *arena, struct keyname *out) {
    struct keyname names = {0};
    if (kid.len > 0 && kid.len <= LIMIT_NAME_BYTES && issuer.len <= LIMIT_NAME_BYTES) {
        add(&names, kid);
        struct span controller = did_without_fragment(kid);
        bool bare = controller.len == kid.len;
        bool own = bare || controller.len == 0 || span_equal(controller, issuer);
        struct span fragment = bare ? kid : did_fragment(kid);
        if (own && fragment.len > 0) {
            struct span absolute = {0};
            TRY(join(issuer, fragment, arena, &absolute));
            add(&names, absolute);
            add(&names, fragment);
            add(&names, span_slice(absolute, issuer.len, fragment.len + 1));
        }
    }
    *out = names;
    return ERR_OK;
}
