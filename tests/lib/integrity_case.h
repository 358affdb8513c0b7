/* integrity_case: a small vocabulary of credentials and proofs, keys, and documents signed with them, for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_INTEGRITY_CASE_H
#define TESTS_LIB_INTEGRITY_CASE_H

#include "linked/shelf.h"
#include "tests/lib/integrity_sign.h"
#include "tests/lib/integrity_vector.h"

/* The vocabulary's address: terms of credentials and of all suites' proofs, with the addresses that are usual. */
#define INTEGRITY_CASE_CONTEXT "urn:c:credentials"

/* A credential without proofs under it. */
#define INTEGRITY_CASE_CREDENTIAL                                                                            \
    "{\"@context\":[\"urn:c:credentials\"],\"id\":\"urn:uuid:1\",\"type\":\"VerifiableCredential\","         \
    "\"issuer\":\"did:example:guild\",\"validFrom\":\"2026-01-01T00:00:00Z\",\"credentialSubject\":{"        \
    "\"id\":\"did:example:welder\",\"name\":\"Ada\",\"tag\":[\"robot\",\"metal\"]}}"

enum integrity_case_key {
    INTEGRITY_CASE_ED25519,
    INTEGRITY_CASE_P256,
    INTEGRITY_CASE_P384,
    INTEGRITY_CASE_KEYS
};
#define INTEGRITY_CASE_METHOD_CHARS 256

/* Open it where it stays: it points into itself. */
struct integrity_case {
    struct shelf shelf;
    struct shelf_view view;
    struct context_library library;
    struct arena kept;
    struct integrity_vector v;
    struct signer *signers[INTEGRITY_CASE_KEYS];
    char methods[INTEGRITY_CASE_KEYS][INTEGRITY_CASE_METHOD_CHARS]; /* their did:keys, with a fragment */
};

/* Open with the vocabulary and new keys; close releases all. */
void integrity_case_open(struct integrity_case *c);
void integrity_case_close(struct integrity_case *c);

/* Put {"@context": CONTEXT} beside the vocabulary. */
void integrity_case_shelve(struct integrity_case *c, const char *address, const char *context);

/* How to sign with a suite: with the P-384 key where `large`, else with the suite's usual one. */
struct integrity_sign integrity_case_how(const struct integrity_case *c, enum proof_suite suite, bool large);

/* The text as a document, signed; the caller's reference. `more` as in struct integrity_sign, or NULL. */
json_t *integrity_case_signed(const struct integrity_case *c, enum proof_suite suite, const char *document,
                              const char *more);

/* The error of reading a good document whose proof has members set to these or, where null, taken out. Fails the test
 * where an error left something in what is read into. */
enum err integrity_case_error(struct integrity_case *c, enum proof_suite suite, const char *members);

#endif
