/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/freshener.h"

#include "credctl/build/packer.h"

#define HEX_CHARS (2u * CRYPTO_SHA256_BYTES)

const char *freshener_kind_name(enum fresh_kind kind) {
    static const char *const names[FRESH_KINDS] = {
        [FRESH_ISSUER] = "issuer", [FRESH_KEY] = "key", [FRESH_CREDENTIAL] = "credential"};
    return (unsigned)kind < FRESH_KINDS ? names[kind] : NULL;
}

enum err freshener_put_hex(const uint8_t sha256[CRYPTO_SHA256_BYTES], struct room *out) {
    char text[HEX_CHARS];
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        text[2 * i] = "0123456789abcdef"[sha256[i] >> 4];
        text[2 * i + 1] = "0123456789abcdef"[sha256[i] & 15];
    }
    return room_put(out, span_of_bytes(text, sizeof text));
}

static json_t *hex_of(const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    char text[HEX_CHARS];
    struct room room = room_over(text, sizeof text);
    return freshener_put_hex(sha256, &room) == ERR_OK ? json_stringn(text, room.len) : NULL;
}

static int add_revocation(json_t *array, const struct fresh_revocation *revoked) {
    const char *name = freshener_kind_name(revoked->kind);
    return json_array_append_new(
        array, json_pack("{s:s, s:o}", "kind", name == NULL ? "" : name, "sha256", hex_of(revoked->sha256)));
}

static json_t *claims_of(const struct freshener_claims *claims) {
    json_t *revoked = json_array();
    int failed = 0;
    for (size_t i = 0; i < claims->count; i++) {
        failed |= add_revocation(revoked, &claims->revoked[i]);
    }
    if (failed != 0) {
        json_decref(revoked);
        return NULL;
    }
    return json_pack("{s:s%, s:I, s:I, s:o, s:I, s:I, s:o}", "scheme", (const char *)claims->scheme.ptr,
                     claims->scheme.len, "root", (json_int_t)claims->root_version, "seq",
                     (json_int_t)claims->seq, "sha256", hex_of(claims->id), "iat", (json_int_t)claims->iat_s,
                     "next_update", (json_int_t)claims->next_update_s, "revoked", revoked);
}

enum err freshener_sign(const struct freshener_claims *claims, const struct signer *release,
                        struct room *out) {
    json_t *json = claims_of(claims);
    if (json == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = packer_sign_claims(json, FRESH_TYP, release, out);
    json_decref(json);
    return err;
}
