/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/statuslist_keys.h"

#include "codec/base64url.h"
#include "credctl/sign/public_form.h"
#include "crypto/did.h"
#include "crypto/multikey.h"

/* kid is the key's id, or what stands behind '#' in one of both. */
static bool kid_fits(struct span kid, struct span listed) {
    struct span a = span_slice(kid, span_find(kid, '#', 0) + 1, kid.len);
    struct span b = span_slice(listed, span_find(listed, '#', 0) + 1, listed.len);
    bool fragment = kid.ptr[0] == '#' && span_equal(a, b);
    return fragment || span_equal(kid, listed) || (a.len != 0 && span_equal(a, listed)) ||
           (b.len != 0 && span_equal(kid, b));
}

/* The key itself stands behind '#', as Multikey or as its RFC 7638 thumbprint. */
static bool names_itself(struct span kid, const struct crypto_key *key) {
    struct span fragment = did_fragment(kid);
    uint8_t name[BASE64URL_CHARS(CRYPTO_SHA256_BYTES)];
    struct room thumbprint = room_over(name, sizeof name);
    struct crypto_key named = {0};
    return (multikey_read(fragment, &named) == ERR_OK && crypto_key_equal(&named, key)) ||
           (fragment.len > 0 && public_form_thumbprint(key, &thumbprint) == ERR_OK &&
            span_equal(fragment, room_span(&thumbprint)));
}

enum err statuslist_keys_signed(const struct statuslist_keys *keys, struct span kid, enum crypto_alg alg,
                                struct span signed_bytes, struct span signature) {
    enum crypto_alg listed_alg = CRYPTO_ALG_NONE;
    struct span listed = {0};
    struct crypto_key key = {0};
    for (size_t i = 0; keys->next(keys->ctx, i, &listed, &listed_alg, &key); i++) {
        bool chosen = kid.len == 0 || listed.len == 0 || kid_fits(kid, listed) || names_itself(kid, &key);
        if (listed_alg == alg && chosen && crypto_verify(alg, &key, signed_bytes, signature) == ERR_OK) {
            return ERR_OK;
        }
    }
    return ERR_STATUS_ISSUER;
}
