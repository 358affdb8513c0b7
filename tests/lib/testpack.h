/* testpack: trust packs made on the spot for tests: keys, lists, a signed pack file, and the rules that
 * accept it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_TESTPACK_H
#define TESTS_LIB_TESTPACK_H

#include <limits.h>

#include "credctl/build/lists.h"
#include "credctl/build/packer.h"
#include "pack/pack_open.h"

/* When the packs of tests are issued, seconds since 1970 UTC: 2026-08-29. */
#define TESTPACK_IAT_S 1788000000LL
#define TESTPACK_DAY_S 86400LL

/* A workshop of packs in a temporary folder. */
struct testpack {
    char folder[PATH_MAX];
    struct signer *root, *release;
    char root_text[4096];        /* the provisioning file */
    char roots_text[16384];      /* the chain of roots after a rotation, else empty */
    struct packer_claims claims; /* of the next pack; start fills in a good one */
    struct pack_rules rules;     /* that accept it, at TESTPACK_IAT_S and a day */
};

/* Make keys, root 1 (scheme "example") and claims in a new temporary folder. Fails the test if it cannot. */
void testpack_start(struct testpack *test);

/* The same with other keys than P-384 (root) and P-256 (release): Ed25519 is ten times as quick to check. */
void testpack_start_with(struct testpack *test, enum crypto_alg root, enum crypto_alg release);

/* Remove the folder and the keys. */
void testpack_stop(struct testpack *test);

/*
 * Go over to the next root, signed by the root key: a new release key, and packs carry the longer chain. The claims
 * then name the new version.
 */
void testpack_rotate(struct testpack *test);

/* A file of the folder; the text is the caller's. */
void testpack_path(const struct testpack *test, const char *name, char out[PATH_MAX]);

/* Begin an empty database "NAME" in the folder. */
struct lists *testpack_lists(const struct testpack *test, const char *name);

/*
 * Write the default lists into database "NAME": issuer did:web:academy.example ("Example Academy", ru, ar)
 * with the release key's public half as key "did:web:academy.example#1", scope type OpenBadgeCredential; and
 * a revocation list of 131,072 entries at https://academy.example/status/1 in which the entries 7, 4096 and
 * 131071 are set.
 */
void testpack_default_lists(const struct testpack *test, const char *name);

/* Sign database "NAME" as the claims say, into the pack file "PACK". */
void testpack_sign(const struct testpack *test, const char *name, const char *pack);

/* The same with a manifest of the caller's. */
void testpack_write(const struct testpack *test, struct span manifest, struct span roots, const char *name,
                    const char *pack);

/* Open the pack file "PACK" with the rules. */
enum err testpack_open(const struct testpack *test, const char *pack, enum pack_open_depth depth,
                       struct pack **out);

/* Read a whole file of the folder into malloc'ed memory. */
struct room testpack_read(const struct testpack *test, const char *name);

/* Write a whole file of the folder. */
void testpack_put(const struct testpack *test, const char *name, struct span bytes);

#endif
