/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/badge/presenting.h"

#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "codec/jws.h"
#include "credential/member.h"
#include "credctl/sign/data_integrity.h"
#include "credctl/sign/public_form.h"

#define VCDM_11_CONTEXT   "https://www.w3.org/2018/credentials/v1"
#define VCDM_20_CONTEXT   "https://www.w3.org/ns/credentials/v2"
#define INTEGRITY_CONTEXT "https://w3id.org/security/data-integrity/v2"

/* The address that holds a token: of its own media type where its header says VC-JOSE-COSE. */
static enum err put_address(struct span token, struct arena *arena, struct room *out) {
    struct jws jws = {0};
    TRY(jws_split(token, arena, &jws));
    bool vc_jose = span_equal_text(jws.typ, "vc+jwt");
    jws_close(&jws);
    TRY(room_put_text(out, vc_jose ? "data:application/vc+jwt," : "data:application/jwt,"));
    return room_put(out, token);
}

/* A JWT as an object that has its text as address (VC-JOSE-COSE section 3.1.3). */
static enum err envelope(struct span token, json_t **out) {
    size_t size = 2 * token.len + 1024;
    uint8_t *memory = malloc(2 * size);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct arena arena = arena_over(memory, size);
    struct room address = room_over(memory + size, size);
    enum err err = put_address(token, &arena, &address);
    json_t *object = err != ERR_OK
                         ? NULL
                         : json_pack("{s:s, s:s%, s:s}", "@context", VCDM_20_CONTEXT, "id", address.ptr,
                                     address.len, "type", "EnvelopedVerifiableCredential");
    free(memory);
    if (object == NULL) {
        return err != ERR_OK ? err : ERR_NO_MEMORY;
    }
    *out = object;
    return ERR_OK;
}

static enum err read_one(struct span text, json_t **out) {
    json_t *document = NULL;
    if (span_starts_with(text, "ey")) {
        return envelope(text, out);
    }
    TRY(jsontext_parse(text, &document));
    if (!member_says(document, "type", "VerifiableCredential")) {
        json_decref(document);
        return ERR_CREDENTIAL_NONE;
    }
    *out = document;
    return ERR_OK;
}

static bool is_old(const json_t *credential) {
    const json_t *context = json_object_get(credential, "@context");
    return span_equal_text(jsontext_span(json_array_get(context, 0)), VCDM_11_CONTEXT);
}

/* Read them all into the list; *old: each is of VCDM 1.1. */
static enum err read_all(const struct presenting *presenting, json_t *list, bool *old) {
    *old = true;
    for (size_t i = 0; i < presenting->count; i++) {
        json_t *credential = NULL;
        TRY(read_one(presenting->credentials[i], &credential));
        *old = *old && is_old(credential);
        if (json_array_append_new(list, credential) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    return ERR_OK;
}

static enum err assemble(const struct presenting *presenting, json_t *list, json_t **out) {
    bool old = false;
    TRY(read_all(presenting, list, &old));
    json_t *contexts =
        old ? json_pack("[s,s]", VCDM_11_CONTEXT, INTEGRITY_CONTEXT) : json_pack("[s]", VCDM_20_CONTEXT);
    json_t *document = json_pack("{s:o, s:[s]}", "@context", contexts, "type", "VerifiablePresentation");
    struct span holder = presenting->holder;
    bool named =
        holder.len == 0 ||
        json_object_set_new(document, "holder", json_stringn((const char *)holder.ptr, holder.len)) == 0;
    if (!named || json_object_set(document, "verifiableCredential", list) != 0) {
        json_decref(document);
        return ERR_NO_MEMORY;
    }
    *out = document;
    return ERR_OK;
}

enum err presenting_document(const struct presenting *presenting, json_t **out) {
    if (presenting->count == 0 || presenting->count > LIMIT_PRESENTED) {
        return presenting->count == 0 ? ERR_PRESENTATION_EMPTY : ERR_PRESENTATION_MANY;
    }
    json_t *list = json_array();
    enum err err = list == NULL ? ERR_NO_MEMORY : assemble(presenting, list, out);
    json_decref(list);
    return err;
}

enum err presenting_sign(json_t *document, const struct signer *signer, int64_t created_s,
                         struct span challenge, const struct context_library *library, struct arena *arena) {
    uint8_t name[DATA_INTEGRITY_METHOD_BYTES];
    struct room method = room_over(name, sizeof name);
    struct span holder = jsontext_span(json_object_get(document, "holder"));
    if (data_integrity_suite(signer_alg(signer)) == PROOF_JWS) {
        return ERR_KEY_MISMATCH;
    }
    TRY(public_form_check_did(signer_public(signer), holder));
    TRY(data_integrity_method(signer_public(signer), holder, (struct span){0}, &method));
    struct data_integrity_options options = {
        .suite = data_integrity_suite(signer_alg(signer)),
        .purpose = INTEGRITY_AUTHENTICATION,
        .method = room_span(&method),
        .created_s = created_s,
        .challenge = challenge,
    };
    return data_integrity_add(document, signer, &options, library, arena);
}
