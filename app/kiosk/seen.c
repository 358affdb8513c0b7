/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/seen.h"

#include <sys/random.h>

#include "base/limits.h"
#include "base/room.h"

enum err seen_start(struct seen *seen) {
    seen->started = getrandom(seen->salt, sizeof seen->salt, 0) == (ssize_t)sizeof seen->salt;
    return seen->started ? ERR_OK : ERR_CRYPTO_FAILED;
}

static enum err salted_hash(const struct seen *seen, struct span tag, uint8_t out[CRYPTO_SHA256_BYTES]) {
    uint8_t bytes[CRYPTO_SHA256_BYTES + LIMIT_SYMBOL_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    TRY(room_put(&room, span_of_bytes(seen->salt, sizeof seen->salt)));
    TRY(room_put(&room, tag));
    return crypto_sha256(room_span(&room), out);
}

bool seen_note(struct seen *seen, struct span tag) {
    uint8_t hash[CRYPTO_SHA256_BYTES];
    if (!seen->started || salted_hash(seen, tag, hash) != ERR_OK) {
        return false;
    }
    for (uint32_t i = 0; i < seen->count; i++) {
        if (memcmp(seen->hashes[i], hash, SEEN_BYTES) == 0) {
            return true;
        }
    }
    memcpy(seen->hashes[seen->next], hash, SEEN_BYTES);
    seen->next = (seen->next + 1) % SEEN_MAX;
    seen->count += seen->count < SEEN_MAX ? 1 : 0;
    return false;
}
