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

static bool is_good(const struct verdict *verdict) {
    enum verdict_class class = verdict_class_of(verdict->reason);
    return class == VERDICT_VALID || class == VERDICT_VALID_NOTE;
}

/* An earlier verdict of the same scan about the same credential, or `at` itself. */
static uint32_t first_of_tag(const struct verdicts *verdicts, uint32_t at) {
    const uint8_t *tag = verdicts->list[at].credential.tag;
    for (uint32_t i = 0; i < at; i++) {
        if (is_good(&verdicts->list[i]) &&
            memcmp(verdicts->list[i].credential.tag, tag, VERDICT_TAG_BYTES) == 0) {
            return i;
        }
    }
    return at;
}

static void weaken(struct verdict *verdict) {
    verdict->notes |= 1u << (REASON_SEEN_BEFORE - REASON_STATUS_UNKNOWN);
    if (verdict_class_of(verdict->reason) == VERDICT_VALID) {
        verdict->reason = REASON_SEEN_BEFORE;
    }
}

void seen_weaken(struct seen *seen, struct verdicts *verdicts) {
    bool before[LIMIT_PRESENTED] = {false};
    for (uint32_t i = 0; i < verdicts->count && i < LIMIT_PRESENTED; i++) {
        struct verdict *verdict = &verdicts->list[i];
        if (!is_good(verdict)) {
            continue;
        }
        uint32_t first = first_of_tag(verdicts, i);
        struct span tag = span_of_bytes(verdict->credential.tag, VERDICT_TAG_BYTES);
        before[i] = first < i ? before[first] : seen_note(seen, tag);
        if (before[i]) {
            weaken(verdict);
        }
    }
}
