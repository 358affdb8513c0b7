/* signed_list: a status list with proofs inside, its issuer's keys, and the contexts that ship, for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SIGNED_LIST_H
#define TESTS_LIB_SIGNED_LIST_H

#include "credctl/build/bitstring.h"
#include "tests/lib/integrity_sign.h"
#include "vocabulary/vocabulary.h"

#define SIGNED_LIST_ISSUER "did:web:a.example"
#define SIGNED_LIST_METHOD SIGNED_LIST_ISSUER "#1"
#define SIGNED_LIST_BYTES  16384u
#define SIGNED_LIST_FROM_S 1788220800
#define SIGNED_LIST_V2     "https://www.w3.org/ns/credentials/v2"
#define SIGNED_LIST_V1     "https://www.w3.org/2018/credentials/v1"
#define SIGNED_LIST_DI     "https://w3id.org/security/data-integrity/v2"

/* An issuer's keys, a stranger's, the contexts that ship, and two encodedLists: all clear, and entry 0 set. */
struct signed_list {
    struct vocabulary vocabulary;
    struct shelf_view view;
    struct context_library library;
    struct signer *ed25519, *p256, *stranger;
    const struct signer *listed; /* the one key of the issuer */
    const char *kid;
    char clear[256], set[256];
};

/* Set up and tear down, for cmocka: *state is a struct signed_list. */
int signed_list_start(void **state);
int signed_list_stop(void **state);

/* The issuer's one key, as struct statuslist_keys asks for it; ctx is the struct signed_list. */
bool signed_list_next_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                          struct crypto_key *key);

/* A list in the data model 2.0, entry 0 set, with these contexts, further members, and members of its subject; and the
 * plain one. Static, until the next call. */
const char *signed_list_with(const struct signed_list *world, const char *contexts, const char *more,
                             const char *subject);
const char *signed_list_text(const struct signed_list *world);

/* How its issuer signs, and a text signed so; release it by free. */
struct integrity_sign signed_list_how(const struct signed_list *world, enum proof_suite suite);
char *signed_list_make(const struct signed_list *world, const char *text, enum proof_suite suite);

/* Read a text as the issuer's list, and free it; the second frees the list too, where there is one. */
enum err signed_list_take(struct signed_list *world, char *text, struct statuslist *out);
enum err signed_list_error(struct signed_list *world, char *text);

/* The list is the one of signed_list_text. */
void signed_list_assert_good(const struct statuslist *list, const char *kind);

#endif
