/* sealed: credentials with Data Integrity proofs by the keys of the world, one for each way to make them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SEALED_H
#define TESTS_LIB_SEALED_H

#include "tests/lib/integrity_sign.h"
#include "tests/lib/world.h"

/* Badges of WORLD_ISSUER for Ada Lovelace, without a proof, to be changed by forge_replaced: of data model 2.0, with an
 * entry in a status list that is not set; and of 1.1, under the contexts of the Ed25519 suites and of Data Integrity. */
extern const char *const sealed_badge;
extern const char *const sealed_badge_1;

/* A way to sign: a suite, a key, a data model. */
struct sealed_way {
    const char *name;
    enum proof_suite suite;
    enum world_key key;
    const char *method;
    bool version_1;
};

/* The ways by suite and key; the second, and those of the old suites, under the data model 1.1. */
enum sealed_name {
    SEALED_EDDSA_RDFC,
    SEALED_EDDSA_RDFC_1,
    SEALED_P256_RDFC,
    SEALED_P384_RDFC,
    SEALED_SD,
    SEALED_EDDSA_JCS,
    SEALED_P256_JCS,
    SEALED_P384_JCS,
    SEALED_ED25519_2020,
    SEALED_ED25519_2018,
    SEALED_WAYS
};

extern const struct sealed_way sealed_ways[SEALED_WAYS];

/* The document that a way signs. */
const char *sealed_text(const struct sealed_way *way);

/* What a way gives integrity_sign, to be changed; the view must stay where it is. */
struct integrity_sign sealed_order(const struct world *world, const struct sealed_way *way,
                                   struct shelf_view *view, struct context_library *library);

/* A text signed in this way; release by free. */
char *sealed_by(const struct world *world, const struct sealed_way *way, const char *text);

#endif
