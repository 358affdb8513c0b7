/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/root_change.h"

#include "crypto/jwk.h"

void root_change_from(const struct root_key *keys, size_t count, struct root_change_keys *out) {
    *out = (struct root_change_keys){.count = count};
    for (size_t i = 0; i < count; i++) {
        out->list[i] = keys[i].key;
    }
}

static enum err begins(const struct crypto_key *key, struct span kid, bool *yes) {
    uint8_t text[PACKER_KID_BYTES];
    struct room room = room_over(text, sizeof text);
    TRY(packer_kid(key, &room));
    *yes = span_equal(span_slice(room_span(&room), 0, kid.len), kid);
    return ERR_OK;
}

enum err root_change_remove(struct root_change_keys *keys, struct span kid) {
    size_t found = keys->count, matches = 0;
    for (size_t i = 0; i < keys->count; i++) {
        bool yes = false;
        TRY(begins(&keys->list[i], kid, &yes));
        matches += yes;
        found = yes ? i : found;
    }
    if (kid.len < ROOT_CHANGE_KID_MIN || matches != 1) {
        return ERR_ROOT_KEY;
    }
    keys->count--;
    memmove(&keys->list[found], &keys->list[found + 1], (keys->count - found) * sizeof *keys->list);
    return ERR_OK;
}

enum err root_change_add(struct root_change_keys *keys, const struct crypto_key *key) {
    uint8_t thumbprint[CRYPTO_SHA256_BYTES], other[CRYPTO_SHA256_BYTES];
    if (key->kind != CRYPTO_KEY_P256 && key->kind != CRYPTO_KEY_P384 && key->kind != CRYPTO_KEY_ED25519) {
        return ERR_KEY_UNSUPPORTED;
    }
    if (keys->count == LIMIT_ROOT_KEYS) {
        return ERR_ROOT_KEY_MANY;
    }
    TRY(jwk_thumbprint(key, thumbprint));
    for (size_t i = 0; i < keys->count; i++) {
        TRY(jwk_thumbprint(&keys->list[i], other));
        if (memcmp(thumbprint, other, sizeof other) == 0) {
            return ERR_ROOT_KEY_TWICE;
        }
    }
    keys->list[keys->count++] = *key;
    return ERR_OK;
}

bool root_change_drops_release(const struct root *before, const struct root *next) {
    for (size_t i = 0; i < before->release_count; i++) {
        bool kept = false;
        for (size_t k = 0; k < next->release_count; k++) {
            kept = kept || memcmp(before->release[i].thumbprint, next->release[k].thumbprint,
                                  CRYPTO_SHA256_BYTES) == 0;
        }
        if (!kept) {
            return true;
        }
    }
    return false;
}
