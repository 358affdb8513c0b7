/* testroot: chains of roots made on the spot for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_TESTROOT_H
#define TESTS_LIB_TESTROOT_H

#include "base/room.h"
#include "credctl/sign/signer.h"
#include "pack/root.h"

/* Root keys, which letters name from a on. */
#define TESTROOT_KEYS 4u
/* Room for the chains of tests. */
#define TESTROOT_TEXT_BYTES 65536u

/* The keys: a and c are Ed25519, b is P-256, d is P-384. */
struct testroot {
    struct signer *root[TESTROOT_KEYS], *release;
};

/* What one version says. */
struct testroot_version {
    uint64_t version;
    const char *keys; /* letters */
    uint64_t threshold;
    const char *signers; /* letters; one that stands twice signs twice */
    const char *scheme;  /* NULL: "example" */
    bool demo;
};

/* Make the keys; and release them. */
void testroot_start(struct testroot *keys);
void testroot_stop(struct testroot *keys);

/* Append a version, behind a space where another one stands before it. Fails the test where it cannot. */
void testroot_put(const struct testroot *keys, const struct testroot_version *version, struct room *out);

/* A chain of versions, in memory of the caller's. */
struct span testroot_chain(const struct testroot *keys, const struct testroot_version *versions, size_t count,
                           char text[TESTROOT_TEXT_BYTES]);
/* Root 1 of `count` keys (a, or a and b), signed by all, that asks for `threshold` signatures. */
struct span testroot_first(const struct testroot *keys, size_t count, uint64_t threshold, bool demo,
                           char text[TESTROOT_TEXT_BYTES]);

/* root_follow, with memory of its own; and of a chain from its own first. */
enum err testroot_follow(struct span provisioned, struct span chain, struct root *out);
enum err testroot_read(struct span text, struct root *out);

#endif
