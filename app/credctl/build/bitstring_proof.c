/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/bitstring_proof.h"

#include <stdlib.h>

#include "base/arena.h"
#include "codec/jsontext.h"
#include "credctl/build/bitstring_facts.h"
#include "crypto/did.h"
#include "proof/integrity.h"

/* Memory for a list: its text stands in a term, in a canonical form, and in what is signed. */
#define TIMES_TEXT  8u
#define ARENA_BYTES (16u * 1024u * 1024u)

/* A list being checked. */
struct check {
    json_t *document;
    struct span issuer;
    const struct statuslist_keys *keys;
    struct arena arena;
    struct integrity integrity;
};

/* A key's name is the issuer's, or listed in just these letters. */
static bool names_own_key(const struct check *check, struct span kid) {
    struct span listed = {0};
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    struct crypto_key key = {0};
    bool own = span_equal(did_without_fragment(kid), check->issuer);
    for (size_t i = 0; !own && check->keys->next(check->keys->ctx, i, &listed, &alg, &key); i++) {
        own = alg != CRYPTO_ALG_NONE && span_equal(kid, listed);
    }
    return own;
}

static enum err check_proofs(const struct check *check) {
    for (uint32_t i = 0; i < check->integrity.count; i++) {
        const struct proof *proof = &check->integrity.proofs[i];
        if (proof->parts.count > 0 || proof->suite == PROOF_ECDSA_SD_2023) {
            return ERR_PROOF_SUITE;
        }
        if (proof->kid.len == 0 || !names_own_key(check, proof->kid)) {
            return ERR_STATUS_ISSUER;
        }
        TRY(statuslist_keys_signed(check->keys, proof->kid, proof->alg, proof->signed_bytes,
                                   proof->signature));
    }
    return check->integrity.count > 0 ? ERR_OK : ERR_PROOF_NONE;
}

static enum err keep(struct check *check, struct bitstring_proof *out) {
    struct bitstring_proof found = {0};
    for (uint32_t i = 0; i < check->integrity.count; i++) {
        const struct credential_date *expires = &check->integrity.proofs[i].expires;
        bool first = expires->present && (found.expires_s == 0 || expires->time_s < found.expires_s);
        found.expires_s = first ? expires->time_s : found.expires_s;
    }
    if (check->integrity.linked) {
        TRY(bitstring_facts_read(&check->integrity.statements.set, &check->arena, &found.credential));
    } else {
        found.credential = json_incref(check->document);
    }
    *out = found;
    return ERR_OK;
}

/* By one choice among the versions of contexts. */
static enum err try_once(struct check *check, const struct context_library *library,
                         struct bitstring_proof *out) {
    check->arena.used = 0;
    check->integrity = (struct integrity){0};
    TRY(integrity_read(check->document, INTEGRITY_ASSERTION, library, &check->arena, &check->integrity));
    TRY(check_proofs(check));
    return keep(check, out);
}

/* The error of the first choice is the one that is told. */
static enum err try_all(struct check *check, const struct shelf *shelf, struct bitstring_proof *out) {
    static const struct shelf none;
    struct shelf_view view = {.shelf = shelf == NULL ? &none : shelf};
    struct context_library library = shelf_view_library(&view);
    enum err first = try_once(check, &library, out);
    enum err err = first;
    while (err != ERR_OK && shelf_view_next(&view)) {
        err = try_once(check, &library, out);
    }
    return err == ERR_OK ? ERR_OK : first;
}

enum err bitstring_proof_read(struct span text, struct span issuer, const struct statuslist_keys *keys,
                              const struct shelf *shelf, struct bitstring_proof *out) {
    struct check *check = calloc(1, sizeof *check);
    size_t size = text.len * TIMES_TEXT + ARENA_BYTES;
    void *memory = malloc(size);
    enum err err = check == NULL || memory == NULL ? ERR_NO_MEMORY : jsontext_parse(text, &check->document);
    if (err == ERR_OK) {
        check->issuer = issuer;
        check->keys = keys;
        check->arena = arena_over(memory, size);
        err = json_is_object(check->document) ? try_all(check, shelf, out) : ERR_JSON_TYPE;
    }
    if (check != NULL) {
        json_decref(check->document);
    }
    free(memory);
    free(check);
    return err;
}
