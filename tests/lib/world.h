/* world: issuers with keys, a trust pack that lists some of them, and credentials of theirs, for tests of
 * the whole verifier. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_WORLD_H
#define TESTS_LIB_WORLD_H

#include "base/limits.h"
#include "tests/lib/testpack.h"
#include "verify.h"
#include "vocabulary/vocabulary.h"

/* The listed issuer, also listed as did:web:issuer.example, and as the did:key of WORLD_EDDSA. */
#define WORLD_ISSUER "https://issuer.example"
/* A day after the pack was issued: 2026-08-30. */
#define WORLD_NOW_S (TESTPACK_IAT_S + TESTPACK_DAY_S)

/* The id of a credential that is revoked by its id. */
#define WORLD_REVOKED_ID "urn:uuid:00000000-0000-4000-8000-00000000dead"

/* Keys. Those up to WORLD_PS256 may sign anything of WORLD_ISSUER. */
enum world_key {
    WORLD_ES256,       /* https://issuer.example#es256; the same in every run, as WORLD_EDDSA */
    WORLD_EDDSA,       /* listed as "eddsa" */
    WORLD_ES384,       /* listed as "#es384" */
    WORLD_RS256,       /* listed without key id; credentials name its thumbprint */
    WORLD_PS256,       /* #ps256 */
    WORLD_TYPE,        /* #type, for the type Diploma alone */
    WORLD_ACHIEVEMENT, /* #achievement, for the achievement https://issuer.example/a/9 alone */
    WORLD_STATUS,      /* #status, for status lists alone */
    WORLD_ENDED,       /* #ended, until 2025-01-01 */
    WORLD_WITHDRAWN,   /* #withdrawn */
    WORLD_DID_KEY,     /* Ed25519: its did:key is a listed issuer of its own */
    WORLD_DID_JWK,     /* P-256: the same for its did:jwk */
    WORLD_STRANGER,    /* Ed25519: nobody lists it */
    WORLD_KEYS
};

/* A claim set of WORLD_ISSUER, Open Badges 3.0 under the data model 2.0; to be changed by forge_replaced. */
extern const char *const world_badge;
/* The same under `vc`, data model 1.1; and as VC-JOSE-COSE has it, a degree. */
extern const char *const world_nested;
extern const char *const world_degree;

/* All of it; it must stay where it was started. The arena is LIMIT_SCAN_ARENA_BYTES long. */
struct world {
    struct testpack test;
    struct signer *keys[WORLD_KEYS];
    char did_key[256], did_jwk[512], did_stranger[256], did_eddsa[256];
    struct pack *pack;
    struct vocabulary vocabulary; /* the contexts that ship */
    struct interval now;          /* WORLD_NOW_S */
    const struct fresh *fresh;    /* what freshness tokens say; NULL at first */
    struct arena arena;
};

/*
 * Make keys and pack. Status lists of WORLD_ISSUER, entry 7 set, others clear: /status/1 revocation,
 * /status/2 suspension, /status/3 revocation and out of date, /status/4 signed by did:key's issuer, /status/5
 * of an unknown kind, /status/6 damaged, /status/7 signed as did:web:issuer.example. /status/8 of purpose message, whose
 * size credentials state; Token Status Lists of two bits, 7 invalid, 8 suspended, 9 of value 3: /status/9, and /status/10 out
 * of date; unsigned lists in which WORLD_REVOKED_ID stands: /status/11 of 1EdTech's kind, /status/12 of Open Badges
 * 2.0, /status/13 another issuer's.
 *
 * rsa  make the two RSA keys also, which takes a second
 */
void world_start(struct world *world, bool rsa);
void world_stop(struct world *world);

/* The world's pack, contexts and time, and no rules; borrows from the world. */
struct verify_grounds world_grounds(const struct world *world);

/* Judge under these: what gets one verdict, or whatever number. */
void world_verify(struct world *world, struct span payload, struct verdict *out);
void world_verify_all(struct world *world, struct span payload, struct verdicts *out);

/* The header that a key's issuer writes: alg, typ JWT (or vc+jwt) and the key's id; its thumbprint where the
 * list has no id for it. */
void world_header(const struct world *world, enum world_key key, bool vc_jose, char out[400]);

#endif
