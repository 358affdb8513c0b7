/* SPDX-License-Identifier: Apache-2.0 */
/*
 * integrity: documents with Data Integrity proofs inside. The first byte says what the rest is: 'D' a document as it
 * comes; '0' to '6' a document that gets the genuine proof of a suite, as its own members of "proof" change it: where
 * it checks, it says what was signed and nothing else.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "codec/jcs.h"
#include "codec/jsontext.h"
#include "tests/lib/integrity_case.h"

/* One of each suite, and one with all that a proof can say; signed at the first input. */
static const struct {
    enum proof_suite suite;
    const char *more;
} genuine[] = {
    {PROOF_EDDSA_JCS_2022, NULL},
    {PROOF_ECDSA_JCS_2019, NULL},
    {PROOF_EDDSA_RDFC_2022, NULL},
    {PROOF_ECDSA_RDFC_2019, NULL},
    {PROOF_ED25519_2020, NULL},
    {PROOF_ED25519_2018, NULL},
    {PROOF_EDDSA_RDFC_2022, "{\"id\":\"urn:p:1\",\"expires\":\"2026-06-01T00:00:00Z\",\"challenge\":\"c\","
                            "\"domain\":\"urn:d\",\"nonce\":\"n\"}"},
};
#define GENUINE (sizeof genuine / sizeof *genuine)

struct stage {
    struct integrity_case c;
    json_t *documents[GENUINE];
};

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

static struct stage *begin(void) {
    static struct stage stage;
    if (stage.documents[0] == NULL) {
        integrity_case_open(&stage.c);
        for (size_t i = 0; i < GENUINE; i++) {
            stage.documents[i] =
                integrity_case_signed(&stage.c, genuine[i].suite, INTEGRITY_CASE_CREDENTIAL, genuine[i].more);
            insist(integrity_vector_check(&stage.c.v, stage.documents[i]) == ERR_OK);
        }
    }
    return &stage;
}

static bool by_jcs(enum proof_suite suite) {
    return suite == PROOF_EDDSA_JCS_2022 || suite == PROOF_ECDSA_JCS_2019;
}

/* What every proof that is read promises. */
static void insist_on_proof(const struct proof *proof) {
    size_t hash = proof->alg == CRYPTO_ES384 ? 48 : 32;
    insist(proof->profile == CREDENTIAL_DATA_INTEGRITY && proof->kid.len > 0);
    insist(proof->signature.len == 2 * hash);
    if (proof->suite != PROOF_ECDSA_SD_2023) {
        size_t at = proof->suite == PROOF_ED25519_2018 ? span_find(proof->signed_bytes, '.', 0) + 1 : 0;
        insist(proof->signed_bytes.len - at == 2 * hash && proof->parts.count == 0);
    }
    insist(!proof->created.present || !proof->expires.present ||
           proof->created.time_s <= proof->expires.time_s);
}

static void judge_document(struct stage *stage, const json_t *document) {
    static struct integrity found, again;
    for (int purpose = 0; purpose < 2; purpose++) {
        bool linked = false;
        stage->c.v.purpose = purpose == 0 ? INTEGRITY_ASSERTION : INTEGRITY_AUTHENTICATION;
        enum err err = integrity_vector_read(&stage->c.v, document, &again);
        insist(integrity_vector_read(&stage->c.v, document, &found) == err);
        for (uint32_t i = 0; err == ERR_OK && i < found.count; i++) {
            insist_on_proof(&found.proofs[i]);
            linked = linked || !by_jcs(found.proofs[i].suite);
        }
        insist(err != ERR_OK || (found.count > 0 && found.count <= LIMIT_PROOFS && found.linked == linked));
    }
    stage->c.v.purpose = INTEGRITY_ASSERTION;
}

/* The canonical form of what was signed: statements, or members but for proofs and contexts. */
static char *saying_of(struct stage *stage, const json_t *document, struct integrity *found) {
    static uint8_t memory[1u << 20];
    struct room room = room_over(memory, sizeof memory);
    insist(integrity_vector_read(&stage->c.v, document, found) == ERR_OK);
    if (found->linked) {
        insist(room_put(&room, found->statements.form.text) == ERR_OK);
    } else {
        json_t *bare = json_copy((json_t *)(uintptr_t)document);
        json_object_del(bare, "proof");
        json_object_del(bare, "@context");
        insist(jcs_write(bare, &room) == ERR_OK);
        json_decref(bare);
    }
    return strndup((const char *)room.ptr, room.len);
}

static void insist_same(struct stage *stage, const json_t *document, const json_t *other) {
    static struct integrity a, b;
    char *said = saying_of(stage, document, &a);
    char *signed_one = saying_of(stage, other, &b);
    insist(strcmp(said, signed_one) == 0 && a.count == b.count);
    insist(a.proofs[0].suite == b.proofs[0].suite);
    insist(a.proofs[0].created.present == b.proofs[0].created.present &&
           a.proofs[0].created.time_s == b.proofs[0].created.time_s);
    insist(a.proofs[0].expires.present == b.proofs[0].expires.present &&
           a.proofs[0].expires.time_s == b.proofs[0].expires.time_s);
    free(said);
    free(signed_one);
}

/* Another document under a genuine proof. */
static void judge_forgery(struct stage *stage, size_t which, json_t *document) {
    json_t *proof = json_copy(json_object_get(stage->documents[which], "proof"));
    json_t *changes = json_object_get(document, "proof");
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(changes, name, value) {
        json_is_null(value) ? json_object_del(proof, name) : json_object_set(proof, name, value);
    }
    json_object_set_new(document, "proof", proof);
    if (integrity_vector_check(&stage->c.v, document) == ERR_OK) {
        insist_same(stage, document, stage->documents[which]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct stage *stage = begin();
    json_t *document = NULL;
    if (size == 0 || jsontext_parse(span_of_bytes(data + 1, size - 1), &document) != ERR_OK) {
        return 0;
    }
    if (data[0] >= '0' && data[0] < '0' + GENUINE && json_is_object(document)) {
        judge_forgery(stage, (size_t)(data[0] - '0'), document);
    } else if (json_is_object(document)) {
        judge_document(stage, document);
    }
    json_decref(document);
    return 0;
}
