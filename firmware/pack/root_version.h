/* root_version: one version of the root with every signature under it; whether they suffice is another's to judge. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_ROOT_VERSION_H
#define PACK_ROOT_VERSION_H

#include <jansson.h>

#include "pack/root.h"

/*
 * Read what a root says, of which no signature is known yet: headquarters does, before it asks for them.
 *
 * claims  the payload
 * before  the root before it, or NULL for root 1
 * arena   receives the scheme
 *
 * ERR_ROOT_SHAPE, ERR_ROOT_VERSION, ERR_ROOT_SCHEME and ERR_ROOT_DEMO as below; ERR_KEY_*, ERR_CRYPTO_FAILED, ERR_NO_ROOM
 */
MUST_USE enum err root_version_claims(const json_t *claims, const struct root *before, struct arena *arena,
                                      struct root *out);

/* A root and who has signed it. Every signature was right. */
struct root_version {
    struct root root;
    struct span text;             /* its documents, in the text they were read from */
    bool own[LIMIT_ROOT_KEYS];    /* which of root.keys have signed */
    bool before[LIMIT_ROOT_KEYS]; /* which keys of the root before it have */
};

/*
 * Read the version that a text begins with: all documents that lie next to each other over the same payload.
 *
 * text    documents, space separated; another version may follow behind a space
 * before  the root before it, or NULL for root 1
 * arena   receives the scheme and what is decoded
 *
 * ERR_ROOT_SHAPE      a claim is missing, of a wrong type or out of range; a key stands twice; more than
 *                     LIMIT_ROOT_SIGNATURES documents
 * ERR_ROOT_TYP        another `typ`
 * ERR_ROOT_VERSION    not one more than the version before it
 * ERR_ROOT_SCHEME     another list than the root before it
 * ERR_ROOT_DEMO       becomes a demo, or ceases to be one
 * ERR_ROOT_SIGNER     signed by a key that neither it nor the root before it names
 * ERR_ROOT_SIGNATURE  a signature is wrong
 * ERR_JWS_*, ERR_JSON_*, ERR_BASE64URL, ERR_ALG_*, ERR_KEY_*, ERR_SIGNATURE_SHAPE, ERR_CRYPTO_FAILED, ERR_NO_ROOM
 */
MUST_USE enum err root_version_read(struct span text, const struct root *before, struct arena *arena,
                                    struct root_version *out);

/* How many signatures of its own keys are still missing, and of the keys of the root before it (NULL: none are). */
uint64_t root_version_own_missing(const struct root_version *version);
uint64_t root_version_before_missing(const struct root_version *version, const struct root *before);

#endif
