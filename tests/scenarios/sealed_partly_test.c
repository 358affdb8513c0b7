/* SPDX-License-Identifier: Apache-2.0 */
/* Credentials of which the holder chose what to show: what could be hidden is never said to be well. */
#include "tests/lib/check.h"
#include "tests/lib/world_fixture.h"
#include "tests/lib/judge_one.h"
#include "tests/lib/sealed.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"

#define EDDSA      (&sealed_ways[SEALED_EDDSA_RDFC])
#define ES256      (&sealed_ways[SEALED_P256_RDFC])
#define EDDSA_JCS  (&sealed_ways[SEALED_EDDSA_JCS])
#define SD         (&sealed_ways[SEALED_SD])
#define GOOD_INDEX "94567"
#define REVOKED    "7"
#define PARTLY     (1u << (REASON_PARTLY_SHOWN - REASON_STATUS_UNKNOWN))

/* What a showing must always hold, beside what issuer and holder agree on. */
static const char *const of_issuer[] = {"#issuer> ", "#VerifiableCredential> ", NULL};
static const char *const and_status[] = {"#issuer> ", "#VerifiableCredential> ", "#credentialStatus> <",
                                         NULL};

static json_t *entry(const char *id, const char *purpose, const char *index) {
    return json_pack("{s:s,s:s,s:s,s:s,s:s}", "id", id, "type", "BitstringStatusListEntry", "statusPurpose",
                     purpose, "statusListIndex", index, "statusListCredential",
                     "https://issuer.example/status/1");
}

/* What an issuer signs: the badge of Ada, with an entry of its status. */
static json_t *badge_of(const char *until, const char *index) {
    char *text = forge_replaced(sealed_badge, "2027-01-01T00:00:00Z", until);
    json_t *document = json_loads(text, 0, NULL);
    assert_non_null(document);
    json_object_set_new(document, "credentialStatus", entry("urn:uuid:entry-1", "revocation", index));
    free(text);
    return document;
}

static void derive(const json_t *whole, json_t *shown, const char *const *mandatory, const char *more) {
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(&world, SD, &view, &library);
    order.whole = whole;
    order.mandatory = mandatory;
    order.more = more;
    integrity_sign(shown, &order);
}

static void judge(const json_t *document, struct verdict *out) {
    char *text = json_dumps(document, JSON_COMPACT);
    world_verify(&world, span_of_text(text), out);
    free(text);
}

static void expect_line(const char *name, const struct verdict_check *got, struct verdict_check expected) {
    if (got->result != expected.result || got->sentence != expected.sentence) {
        fail_msg("%s: %s, \"%s\"", name, verdict_result_code(got->result),
                 verdict_sentence_text(got->sentence));
    }
}

static void expect_reason(const char *name, const struct verdict *verdict, enum verdict_reason reason) {
    bool noted = reason == REASON_PARTLY_SHOWN;
    if (verdict->reason != reason || verdict->notes != (noted ? PARTLY : 0)) {
        fail_msg("%s: %s by %s, notes %x", name, verdict_reason_code(verdict->reason),
                 err_name(verdict->cause), verdict->notes);
    }
}

/* A badge of which members are left out. */
struct showing {
    const char *name;
    const char *until, *index; /* NULL: 2027, and an entry that is clear */
    const char *hidden[2];
    const char *const *mandatory;
    const char *more; /* options of the proof */
    enum verdict_reason reason;
    struct verdict_check dates, status;
};

#define IN_FORCE                                                                                             \
    { RESULT_PASSED, SENTENCE_DATES_IN_FORCE, false, 0 }
#define DATES_HIDDEN                                                                                         \
    { RESULT_UNKNOWN, SENTENCE_DATES_HIDDEN, false, 0 }
#define ENDED                                                                                                \
    { RESULT_FAILED, SENTENCE_DATES_EXPIRED, false, 0 }
#define CLEAR                                                                                                \
    { RESULT_PASSED, SENTENCE_STATUS_GOOD, false, 0 }
#define STATUS_HIDDEN                                                                                        \
    { RESULT_UNKNOWN, SENTENCE_STATUS_HIDDEN, false, 0 }
#define IS_REVOKED                                                                                           \
    { RESULT_FAILED, SENTENCE_STATUS_REVOKED, false, 0 }
#define STATUS "credentialStatus"

static const struct showing showings[] = {
#include "tests/scenarios/sealed_partly.def"
};

static void what_could_be_hidden_is_not_known(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof showings / sizeof *showings; i++) {
        const struct showing *s = &showings[i];
        struct verdict verdict = {0};
        json_t *whole = badge_of(s->until != NULL ? s->until : "2027-01-01T00:00:00Z",
                                 s->index != NULL ? s->index : GOOD_INDEX);
        json_t *shown = json_deep_copy(whole);
        for (size_t n = 0; n < 2 && s->hidden[n] != NULL; n++) {
            assert_int_equal(json_object_del(shown, s->hidden[n]), 0);
        }
        derive(whole, shown, s->mandatory, s->more);
        judge(shown, &verdict);
        expect_reason(s->name, &verdict, s->reason);
        expect_line(s->name, &verdict.checks[CHECK_DATES], s->dates);
        expect_line(s->name, &verdict.checks[CHECK_STATUS], s->status);
        json_decref(whole);
        json_decref(shown);
    }
}

/* Of two entries the holder shows the one that is clear. */
static void one_entry_may_hide_another(void **state) {
    (void)state;
    struct verdict verdict = {0};
    json_t *shown = badge_of("2027-01-01T00:00:00Z", GOOD_INDEX);
    json_t *whole = json_deep_copy(shown);
    json_object_set_new(
        whole, STATUS,
        json_pack("[O,o]", json_object_get(shown, STATUS), entry("urn:uuid:entry-2", "revocation", REVOKED)));
    derive(whole, shown, of_issuer, NULL);
    judge(shown, &verdict);
    expect_reason("one of two entries", &verdict, REASON_PARTLY_SHOWN);
    expect_line("one of two entries", &verdict.checks[CHECK_STATUS], (struct verdict_check)STATUS_HIDDEN);
    json_decref(whole);
    json_decref(shown);
}

/* What only reads like an entry is none. */
static void a_text_is_no_entry(void **state) {
    (void)state;
    struct verdict verdict = {0};
    json_t *shown = badge_of("2027-01-01T00:00:00Z", GOOD_INDEX);
    json_object_set_new(shown, "name",
                        json_string("of <https://www.w3.org/2018/credentials#credentialStatus> by"));
    derive(NULL, shown, and_status, NULL);
    judge(shown, &verdict);
    expect_reason("a text", &verdict, REASON_OK);
    json_decref(shown);
}

/* A credential that is no badge need not say from when it holds. */
static void a_beginning_may_be_hidden_too(void **state) {
    (void)state;
    struct verdict verdict = {0};
    json_t *whole = badge_of("2027-01-01T00:00:00Z", GOOD_INDEX);
    json_object_set_new(whole, "type", json_pack("[s]", "VerifiableCredential"));
    json_t *shown = json_deep_copy(whole);
    json_object_del(shown, "validFrom");
    derive(whole, shown, and_status, NULL);
    judge(shown, &verdict);
    expect_reason("without its beginning", &verdict, REASON_PARTLY_SHOWN);
    expect_line("without its beginning", &verdict.checks[CHECK_DATES], (struct verdict_check)DATES_HIDDEN);
    json_decref(whole);
    json_decref(shown);
}

/* A further proof of what is shown, by this way, but with another key where one is given. */
struct further {
    const char *name;
    const struct sealed_way *way;
    const struct signer *signer;
    const char *method;
    enum verdict_reason reason;
};

static void prove(json_t *document, const struct further *f) {
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(&world, f->way, &view, &library);
    order.signer = f->signer != NULL ? f->signer : order.signer;
    order.method = f->method != NULL ? f->method : order.method;
    integrity_sign(document, &order);
}

/* A part without end and status, proved twice, in both orders. */
static void judge_twice_proved(const struct further *f) {
    for (int first = 0; first < 2; first++) {
        struct verdict verdict = {0};
        json_t *whole = badge_of("2027-01-01T00:00:00Z", GOOD_INDEX);
        json_t *shown = json_deep_copy(whole);
        json_object_del(shown, "validUntil");
        json_object_del(shown, STATUS);
        if (first == 1) {
            prove(shown, f);
        }
        derive(whole, shown, of_issuer, NULL);
        if (first == 0) {
            prove(shown, f);
        }
        judge(shown, &verdict);
        expect_reason(f->name, &verdict, f->reason);
        json_decref(whole);
        json_decref(shown);
    }
}

/* What the issuer signs as it stands hides nothing; nobody else's word, nor a key's that may be a thief's, says so. */
static void only_the_issuer_can_say_that_this_is_all(void **state) {
    (void)state;
    char method[600];
    snprintf(method, sizeof method, "%s#%s", world.did_stranger, world.did_stranger + strlen("did:key:"));
    const struct further cases[] = {
        {"the issuer, its statements", EDDSA, NULL, NULL, REASON_OK},
        {"the issuer, its text", EDDSA_JCS, NULL, NULL, REASON_OK},
        {"another part", SD, NULL, NULL, REASON_PARTLY_SHOWN},
        {"a stranger", EDDSA, world.keys[WORLD_STRANGER], method, REASON_PARTLY_SHOWN},
        {"a withdrawn key", ES256, world.keys[WORLD_WITHDRAWN], WORLD_ISSUER "#withdrawn",
         REASON_PARTLY_SHOWN},
        {"a key for something else", ES256, world.keys[WORLD_STATUS], WORLD_ISSUER "#status",
         REASON_PARTLY_SHOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        judge_twice_proved(&cases[i]);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_could_be_hidden_is_not_known),
        cmocka_unit_test(one_entry_may_hide_another),
        cmocka_unit_test(a_text_is_no_entry),
        cmocka_unit_test(a_beginning_may_be_hidden_too),
        cmocka_unit_test(only_the_issuer_can_say_that_this_is_all),
    };
    return cmocka_run_group_tests_name("sealed, partly shown", tests, world_set_up, world_tear_down);
}
