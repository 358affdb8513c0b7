/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "credctl/sign/public_form.h"
#include "tests/lib/check.h"
#include "tests/lib/integrity_sign.h"

#define PROOFS LIMIT_PROOFS

/* A relation between nodes, a plain value, and whatever else a case defines. */
#define TERMS "\"r\":{\"@id\":\"urn:x:r\",\"@type\":\"@id\"},\"v\":\"urn:x:v\""

static json_t *json_of(const char *text) {
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    return value;
}

static json_t *numbered(const char *format, unsigned a, unsigned b) {
    char text[64];
    snprintf(text, sizeof text, format, a, b);
    return json_string(text);
}

/* A credential under VCDM 2.0 and a vocabulary of its own; `nodes` is what it relates to. Takes both. */
static json_t *credential(const struct wallet *wallet, json_t *vocabulary, json_t *nodes) {
    return json_pack("{s:[s,o],s:s,s:s,s:s,s:{s:s},s:o}", "@context", "https://www.w3.org/ns/credentials/v2",
                     vocabulary, "type", "VerifiableCredential", "issuer", wallet->did, "validFrom",
                     "2026-01-01T00:00:00Z", "credentialSubject", "id", "urn:x:s", "r", nodes);
}

static json_t *plain_terms(void) {
    return json_of("{" TERMS "}");
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
static json_t *with_proofs(const struct wallet *wallet, json_t *document, unsigned count, json_t *more) {
    json_t *proofs = json_array();
    for (unsigned i = 0; i < count; i++) {
        json_array_append_new(proofs, no_proof(wallet, more));
    }
    json_object_set_new(document, "proof", proofs);
    json_decref(more);
    return document;
}

/* A presentation of LIMIT_PRESENTED times the same credential, which is taken. */
static json_t *eight(json_t *document) {
    json_t *credentials = json_array();
    for (unsigned i = 0; i < LIMIT_PRESENTED; i++) {
        json_array_append(credentials, document);
    }
    json_decref(document);
    return wallet_present(credentials);
}

/* Groups of blank nodes, each related to all others of its group. */
static json_t *cliques(unsigned groups, unsigned size) {
    json_t *nodes = json_array();
    for (unsigned g = 0; g < groups; g++) {
        for (unsigned i = 0; i < size; i++) {
            json_t *others = json_array();
            for (unsigned k = 0; k < size; k++) {
                if (k != i) {
                    json_array_append_new(others, numbered("_:g%un%u", g, k));
                }
            }
            json_array_append_new(nodes,
                                  json_pack("{s:o,s:o}", "id", numbered("_:g%un%u", g, i), "r", others));
        }
    }
    return nodes;
}

static json_t *poison(struct wallet *wallet) {
    return eight(with_proofs(wallet, credential(wallet, plain_terms(), cliques(1, 14)), 1, NULL));
}

/* As much as one canonicalisation may cost, in each credential and each proof. */
static json_t *nearly_poison(struct wallet *wallet) {
    json_t *more = json_pack("{s:o}", "r", cliques(2, 5));
    return eight(with_proofs(wallet, credential(wallet, plain_terms(), cliques(2, 5)), PROOFS, more));
}

static json_t *chain_of(unsigned count) {
    json_t *nodes = json_array();
    for (unsigned i = 0; i < count; i++) {
        json_array_append_new(nodes, json_pack("{s:o,s:o}", "id", numbered("_:n%u", i, 0), "r",
                                               numbered("_:n%u", (i + 1) % count, 0)));
    }
    return nodes;
}

static json_t *ring(struct wallet *wallet) {
    return with_proofs(wallet, credential(wallet, plain_terms(), chain_of(4500)), 1, NULL);
}

/* Many rings of three: whatever is told apart is told apart again. */
static json_t *small_rings(struct wallet *wallet) {
    return with_proofs(wallet, credential(wallet, plain_terms(), cliques(128, 3)), 1, NULL);
}

static json_t *same_nodes(unsigned count) {
    json_t *nodes = json_array();
    for (unsigned i = 0; i < count; i++) {
        json_array_append_new(nodes, json_pack("{s:s}", "v", "x"));
    }
    return nodes;
}

static json_t *alike(struct wallet *wallet) {
    return with_proofs(wallet, credential(wallet, plain_terms(), same_nodes(2500)), 1, NULL);
}

static json_t *ten_thousand_alike(struct wallet *wallet) {
    return with_proofs(wallet, credential(wallet, plain_terms(), same_nodes(9900)), 1, NULL);
}

/* The same many statements for each proof of a chain, in which each names the one before. */
static json_t *long_chain(struct wallet *wallet) {
    json_t *document = with_proofs(wallet, credential(wallet, plain_terms(), same_nodes(400)), PROOFS, NULL);
    json_t *proofs = json_object_get(document, "proof");
    for (unsigned i = 0; i < PROOFS; i++) {
        json_object_set_new(json_array_get(proofs, i), "id", numbered("urn:x:p%u", i, 0));
        if (i > 0) {
            json_object_set_new(json_array_get(proofs, i), "previousProof", numbered("urn:x:p%u", i - 1, 0));
        }
    }
    return document;
}

/* A vocabulary that makes each letter a thousand. */
static json_t *long_addresses(struct wallet *wallet) {
    char prefix[LIMIT_CONTEXT_IRI_BYTES - 16];
    memset(prefix, 'a', sizeof prefix - 1);
    memcpy(prefix, "urn:x:", 6);
    prefix[sizeof prefix - 2] = '/';
    prefix[sizeof prefix - 1] = 0;
    json_t *terms = json_pack("{s:{s:s,s:s},s:s}", "r", "@id", "urn:x:r", "@type", "@id", "p", prefix);
    json_t *nodes = json_array();
    for (unsigned i = 0; i < 2000; i++) {
        json_array_append_new(nodes, json_pack("{s:{s:o}}", "p:a", "@id", numbered("p:%u", i % 64, 0)));
    }
    return with_proofs(wallet, credential(wallet, terms, nodes), 1, NULL);
}

/* Terms that mean nothing to anybody. */
static json_t *many_terms(unsigned count, char first) {
    json_t *terms = json_object();
    for (unsigned i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "%c%u", first, i);
        json_object_set_new(terms, name, json_string("urn:x:t"));
    }
    return terms;
}

/* Two relations, each with a large context inside, by turns on top of each other. */
static json_t *changing_vocabulary(struct wallet *wallet) {
    json_t *terms = plain_terms();
    json_object_set_new(terms, "a",
                        json_pack("{s:s,s:o}", "@id", "urn:x:a", "@context", many_terms(1000, 'm')));
    json_object_set_new(terms, "b",
                        json_pack("{s:s,s:o}", "@id", "urn:x:b", "@context", many_terms(1000, 'm')));
    json_t *nodes = json_array();
    for (unsigned i = 0; i < 12; i++) {
        json_t *node = json_pack("{s:s}", "v", "x");
        for (unsigned depth = 0; depth < 12; depth++) {
            node = json_pack("{s:o,s:s}", ((i >> depth % 4) ^ depth) & 1 ? "a" : "b", node, "v", "x");
        }
        json_array_append_new(nodes, node);
    }
    return with_proofs(wallet, credential(wallet, terms, nodes), 1, NULL);
}

/* As many terms as a context may have, defined anew for each proof and each credential. */
static json_t *large_vocabularies(struct wallet *wallet) {
    json_t *terms = many_terms(2000, 't');
    json_object_update_new(terms, plain_terms());
    json_t *document = with_proofs(wallet, credential(wallet, terms, same_nodes(1)), PROOFS, NULL);
    json_t *credentials = json_pack("[O,o]", document, document);
    return wallet_present(credentials);
}

/* A context that comes back to itself by way of the contexts in its terms. */
static json_t *context_circle(struct wallet *wallet) {
    json_t *terms = json_of(
        "{" TERMS ",\"c\":{\"@id\":\"urn:x:c\",\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
        "{\"c\":{\"@id\":\"urn:x:c\",\"@context\":\"https://www.w3.org/ns/credentials/v2\"}}]}}");
    json_t *nodes = json_array();
    for (unsigned i = 0; i < 1000; i++) {
        json_array_append_new(nodes,
                              json_of("{\"c\":{\"c\":{\"@context\":\"https://www.w3.org/ns/credentials/"
                                      "v2\",\"name\":\"x\"}}}"));
    }
    return with_proofs(wallet, credential(wallet, terms, nodes), 1, NULL);
}

/* Under an address of many versions, each of which is tried, as the proof fits none. */
static json_t *many_versions(struct wallet *wallet) {
    json_t *document =
        with_proofs(wallet, credential(wallet, json_string(HOSTILE_VERSIONS), cliques(40, 3)), PROOFS, NULL);
    return eight(document);
}

static json_t *many_versions_of_much(struct wallet *wallet) {
    return with_proofs(wallet, credential(wallet, json_string(HOSTILE_VERSIONS), same_nodes(2400)), 1, NULL);
}

/* Many types, members, and numbers of the longest kind. */
static json_t *many_types(struct wallet *wallet) {
    json_t *types = json_array();
    for (unsigned i = 0; i < 15000; i++) {
        json_array_append_new(types, numbered("urn:x:%u", i, 0));
    }
    json_t *nodes = json_pack("[{s:o,s:s}]", "type", types, "v", "x");
    return with_proofs(wallet, credential(wallet, plain_terms(), nodes), 1, NULL);
}

static json_t *many_members(struct wallet *wallet) {
    json_t *node = json_object();
    for (unsigned i = 0; i < 10000; i++) {
        char name[32];
        snprintf(name, sizeof name, "urn:x:%u", i * 7919 % 10007);
        json_object_set_new(node, name, json_integer(1));
    }
    return with_proofs(wallet, credential(wallet, plain_terms(), node), 1, NULL);
}

static json_t *many_numbers(struct wallet *wallet) {
    json_t *numbers = json_array();
    for (unsigned i = 0; i < 9000; i++) {
        json_array_append_new(numbers, json_real(1.7976931348623157e-300 * (i + 1)));
    }
    json_t *node = json_pack("{s:o}", "v", numbers);
    return with_proofs(wallet, credential(wallet, plain_terms(), node), 1, NULL);
}

/* The same by JCS, with as many proofs as may be. */
static json_t *many_numbers_jcs(struct wallet *wallet) {
    json_t *document = many_numbers(wallet);
    with_proofs(wallet, document, PROOFS, json_pack("{s:s}", "cryptosuite", "eddsa-jcs-2022"));
    json_t *proof = NULL;
    size_t i = 0;
    json_array_foreach(json_object_get(document, "proof"), i, proof) {
        json_object_set(proof, "@context", json_object_get(document, "@context"));
    }
    return document;
}

/* A long list, and values of as many languages. */
static json_t *long_list(struct wallet *wallet) {
    json_t *items = json_array();
    for (unsigned i = 0; i < 5000; i++) {
        json_array_append_new(items,
                              json_pack("{s:o,s:s}", "@value", numbered("%u", i, 0), "@language", "en"));
    }
    json_t *node = json_pack("{s:{s:o}}", "v", "@list", items);
    return with_proofs(wallet, credential(wallet, plain_terms(), node), 1, NULL);
}

/* Eight credentials, each with eight proofs that are right, of the slowest kind, by somebody unknown. */
static json_t *slow_signatures(struct wallet *wallet) {
    struct signer *signer = NULL;
    char did[256] = "", method[512] = "";
    struct room room = room_over(did, sizeof did - 1), name = room_over(method, sizeof method - 1);
    assert_ok(signer_make(CRYPTO_ES384, &signer));
    assert_ok(public_form_did(signer_public(signer), &room));
    assert_ok(public_form_kid(signer_public(signer), span_of_text(did), &name));
    struct integrity_sign how = {
        .suite = PROOF_ECDSA_RDFC_2019, .signer = signer, .library = &wallet->library, .method = method};
    json_t *document = credential(wallet, plain_terms(), same_nodes(1));
    json_object_set_new(document, "issuer", json_string(did));
    for (unsigned i = 0; i < PROOFS; i++) {
        integrity_sign(document, &how);
    }
    signer_close(signer);
    return eight(document);
}

/* Eight credentials of which each statement is signed by itself. */
static json_t *many_signatures(struct wallet *wallet) {
    struct signer *signer = NULL;
    char did[256] = "", method[512] = "";
    struct room room = room_over(did, sizeof did - 1), name = room_over(method, sizeof method - 1);
    assert_ok(signer_make(CRYPTO_ES256, &signer));
    assert_ok(public_form_did(signer_public(signer), &room));
    assert_ok(public_form_kid(signer_public(signer), span_of_text(did), &name));
    struct integrity_sign how = {
        .suite = PROOF_ECDSA_SD_2023, .signer = signer, .library = &wallet->library, .method = method};
    json_t *values = json_array();
    for (unsigned i = 0; i < 84; i++) {
        json_array_append_new(values, json_integer(i));
    }
    json_t *document =
        credential(wallet, plain_terms(), json_pack("{s:s,s:o}", "id", "urn:x:n", "v", values));
    json_object_set_new(document, "issuer", json_string(did));
    integrity_sign(document, &how);
    signer_close(signer);
    return eight(document);
}

const struct hostile hostile_all[] = {
    {"poison graphs in 8 credentials", poison, NULL},
    {"nearly poison in 8 credentials with 8 proofs each", nearly_poison, NULL},
    {"a ring of 4,500 blank nodes", ring, NULL},
    {"128 rings of blank nodes", small_rings, NULL},
    {"2,500 blank nodes alike", alike, NULL},
    {"9,900 blank nodes alike", ten_thousand_alike, NULL},
    {"400 blank nodes under a chain of 8 proofs", long_chain, NULL},
    {"2,000 statements of 1 kB addresses", long_addresses, NULL},
    {"contexts of 1,000 terms by turns", changing_vocabulary, NULL},
    {"2,000 terms defined for each of 16 proofs", large_vocabularies, NULL},
    {"contexts that come back to themselves", context_circle, NULL},
    {"8 versions of a context, 8 credentials, 8 proofs", many_versions, NULL},
    {"8 versions of a context, 2,400 blank nodes", many_versions_of_much, NULL},
    {"15,000 types", many_types, NULL},
    {"10,000 members", many_members, NULL},
    {"9,000 numbers", many_numbers, NULL},
    {"9,000 numbers under 8 proofs by JCS", many_numbers_jcs, NULL},
    {"a list of 5,000", long_list, NULL},
    {"64 right signatures of P-384", slow_signatures, NULL},
    {"700 statements signed one by one", many_signatures, NULL},
    {"2,500 blank nodes alike, as CBOR-LD", alike, "VC1-B"},
    {"400 blank nodes under a chain of 8 proofs, as CBOR-LD", long_chain, "VC1-R"},
    {"contexts that come back to themselves, as CBOR-LD", context_circle, "VC1-B"},
    {"8 versions of a context, as CBOR-LD", many_versions_of_much, "VC1-B"},
    {NULL, NULL, NULL},
};

void hostile_shelve(struct wallet *wallet) {
    for (unsigned i = 0; i < LIMIT_SHELF_TRIES; i++) {
        char text[256];
        snprintf(text, sizeof text, "{\"@context\":{" TERMS ",\"w%u\":\"urn:x:w\"}}", i);
        assert_ok(
            shelf_add_json(&wallet->vocabulary.shelf, span_of_text(HOSTILE_VERSIONS), span_of_text(text)));
    }
}

void hostile_write(const struct hostile *hostile, struct wallet *wallet, struct room *out) {
    json_t *document = hostile->make(wallet);
    if (hostile->prefix != NULL) {
        wallet_text(wallet, document, CBORLD_1_0, hostile->prefix, out);
    } else {
        char *text = json_dumps(document, JSON_COMPACT);
        assert_non_null(text);
        assert_ok(room_put(out, span_of_text(text)));
        free(text);
    }
    assert_true(out->len <= LIMIT_PAYLOAD_BYTES);
    json_decref(document);
}
