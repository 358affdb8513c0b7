/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/badge/issuing.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "credctl/sign/public_form.h"
#include "crypto/did.h"

#define URN_UUID_SIZE 46u
/* A did:jwk of RSA with 4,096 bits, decoded, takes less. */
#define DID_ARENA_BYTES 65536u

/* A random UUID (RFC 9562, version 4) as a URN. */
static struct span random_id(char out[URN_UUID_SIZE]) {
    uint8_t b[16];
    randombytes_buf(b, sizeof b);
    b[6] = (uint8_t)((b[6] & 0x0F) | 0x40);
    b[8] = (uint8_t)((b[8] & 0x3F) | 0x80);
    int len = snprintf(
        out, URN_UUID_SIZE, "urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
        b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
    return span_of_bytes(out, (size_t)len);
}

/* An issuer that is its own key must be this key. */
static enum err check_issuer(struct span issuer, const struct crypto_key *key) {
    if (!did_is_self_certifying(issuer)) {
        return ERR_OK;
    }
    void *memory = malloc(DID_ARENA_BYTES);
    struct arena arena = arena_over(memory, DID_ARENA_BYTES);
    struct crypto_key own = {0};
    enum err err = memory == NULL ? ERR_NO_MEMORY : did_own_key(issuer, &arena, &own);
    free(memory);
    if (err != ERR_OK) {
        return err;
    }
    return crypto_key_equal(&own, key) ? ERR_OK : ERR_KEY_MISMATCH;
}

static enum err sign(const struct fields *fields, enum badge_profile profile, enum badge_vcdm vcdm,
                     const struct signer *signer, struct room *claims, struct room *out) {
    char id[URN_UUID_SIZE];
    uint8_t usual[PUBLIC_FORM_BYTES];
    struct room kid = room_over(usual, sizeof usual);
    struct span chosen = fields->values[FIELD_KID], issuer = fields->values[FIELD_ISSUER];
    TRY(check_issuer(issuer, signer_public(signer)));
    TRY(badge_claims(fields, profile, vcdm, random_id(id), claims));
    TRY(public_form_kid(signer_public(signer), issuer, &kid));
    return signer_jws(signer, span_of_text(badge_typ(profile)), chosen.len > 0 ? chosen : room_span(&kid),
                      room_span(claims), out);
}

enum err issuing_jwt(const struct fields *fields, enum badge_profile profile, enum badge_vcdm vcdm,
                     const struct signer *signer, struct room *out) {
    void *memory = malloc(BADGE_CLAIMS_BYTES);
    struct room claims = room_over(memory, BADGE_CLAIMS_BYTES);
    enum err err = memory == NULL ? ERR_NO_MEMORY : sign(fields, profile, vcdm, signer, &claims, out);
    free(memory);
    return err;
}
