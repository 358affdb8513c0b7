/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/crafted.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "tests/lib/check.h"

json_t *crafted_json(const char *text) {
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    return value;
}

json_t *crafted_numbered(const char *format, unsigned a, unsigned b) {
    char text[64];
    snprintf(text, sizeof text, format, a, b);
    return json_string(text);
}

/* A credential under VCDM 2.0 and a vocabulary of its own; `nodes` is what it relates to. Takes both. */
json_t *crafted_credential(const struct wallet *wallet, json_t *vocabulary, json_t *nodes) {
    return json_pack("{s:[s,o],s:s,s:s,s:s,s:{s:s},s:o}", "@context", "https://www.w3.org/ns/credentials/v2",
                     vocabulary, "type", "VerifiableCredential", "issuer", wallet->did, "validFrom",
                     "2026-01-01T00:00:00Z", "credentialSubject", "id", "urn:x:s", "r", nodes);
}

json_t *crafted_terms(void) {
    return crafted_json("{" CRAFTED_TERMS "}");
}

/* A proof that nobody made, of the right shape; `more` are members of its own, borrowed, or NULL. */
static json_t *no_proof(const struct wallet *wallet, json_t *more) {
    char value[66];
    memset(value, '1', sizeof value - 1);
    value[0] = 'z';
    value[sizeof value - 1] = 0;
    json_t *proof = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "type", "DataIntegrityProof", "cryptosuite",
                              "eddsa-rdfc-2022", "created", "2026-01-02T00:00:00Z", "verificationMethod",
                              wallet->method, "proofPurpose", "assertionMethod", "proofValue", value);
    json_object_update(proof, more);
    return proof;
}

/* Give a credential proofs, each with `more`, which is taken. */
json_t *crafted_prove(const struct wallet *wallet, json_t *document, unsigned count, json_t *more) {
    json_t *proofs = json_array();
    for (unsigned i = 0; i < count; i++) {
        json_array_append_new(proofs, no_proof(wallet, more));
    }
    json_object_set_new(document, "proof", proofs);
    json_decref(more);
    return document;
}

/* A presentation of LIMIT_PRESENTED times the same credential, which is taken. */
json_t *crafted_eight(json_t *document) {
    json_t *credentials = json_array();
    for (unsigned i = 0; i < LIMIT_PRESENTED; i++) {
        json_array_append(credentials, document);
    }
    json_decref(document);
    return wallet_present(credentials);
}

/* Groups of blank nodes, each related to all others of its group. */
json_t *crafted_cliques(unsigned groups, unsigned size) {
    json_t *nodes = json_array();
    for (unsigned g = 0; g < groups; g++) {
        for (unsigned i = 0; i < size; i++) {
            json_t *others = json_array();
            for (unsigned k = 0; k < size; k++) {
                if (k != i) {
                    json_array_append_new(others, crafted_numbered("_:g%un%u", g, k));
                }
            }
            json_array_append_new(
                nodes, json_pack("{s:o,s:o}", "id", crafted_numbered("_:g%un%u", g, i), "r", others));
        }
    }
    return nodes;
}

json_t *crafted_alike(unsigned count) {
    json_t *nodes = json_array();
    for (unsigned i = 0; i < count; i++) {
        json_array_append_new(nodes, json_pack("{s:s}", "v", "x"));
    }
    return nodes;
}
