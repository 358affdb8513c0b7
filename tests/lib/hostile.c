/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "credctl/sign/public_form.h"
#include "tests/lib/check.h"
#include "tests/lib/crafted.h"
#include "tests/lib/integrity_sign.h"

#define PROOFS LIMIT_PROOFS

static json_t *poison(struct wallet *wallet) {
    return crafted_eight(
        crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), crafted_cliques(1, 14)), 1, NULL));
}

/* As much as one canonicalisation may cost, in each credential and each proof. */
static json_t *nearly_poison(struct wallet *wallet) {
    json_t *more = json_pack("{s:o}", "r", crafted_cliques(2, 5));
    return crafted_eight(crafted_prove(
        wallet, crafted_credential(wallet, crafted_terms(), crafted_cliques(2, 5)), PROOFS, more));
}

static json_t *chain_of(unsigned count) {
    json_t *nodes = json_array();
    for (unsigned i = 0; i < count; i++) {
        json_array_append_new(nodes, json_pack("{s:o,s:o}", "id", crafted_numbered("_:n%u", i, 0), "r",
                                               crafted_numbered("_:n%u", (i + 1) % count, 0)));
    }
    return nodes;
}

static json_t *ring(struct wallet *wallet) {
    return crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), chain_of(4500)), 1, NULL);
}

/* Many rings of three: whatever is told apart is told apart again. */
static json_t *small_rings(struct wallet *wallet) {
    return crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), crafted_cliques(128, 3)), 1,
                         NULL);
}

static json_t *alike(struct wallet *wallet) {
    return crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), crafted_alike(2500)), 1, NULL);
}

static json_t *ten_thousand_alike(struct wallet *wallet) {
    return crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), crafted_alike(9900)), 1, NULL);
}

/* The same many statements for each proof of a chain, in which each names the one before. */
static json_t *long_chain(struct wallet *wallet) {
    json_t *document =
        crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), crafted_alike(400)), PROOFS, NULL);
    json_t *proofs = json_object_get(document, "proof");
    for (unsigned i = 0; i < PROOFS; i++) {
        json_object_set_new(json_array_get(proofs, i), "id", crafted_numbered("urn:x:p%u", i, 0));
        if (i > 0) {
            json_object_set_new(json_array_get(proofs, i), "previousProof",
                                crafted_numbered("urn:x:p%u", i - 1, 0));
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
        json_array_append_new(nodes,
                              json_pack("{s:{s:o}}", "p:a", "@id", crafted_numbered("p:%u", i % 64, 0)));
    }
    return crafted_prove(wallet, crafted_credential(wallet, terms, nodes), 1, NULL);
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
    json_t *terms = crafted_terms();
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
    return crafted_prove(wallet, crafted_credential(wallet, terms, nodes), 1, NULL);
}

/* As many terms as a context may have, defined anew for each proof and each credential. */
static json_t *large_vocabularies(struct wallet *wallet) {
    json_t *terms = many_terms(2000, 't');
    json_object_update_new(terms, crafted_terms());
    json_t *document =
        crafted_prove(wallet, crafted_credential(wallet, terms, crafted_alike(1)), PROOFS, NULL);
    json_t *credentials = json_pack("[O,o]", document, document);
    return wallet_present(credentials);
}

/* A context that comes back to itself by way of the contexts in its terms. */
static json_t *context_circle(struct wallet *wallet) {
    json_t *terms = crafted_json(
        "{" CRAFTED_TERMS
        ",\"c\":{\"@id\":\"urn:x:c\",\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
        "{\"c\":{\"@id\":\"urn:x:c\",\"@context\":\"https://www.w3.org/ns/credentials/v2\"}}]}}");
    json_t *nodes = json_array();
    for (unsigned i = 0; i < 1000; i++) {
        json_array_append_new(nodes,
                              crafted_json("{\"c\":{\"c\":{\"@context\":\"https://www.w3.org/ns/credentials/"
                                           "v2\",\"name\":\"x\"}}}"));
    }
    return crafted_prove(wallet, crafted_credential(wallet, terms, nodes), 1, NULL);
}

/* Under an address of many versions, each of which is tried, as the proof fits none. */
static json_t *many_versions(struct wallet *wallet) {
    json_t *document = crafted_prove(
        wallet, crafted_credential(wallet, json_string(HOSTILE_VERSIONS), crafted_cliques(40, 3)), PROOFS,
        NULL);
    return crafted_eight(document);
}

static json_t *many_versions_of_much(struct wallet *wallet) {
    return crafted_prove(
        wallet, crafted_credential(wallet, json_string(HOSTILE_VERSIONS), crafted_alike(2400)), 1, NULL);
}

/* Many types, members, and numbers of the longest kind. */
static json_t *many_types(struct wallet *wallet) {
    json_t *types = json_array();
    for (unsigned i = 0; i < 15000; i++) {
        json_array_append_new(types, crafted_numbered("urn:x:%u", i, 0));
    }
    json_t *nodes = json_pack("[{s:o,s:s}]", "type", types, "v", "x");
    return crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), nodes), 1, NULL);
}

static json_t *many_members(struct wallet *wallet) {
    json_t *node = json_object();
    for (unsigned i = 0; i < 10000; i++) {
        char name[32];
        snprintf(name, sizeof name, "urn:x:%u", i * 7919 % 10007);
        json_object_set_new(node, name, json_integer(1));
    }
    return crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), node), 1, NULL);
}

static json_t *many_numbers(struct wallet *wallet) {
    json_t *numbers = json_array();
    for (unsigned i = 0; i < 9000; i++) {
        json_array_append_new(numbers, json_real(1.7976931348623157e-300 * (i + 1)));
    }
    json_t *node = json_pack("{s:o}", "v", numbers);
    return crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), node), 1, NULL);
}

/* The same by JCS, with as many proofs as may be. */
static json_t *many_numbers_jcs(struct wallet *wallet) {
    json_t *document = many_numbers(wallet);
    crafted_prove(wallet, document, PROOFS, json_pack("{s:s}", "cryptosuite", "eddsa-jcs-2022"));
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
        json_array_append_new(
            items, json_pack("{s:o,s:s}", "@value", crafted_numbered("%u", i, 0), "@language", "en"));
    }
    json_t *node = json_pack("{s:{s:o}}", "v", "@list", items);
    return crafted_prove(wallet, crafted_credential(wallet, crafted_terms(), node), 1, NULL);
}

/* Somebody unknown, who signs what says so. */
struct stranger {
    struct signer *signer;
    char did[256], method[512];
};

static void stranger_of(enum crypto_alg alg, struct stranger *out) {
    *out = (struct stranger){0};
    struct room did = room_over(out->did, sizeof out->did - 1);
    struct room method = room_over(out->method, sizeof out->method - 1);
    assert_ok(signer_make(alg, &out->signer));
    assert_ok(public_form_did(signer_public(out->signer), &did));
    assert_ok(public_form_kid(signer_public(out->signer), room_span(&did), &method));
}

/* The credential, taken, issued and signed `count` times by a stranger, in eight copies. */
static json_t *signed_by_stranger(struct wallet *wallet, enum crypto_alg alg, enum proof_suite suite,
                                  json_t *document, unsigned count) {
    struct stranger stranger;
    stranger_of(alg, &stranger);
    struct integrity_sign how = {
        .suite = suite, .signer = stranger.signer, .library = &wallet->library, .method = stranger.method};
    json_object_set_new(document, "issuer", json_string(stranger.did));
    for (unsigned i = 0; i < count; i++) {
        integrity_sign(document, &how);
    }
    signer_close(stranger.signer);
    return crafted_eight(document);
}

/* Eight credentials, each with eight proofs that are right, of the slowest kind. */
static json_t *slow_signatures(struct wallet *wallet) {
    json_t *document = crafted_credential(wallet, crafted_terms(), crafted_alike(1));
    return signed_by_stranger(wallet, CRYPTO_ES384, PROOF_ECDSA_RDFC_2019, document, PROOFS);
}

/* Eight credentials of which each statement is signed by itself. */
static json_t *many_signatures(struct wallet *wallet) {
    json_t *values = json_array();
    for (unsigned i = 0; i < 84; i++) {
        json_array_append_new(values, json_integer(i));
    }
    json_t *node = json_pack("{s:s,s:o}", "id", "urn:x:n", "v", values);
    json_t *document = crafted_credential(wallet, crafted_terms(), node);
    return signed_by_stranger(wallet, CRYPTO_ES256, PROOF_ECDSA_SD_2023, document, 1);
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
        snprintf(text, sizeof text, "{\"@context\":{" CRAFTED_TERMS ",\"w%u\":\"urn:x:w\"}}", i);
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
