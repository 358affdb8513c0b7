/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/tag.h"

enum err tag_of(const struct claimed_credential *claimed, struct span signed_bytes, struct arena *arena,
                uint8_t out[CRYPTO_SHA256_BYTES]) {
    bool named = claimed->id.len > 0;
    struct span rest = named ? claimed->id : signed_bytes;
    struct room room = {0};
    TRY(arena_room(arena, claimed->issuer.len + 2 + rest.len, &room));
    TRY(room_put(&room, claimed->issuer));
    TRY(room_put_byte(&room, 0)); /* JSON text holds none */
    TRY(room_put_byte(&room, named));
    TRY(room_put(&room, rest));
    return crypto_sha256(room_span(&room), out);
}
