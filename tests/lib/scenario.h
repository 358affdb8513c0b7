/* scenario: one promise of the product as a row: what is shown to the kiosk, under what, and what it must
 * say. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SCENARIO_H
#define TESTS_LIB_SCENARIO_H

#include "tests/lib/world.h"

/* How the token gets into the code. */
enum scenario_form { SCENARIO_BARE = 0, SCENARIO_COMPRESSED };

/* Which claims a row begins with. */
enum scenario_claims { SCENARIO_BADGE = 0, SCENARIO_NESTED, SCENARIO_DEGREE };

/* Changes of the claims, first to last; a NULL `from` ends them. */
struct scenario_change {
    const char *from, *to;
};

#define SCENARIO_CHANGES 4

/* One row. What is left out is the everyday case: the badge by WORLD_ES256, under the pack, now, no rules. */
struct scenario {
    const char *name;
    const char *raw;  /* the payload itself: no token is made */
    const char *body; /* the claims themselves */
    enum scenario_claims claims;
    struct scenario_change changes[SCENARIO_CHANGES];
    const char *header; /* NULL: the key's own */
    enum world_key key;
    bool vc_jose, bad_signature;
    enum scenario_form form;
    bool no_lists;
    int64_t lo_s, hi_s; /* 0: WORLD_NOW_S */
    const char *admit_issuer, *admit_type, *admit_achievement;
    bool expired_is_note, clock_required;
    enum verdict_reason reason;
    enum err cause;
    const char *checks; /* signature, issuer, dates, status, event, freshness, holder: P, F, U or N */
    enum verdict_check_kind which; /* the line whose sentence is compared */
    enum verdict_sentence sentence;
};

/* What the rows met. */
struct scenario_met {
    bool reasons[REASON_COUNT];
    bool sentences[SENTENCE_COUNT];
};

/*
 * Run rows; a row that answers otherwise fails the test with its name. In header and changes, DID_KEY and
 * DID_JWK stand for the world's listed ones, DID_STRANGER for the stranger's did:key, JWK_STRANGER, JWK_EDDSA
 * and JWK_RSA for public keys.
 */
void scenario_run(struct world *world, const struct scenario *rows, size_t count, struct scenario_met *met);

#endif
