/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "tests/lib/scenario.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DAY_S        TESTPACK_DAY_S
#define OPEN_END     INTERVAL_UNBOUNDED

/* A change that puts status entries beside the claims. */
#define ENTRY(kind, purpose, index, number)                                                                  \
    "{\"type\":\"" kind "\",\"statusPurpose\":\"" purpose "\",\"statusListIndex\":\"" index                  \
    "\",\"statusListCredential\":\"https://issuer.example/status/" number "\"}"
#define BITSTRING       "BitstringStatusListEntry"
#define STATUS(entries) "\"iss\":", "\"credentialStatus\":" entries ",\"iss\":"

/* A reference to a Token Status List, as a claim. */
#define CLAIM(index, number)                                                                                 \
    "\"iss\":", "\"status\":{\"status_list\":{\"idx\":" index                                                \
                ",\"uri\":\"https://issuer.example/status/" number "\"}},\"iss\":"
/* An entry in a list of ids, and a badge whose id stands in those of the world. */
#define IDS(number) "{\"id\":\"https://issuer.example/status/" number "\",\"type\":\"1EdTechRevocationList\"}"
#define WITH_REVOKED_ID                                                                                      \
    {"urn:uuid:ada-1", WORLD_REVOKED_ID}, {                                                                  \
        "urn:uuid:ada-1", WORLD_REVOKED_ID                                                                   \
    }
/* An entry of purpose "message" and two bits. */
#define MESSAGE(index)                                                                                       \
    "{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"message\",\"statusSize\":2,"                 \
    "\"statusMessage\":[{\"status\":\"0x0\",\"message\":\"pending\"},{\"status\":\"0x2\","                   \
    "\"message\":\"under review\"},{\"status\":\"0x3\",\"message\":\"a\"},"                                  \
    "{\"status\":\"0x03\",\"message\":\"b\"}],\"statusListIndex\":\"" index                                  \
    "\",\"statusListCredential\":\"https://issuer.example/status/8\"}"

/* Changes that name another issuer. */
#define ISSUED_BY(did)                                                                                       \
    {"\"id\":\"https://issuer.example\"", "\"id\":\"" did "\""}, {                                           \
        "\"iss\":\"https://issuer.example\"", "\"iss\":\"" did "\""                                          \
    }

static const struct scenario valid[] = {
#include "tests/scenarios/valid.def"
};

static const struct scenario notes[] = {
#include "tests/scenarios/notes.def"
};

static const struct scenario not_valid[] = {
#include "tests/scenarios/not_valid.def"
};

static const struct scenario cannot_check[] = {
#include "tests/scenarios/cannot_check.def"
};

struct run {
    struct world world;
    struct scenario_met met;
};

static struct run run;

static int set_up(void **state) {
    world_start(&run.world, true);
    *state = &run;
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_stop(&run.world);
    return 0;
}

static void says_valid(void **state) {
    (void)state;
    scenario_run(&run.world, valid, COUNT(valid), &run.met);
}

static void says_valid_with_a_note(void **state) {
    (void)state;
    scenario_run(&run.world, notes, COUNT(notes), &run.met);
}

static void says_not_valid(void **state) {
    (void)state;
    scenario_run(&run.world, not_valid, COUNT(not_valid), &run.met);
}

static void says_cannot_check(void **state) {
    (void)state;
    scenario_run(&run.world, cannot_check, COUNT(cannot_check), &run.met);
}

/* Those of the face (it sees pictures and remembers), a failing machine, which no input can make, and a part of a
 * credential, which no token is. */
static bool outside_of_verify(enum verdict_reason reason) {
    return reason == REASON_NONE || reason == REASON_UNREADABLE || reason == REASON_TWO_CODES ||
           reason == REASON_SEEN_BEFORE || reason == REASON_UNFINISHED || reason == REASON_PARTLY_SHOWN;
}

/* Those of a presentation's own proof and of a credential's part, which no token carries: sealed_presented_test.c,
 * sealed_partly_test.c. */
static bool of_a_document(enum verdict_sentence sentence) {
    return sentence == SENTENCE_HOLDER_SIGNED || sentence == SENTENCE_HOLDER_OTHER ||
           sentence == SENTENCE_HOLDER_UNCHECKED || sentence == SENTENCE_DATES_HIDDEN ||
           sentence == SENTENCE_STATUS_HIDDEN;
}

/* What freshness tokens lead to is asked in fresh_test.c. */
static bool of_a_token(enum verdict_sentence sentence) {
    return sentence == SENTENCE_ISSUER_REVOKED_SINCE || sentence == SENTENCE_ISSUER_KEY_REVOKED_SINCE ||
           sentence == SENTENCE_STATUS_REVOKED_SINCE || sentence == SENTENCE_STATUS_LOST ||
           sentence == SENTENCE_FRESHNESS_CONFIRMED || sentence == SENTENCE_HOLDER_REVOKED;
}

static void has_met_every_reason_and_every_sentence(void **state) {
    (void)state;
    for (int i = 0; i < REASON_COUNT; i++) {
        if (!outside_of_verify((enum verdict_reason)i) && !run.met.reasons[i]) {
            fail_msg("no scenario for %s", verdict_reason_code((enum verdict_reason)i));
        }
    }
    for (int i = 0; i < SENTENCE_COUNT; i++) {
        if (!of_a_document((enum verdict_sentence)i) && !of_a_token((enum verdict_sentence)i) &&
            !run.met.sentences[i]) {
            fail_msg("no scenario for \"%s\"", verdict_sentence_text((enum verdict_sentence)i));
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_valid),
        cmocka_unit_test(says_valid_with_a_note),
        cmocka_unit_test(says_not_valid),
        cmocka_unit_test(says_cannot_check),
        cmocka_unit_test(has_met_every_reason_and_every_sentence),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
