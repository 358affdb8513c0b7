/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/sign/data_integrity.h"

#include "base/datetime.h"
#include "codec/base58.h"
#include "credctl/sign/public_form.h"
#include "crypto/did.h"
#include "crypto/multikey.h"
#include "linked/linked.h"

/* Both hashes, one behind the other; and the longest signature, r || s of P-384, with its 'z'. */
#define SIGNED_BYTES    (2 * CRYPTO_SHA384_BYTES)
#define SIGNATURE_BYTES 96u
#define VALUE_BYTES     (2 * SIGNATURE_BYTES)

/* A signature on its way. */
struct signing {
    const struct signer *signer;
    const struct context_library *library;
    struct arena *arena;
};

enum proof_suite data_integrity_suite(enum crypto_alg alg) {
    switch (alg) {
    case CRYPTO_EDDSA:
        return PROOF_EDDSA_RDFC_2022;
    case CRYPTO_ES256:
    case CRYPTO_ES384:
        return PROOF_ECDSA_RDFC_2019;
    default:
        return PROOF_JWS;
    }
}

enum err data_integrity_method(const struct crypto_key *key, struct span controller, struct span kid,
                               struct room *out) {
    if (kid.len == 0 && did_is_self_certifying(controller)) {
        return public_form_kid(key, controller, out);
    }
    if (span_find(kid, ':', 0) < kid.len) {
        return room_put(out, kid);
    }
    TRY(room_put(out, controller));
    if (kid.len == 0 || kid.ptr[0] != '#') {
        TRY(room_put_byte(out, '#'));
    }
    return kid.len > 0 ? room_put(out, kid) : multikey_write(key, out);
}

/* Hash the document's canonical form by the hash that belongs to the curve. */
static enum err put_hash(const struct signing *signing, const json_t *document, struct room *out) {
    bool p384 = signer_alg(signing->signer) == CRYPTO_ES384;
    struct linked_document linked = {0};
    uint8_t hash[CRYPTO_SHA384_BYTES];
    TRY(linked_canonize(document, signing->library, p384 ? RDFC_SHA384 : RDFC_SHA256, signing->arena,
                        &linked));
    TRY(p384 ? crypto_sha384(linked.form.text, hash) : crypto_sha256(linked.form.text, hash));
    return room_put(out, span_of_bytes(hash, p384 ? CRYPTO_SHA384_BYTES : CRYPTO_SHA256_BYTES));
}

/* The signature of both hashes, proven right, as multibase text. */
static enum err put_value(const struct signer *signer, struct span hashes, struct room *out) {
    uint8_t bytes[SIGNATURE_BYTES];
    struct room signature = room_over(bytes, sizeof bytes);
    TRY(signer_sign(signer, hashes, &signature));
    TRY(crypto_verify(signer_alg(signer), signer_public(signer), hashes, room_span(&signature)));
    TRY(room_put_byte(out, 'z'));
    return base58_encode(room_span(&signature), out);
}

/* What is signed beside the document: the proof without its value, in the document's own contexts. */
static json_t *proof_options(const json_t *document, const struct data_integrity_options *options) {
    char created[DATETIME_TEXT_SIZE];
    bool asserts = options->purpose == INTEGRITY_ASSERTION;
    datetime_text(options->created_s, created);
    json_t *challenge = options->challenge.len == 0
                            ? NULL
                            : json_stringn((const char *)options->challenge.ptr, options->challenge.len);
    return json_pack("{s:O, s:s, s:s, s:s, s:s%, s:s, s:o*}", "@context",
                     json_object_get(document, "@context"), "type", "DataIntegrityProof", "cryptosuite",
                     proof_suite_code(options->suite), "created", created, "verificationMethod",
                     options->method.ptr, options->method.len, "proofPurpose",
                     asserts ? "assertionMethod" : "authentication", "challenge", challenge);
}

static enum err fill(const struct signing *signing, const json_t *document, json_t *proof) {
    uint8_t hashes[SIGNED_BYTES], text[VALUE_BYTES];
    struct room signed_bytes = room_over(hashes, sizeof hashes), value = room_over(text, sizeof text);
    TRY(put_hash(signing, proof, &signed_bytes));
    TRY(put_hash(signing, document, &signed_bytes));
    TRY(put_value(signing->signer, room_span(&signed_bytes), &value));
    bool done = json_object_del(proof, "@context") == 0 &&
                json_object_set_new(proof, "proofValue", json_stringn((const char *)text, value.len)) == 0;
    return done ? ERR_OK : ERR_NO_MEMORY;
}

enum err data_integrity_add(json_t *document, const struct signer *signer,
                            const struct data_integrity_options *options,
                            const struct context_library *library, struct arena *arena) {
    struct signing signing = {signer, library, arena};
    if (options->suite == PROOF_JWS || data_integrity_suite(signer_alg(signer)) != options->suite) {
        return ERR_KEY_MISMATCH;
    }
    if (json_object_get(document, "@context") == NULL || json_object_get(document, "proof") != NULL) {
        return ERR_PROOF_SHAPE;
    }
    json_t *proof = proof_options(document, options);
    if (proof == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = fill(&signing, document, proof);
    if (err == ERR_OK && json_object_set(document, "proof", proof) != 0) {
        err = ERR_NO_MEMORY;
    }
    json_decref(proof);
    return err;
}
