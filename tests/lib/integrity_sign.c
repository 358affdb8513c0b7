/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/integrity_sign.h"

#include "tests/lib/check.h"

#include <stdlib.h>

#include "codec/base58.h"
#include "codec/base64url.h"
#include "codec/jcs.h"
#include "codec/jsontext.h"
#include "linked/linked.h"
#include "tests/lib/sd_sign.h"

#define MEMORY (32u << 20)

/* One proof in the making. */
struct making {
    const struct integrity_sign *how;
    struct arena arena;
    json_t *document; /* what is signed */
    json_t *options;
    enum rdfc_hash hash;
};

static bool by_jcs(enum proof_suite suite) {
    return suite == PROOF_EDDSA_JCS_2022 || suite == PROOF_ECDSA_JCS_2019;
}

static const char *or_else(const char *text, const char *usual) {
    return text != NULL ? text : usual;
}

static void set_text(json_t *object, const char *member, const char *text) {
    assert_int_equal(json_object_set_new(object, member, json_string(text)), 0);
}

static json_t *options_of(const struct integrity_sign *how) {
    bool old = how->suite == PROOF_ED25519_2018 || how->suite == PROOF_ED25519_2020;
    json_t *options = json_object();
    set_text(options, "type", old ? proof_suite_code(how->suite) : "DataIntegrityProof");
    if (!old) {
        set_text(options, "cryptosuite", proof_suite_code(how->suite));
    }
    set_text(options, "created", or_else(how->created, "2026-01-02T00:00:00Z"));
    set_text(options, "verificationMethod", how->method);
    set_text(options, "proofPurpose", or_else(how->purpose, "assertionMethod"));
    if (how->more != NULL) {
        json_t *more = NULL;
        assert_ok(jsontext_parse(span_of_text(how->more), &more));
        assert_int_equal(json_object_update(options, more), 0);
        json_decref(more);
    }
    return options;
}

/* Those proofs of a document that previousProof names: one id, or an array of these. */
static json_t *named_proofs(const json_t *document, const json_t *previous) {
    json_t *found = json_array();
    const json_t *proofs = json_object_get(document, "proof");
    size_t count = json_is_array(proofs) ? json_array_size(proofs) : 1;
    for (size_t i = 0; i < count; i++) {
        json_t *proof =
            json_is_array(proofs) ? json_array_get(proofs, i) : json_object_get(document, "proof");
        const json_t *id = json_object_get(proof, "id");
        bool named = json_equal(id, previous);
        for (size_t n = 0; n < json_array_size(previous); n++) {
            named = named || json_equal(id, json_array_get(previous, n));
        }
        if (named) {
            json_array_append(found, proof);
        }
    }
    return found;
}

static json_t *without_proofs(const json_t *document) {
    json_t *copy = json_deep_copy(document);
    json_object_del(copy, "proof");
    return copy;
}

static void digest(enum rdfc_hash hash, struct span bytes, struct room *out) {
    uint8_t value[CRYPTO_SHA384_BYTES];
    assert_ok(hash == RDFC_SHA256 ? crypto_sha256(bytes, value) : crypto_sha384(bytes, value));
    assert_ok(room_put(out, span_of_bytes(value, hash == RDFC_SHA256 ? 32 : 48)));
}

static struct linked_document canonize(struct making *m, const json_t *document) {
    struct linked_document out = {0};
    assert_ok(linked_canonize(document, m->how->library, m->hash, &m->arena, &out));
    return out;
}

/* The hash of options or document, in the form that the suite signs. */
static void digest_of(struct making *m, const json_t *value, struct room *out) {
    struct span text = {0};
    if (by_jcs(m->how->suite)) {
        assert_ok(jcs_text(value, &m->arena, &text));
    } else {
        text = canonize(m, value).form.text;
    }
    digest(m->hash, text, out);
}

static void sign_multibase(struct making *m, struct span bytes, struct room *value) {
    uint8_t raw[128];
    struct room signature = room_over(raw, sizeof raw);
    assert_ok(signer_sign(m->how->signer, bytes, &signature));
    assert_ok(room_put_byte(value, 'z'));
    assert_ok(base58_encode(room_span(&signature), value));
}

/* A detached JWS over bytes that are not encoded (RFC 7797). */
static void sign_detached(struct making *m, struct span bytes, struct room *value) {
    uint8_t raw[128], joined[512];
    struct room signature = room_over(raw, sizeof raw), input = room_over(joined, sizeof joined);
    assert_ok(base64url_encode(span_of_text("{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"]}"), value));
    assert_ok(room_put(&input, room_span(value)));
    assert_ok(room_put_byte(&input, '.'));
    assert_ok(room_put(&input, bytes));
    assert_ok(signer_sign(m->how->signer, room_span(&input), &signature));
    assert_ok(room_put_text(value, ".."));
    assert_ok(base64url_encode(room_span(&signature), value));
}

static void sign_statements(struct making *m, struct span options_hash, struct room *value) {
    static const char *const usual[] = {"#issuer> ", "#type> ", "#credentialStatus> ", NULL};
    json_t *whole = without_proofs(m->how->whole != NULL ? m->how->whole : m->document);
    struct linked_document signed_whole = canonize(m, whole), shown = canonize(m, m->document);
    struct sd_sign_order order = {.whole = &signed_whole,
                                  .shown = &shown,
                                  .options_hash = options_hash,
                                  .mandatory = m->how->mandatory != NULL ? m->how->mandatory : usual,
                                  .issuer = m->how->signer};
    struct signer *statement = NULL;
    struct sd_sign *derived = calloc(1, sizeof *derived);
    assert_ok(signer_make(CRYPTO_ES256, &statement));
    order.statement = statement;
    sd_sign_derive(&order, &m->arena, derived);
    sd_sign_value(derived, &m->arena, value);
    signer_close(statement);
    free(derived);
    json_decref(whole);
}

static void make_value(struct making *m, struct room *value) {
    uint8_t bytes[2 * CRYPTO_SHA384_BYTES];
    struct room hashes = room_over(bytes, sizeof bytes);
    digest_of(m, m->options, &hashes);
    if (m->how->suite == PROOF_ECDSA_SD_2023) {
        sign_statements(m, room_span(&hashes), value);
        return;
    }
    digest_of(m, m->document, &hashes);
    if (m->how->suite == PROOF_ED25519_2018) {
        sign_detached(m, room_span(&hashes), value);
    } else {
        sign_multibase(m, room_span(&hashes), value);
    }
}

/* Alone it stands as an object, as it does in nearly every credential. */
static void append_proof(json_t *document, json_t *proof) {
    json_t *there = json_incref(json_object_get(document, "proof"));
    if (there == NULL) {
        json_object_set_new(document, "proof", proof);
        return;
    }
    json_t *proofs = json_is_array(there) ? json_incref(there) : json_pack("[O]", there);
    json_array_append_new(proofs, proof);
    json_object_set_new(document, "proof", proofs);
    json_decref(there);
}

void integrity_sign(json_t *document, const struct integrity_sign *how) {
    struct making m = {.how = how, .document = without_proofs(document), .options = options_of(how)};
    const json_t *previous = json_object_get(m.options, "previousProof");
    void *memory = aligned_alloc(16, MEMORY);
    struct room value = {0};
    m.arena = arena_over(memory, MEMORY);
    m.hash = signer_alg(how->signer) == CRYPTO_ES384 ? RDFC_SHA384 : RDFC_SHA256;
    if (previous != NULL) {
        json_object_set_new(m.document, "proof", named_proofs(document, previous));
    }
    assert_ok(arena_room(&m.arena, 65536, &value));
    json_object_set(m.options, "@context", json_object_get(document, "@context"));
    make_value(&m, &value);
    if (!by_jcs(how->suite)) {
        json_object_del(m.options, "@context");
    }
    json_object_set_new(m.options, how->suite == PROOF_ED25519_2018 ? "jws" : "proofValue",
                        json_stringn((const char *)value.ptr, value.len));
    append_proof(document, m.options);
    json_decref(m.document);
    free(memory);
}

char *integrity_signed(const char *text, const struct integrity_sign *how) {
    json_t *document = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &document));
    integrity_sign(document, how);
    char *out = json_dumps(document, JSON_COMPACT);
    assert_non_null(out);
    json_decref(document);
    return out;
}
