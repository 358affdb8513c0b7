/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/encoded.h"

#include "codec/base32.h"
#include "codec/base45.h"

enum err encoded_open(struct span text, struct arena *arena, struct span *out) {
    struct room room = {0};
    struct span rest = span_slice(text, ENCODED_PREFIX_CHARS, text.len);
    uint8_t encoding = text.len < ENCODED_PREFIX_CHARS ? 0 : text.ptr[ENCODED_PREFIX_CHARS - 1];
    if (encoding != 'B' && encoding != 'R') {
        return ERR_PAYLOAD_PREFIX;
    }
    TRY(arena_room(arena, encoding == 'B' ? BASE32_ROOM(rest.len) : BASE45_ROOM(rest.len), &room));
    TRY(encoding == 'B' ? base32_decode(rest, &room) : base45_decode(rest, &room));
    *out = room_span(&room);
    return ERR_OK;
}
