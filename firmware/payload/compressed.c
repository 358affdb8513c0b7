/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/compressed.h"

#include "base/limits.h"
#include "codec/base45.h"
#include "codec/inflate.h"

/* A zlib header: deflate with a window of 32 KB, its two bytes a multiple of 31, no dictionary (RFC 1950
 * section 2.2). */
static bool is_zlib(struct span bytes) {
    return bytes.len >= 2 && bytes.ptr[0] == 0x78 && (bytes.ptr[0] * 256u + bytes.ptr[1]) % 31u == 0 &&
           (bytes.ptr[1] & 0x20u) == 0;
}

bool compressed_recognised(struct span text) {
    uint8_t bytes[BASE45_ROOM(3)];
    struct room room = room_over(bytes, sizeof bytes);
    return text.len > 3 && base45_decode(span_slice(text, 0, 3), &room) == ERR_OK &&
           is_zlib(room_span(&room));
}

enum err compressed_open(struct span text, struct arena *arena, struct span *out) {
    struct room packed = {0};
    struct room plain = {0};
    TRY(arena_room(arena, BASE45_ROOM(text.len), &packed));
    TRY(base45_decode(text, &packed));
    TRY(arena_room(arena, LIMIT_INFLATED_BYTES, &plain));
    TRY(inflate_bytes(INFLATE_ZLIB, room_span(&packed), &plain));
    *out = room_span(&plain);
    return ERR_OK;
}
