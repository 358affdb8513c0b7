/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/badge/issuing.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "credctl/sign/data_integrity.h"
#include "credctl/sign/public_form.h"

#define URN_UUID_SIZE 46u

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

static enum err sign(const struct fields *fields, enum badge_profile profile, enum badge_vcdm vcdm,
                     const struct signer *signer, struct room *claims, struct room *out) {
    char id[URN_UUID_SIZE];
    uint8_t usual[PUBLIC_FORM_BYTES];
    struct room kid = room_over(usual, sizeof usual);
    struct span chosen = fields->values[FIELD_KID], issuer = fields->values[FIELD_ISSUER];
    TRY(public_form_check_did(signer_public(signer), issuer));
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

/* Add the proof to the document, and append its text. */
static enum err secure(json_t *document, const struct signer *signer,
                       const struct data_integrity_options *options, const struct context_library *library,
                       struct arena *arena, struct room *out) {
    TRY(data_integrity_add(document, signer, options, library, arena));
    char *text = json_dumps(document, JSON_COMPACT);
    enum err err = text == NULL ? ERR_NO_MEMORY : room_put_text(out, text);
    free(text);
    return err;
}

enum err issuing_document(const struct fields *fields, enum badge_vcdm vcdm, int64_t created_s,
                          const struct signer *signer, const struct context_library *library,
                          struct arena *arena, struct room *out) {
    char id[URN_UUID_SIZE];
    uint8_t name[DATA_INTEGRITY_METHOD_BYTES];
    struct room method = room_over(name, sizeof name);
    struct span issuer = fields->values[FIELD_ISSUER];
    json_t *document = NULL;
    TRY(public_form_check_did(signer_public(signer), issuer));
    TRY(data_integrity_method(signer_public(signer), issuer, fields->values[FIELD_KID], &method));
    TRY(badge_credential(fields, vcdm, random_id(id), &document));
    struct data_integrity_options options = {
        .suite = data_integrity_suite(signer_alg(signer)),
        .purpose = INTEGRITY_ASSERTION,
        .method = room_span(&method),
        .created_s = created_s,
    };
    enum err err = secure(document, signer, &options, library, arena, out);
    json_decref(document);
    return err;
}
