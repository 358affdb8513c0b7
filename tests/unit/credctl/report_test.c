/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "credctl/judge/report.h"

/* A verdict with something in every place. */
static struct verdict full(enum verdict_reason reason) {
    struct verdict verdict = {.reason = reason, .now = {1788256800, 1788256800, INTERVAL_STATED, 0}};
    verdict.credential.present = true;
    shown_set(&verdict.credential.holder, span_of_text("Амира"));
    shown_set(&verdict.credential.achievement, span_of_text("PIONEER"));
    verdict.credential.valid_from = (struct shown_date){true, 0};
    verdict.trust = (struct shown_trust){.present = true, .demo = true, .seq = 7, .issued_s = 1788256800};
    shown_set(&verdict.trust.scheme, span_of_text("test"));
    verdict.checks[CHECK_STATUS] =
        (struct verdict_check){.result = RESULT_PASSED, .has_as_of = true, .as_of_s = 1788256800};
    return verdict;
}

static struct verdicts one(struct verdict verdict) {
    struct verdicts verdicts = {.count = 1};
    verdicts.list[0] = verdict;
    return verdicts;
}

static char *text_of(const struct verdicts *verdicts, const char *name, bool colour) {
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    report_text(out, name, verdicts, colour);
    fclose(out);
    return text;
}

static void statuses_follow_the_class(void **state) {
    (void)state;
    for (int reason = REASON_NONE; reason < REASON_COUNT; reason++) {
        static const int expected[VERDICT_CLASSES] = {[VERDICT_NONE] = 2,
                                                      [VERDICT_NOT_VALID] = 1,
                                                      [VERDICT_CANNOT_CHECK] = 2,
                                                      [VERDICT_VALID_NOTE] = 3};
        struct verdicts verdicts = one((struct verdict){.reason = (enum verdict_reason)reason});
        assert_int_equal(report_status(&verdicts), expected[verdict_class_of(verdicts.list[0].reason)]);
    }
}

static void nothing_judged_is_never_success(void **state) {
    (void)state;
    struct verdicts none = {0};
    assert_int_equal(report_status(&none), 2);
    none.list[0].reason = REASON_OK; /* past the count there is nothing */
    assert_int_equal(report_status(&none), 2);
    json_t *object = report_json(&none);
    assert_string_equal(json_string_value(json_object_get(object, "reason")), "none");
    json_decref(object);
}

static void the_worse_status_wins(void **state) {
    (void)state;
    static const int order[] = {0, 3, 2, 1};
    for (size_t a = 0; a < 4; a++) {
        for (size_t b = 0; b < 4; b++) {
            assert_int_equal(report_worse(order[a], order[b]), order[a > b ? a : b]);
        }
    }
}

static void json_holds_what_is_known_and_null_for_the_rest(void **state) {
    (void)state;
    struct verdicts verdict = one(full(REASON_SUSPENDED)),
                    empty = one((struct verdict){.reason = REASON_OFFER});
    empty.list[0].now.hi_s = INTERVAL_UNBOUNDED;
    json_t *object = report_json(&verdict), *bare = report_json(&empty);
    assert_string_equal(json_string_value(json_object_get(object, "verdict")), "not_valid");
    assert_int_equal(json_array_size(json_object_get(object, "checks")), CHECK_COUNT);
    const json_t *credential = json_object_get(object, "credential");
    assert_string_equal(json_string_value(json_object_get(credential, "holder")), "Амира");
    assert_string_equal(json_string_value(json_object_get(credential, "valid_from")), "1970-01-01T00:00:00Z");
    assert_null(json_object_get(credential, "valid_until"));
    assert_int_equal(json_integer_value(json_object_get(json_object_get(object, "trust"), "seq")), 7);
    assert_true(json_is_null(json_object_get(bare, "credential")));
    assert_true(json_is_null(json_object_get(bare, "trust")));
    assert_true(json_is_null(json_object_get(json_object_get(bare, "time"), "hi")));
    json_decref(object);
    json_decref(bare);
}

static void every_note_is_told(void **state) {
    (void)state;
    struct verdicts verdict = one(full(REASON_STATUS_STALE));
    verdict.list[0].notes = 1u << (REASON_STATUS_STALE - REASON_STATUS_UNKNOWN) |
                            1u << (REASON_SEEN_BEFORE - REASON_STATUS_UNKNOWN);
    json_t *object = report_json(&verdict);
    assert_int_equal(json_array_size(json_object_get(object, "notes")), 2);
    char *text = text_of(&verdict, "a", false);
    assert_non_null(strstr(text, "Also: It was shown before."));
    free(text);
    json_decref(object);
}

static void colours_stand_around_the_word_alone(void **state) {
    (void)state;
    struct verdicts verdict = one(full(REASON_REVOKED));
    char *plain = text_of(&verdict, "a", false), *coloured = text_of(&verdict, "a", true);
    assert_null(strchr(plain, '\033'));
    assert_non_null(strstr(coloured, "\033[1;37;41m\xE2\x9C\x97 NOT VALID\033[0m\n"));
    assert_int_equal(strlen(coloured), strlen(plain) + strlen("\033[1;37;41m\033[0m"));
    free(plain);
    free(coloured);
}

static void no_text_can_steer_a_terminal(void **state) {
    (void)state;
    struct verdicts verdict = one(full(REASON_REVOKED));
    static const char hostile[] = "\033[2J\x9B"
                                  "a\xE2\x80\xAE\r\n\x07";
    verdict.list[0].credential.holder.len = sizeof hostile - 1;
    memcpy(verdict.list[0].credential.holder.bytes, hostile, sizeof hostile - 1);
    char *text = text_of(&verdict, "\033]0;name\x07", false);
    assert_null(strchr(text, '\033'));
    assert_null(strchr(text, '\x07'));
    assert_null(strchr(text, '\r'));
    assert_null(strstr(text, "\xE2\x80\xAE"));
    free(text);
}

static struct verdicts three(void) {
    struct verdicts verdicts = {.count = 3,
                                .list = {full(REASON_OK), full(REASON_REVOKED), full(REASON_SEEN_BEFORE)}};
    shown_set(&verdicts.list[2].credential.achievement, span_of_text("LAST"));
    verdicts.list[0].checks[CHECK_HOLDER] =
        (struct verdict_check){RESULT_PASSED, SENTENCE_HOLDER_SIGNED, true, 1788256700};
    return verdicts;
}

static const char *member(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

static void of_several_the_worst_answers_and_each_is_told(void **state) {
    (void)state;
    struct verdicts verdicts = three();
    assert_int_equal(report_status(&verdicts), 1);
    json_t *object = report_json(&verdicts);
    const json_t *list = json_object_get(object, "credentials");
    assert_string_equal(member(object, "verdict"), "not_valid");
    assert_string_equal(member(object, "reason"), "revoked");
    assert_null(json_object_get(object, "credential"));
    assert_int_equal(json_array_size(list), 3);
    for (uint32_t i = 0; i < 3; i++) {
        struct verdicts single = one(verdicts.list[i]);
        json_t *alone = report_json(&single);
        assert_true(json_equal(json_array_get(list, i), alone));
        json_decref(alone);
    }
    json_decref(object);
    verdicts.list[1].reason = REASON_OK;
    assert_int_equal(report_status(&verdicts), 3);
}

static void people_read_how_many_there_are_and_the_worst_first(void **state) {
    (void)state;
    struct verdicts verdicts = three();
    char *text = text_of(&verdicts, "a.png", false);
    static const char *const parts[] = {
        "a.png: 3 credentials, of which the worst: \xE2\x9C\x97 NOT VALID\n\n",
        "Credential 1 of 3: \xE2\x9C\x93 VALID\n",
        "holder     Its holder signed what was shown. (on 2026-09-01T09:58:20Z, "
        "by the signer's own word)",
        "\n\nCredential 2 of 3: \xE2\x9C\x97 NOT VALID\n",
        "\n\nCredential 3 of 3: ! VALID, NOTE\n",
        "Achievement  LAST\n",
        "  Trust list  test #7"};
    const char *at = text;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        at = strstr(at, parts[i]);
        assert_non_null(at);
        at += strlen(parts[i]);
    }
    assert_null(strstr(at, "Trust list"));
    free(text);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses_follow_the_class),
        cmocka_unit_test(nothing_judged_is_never_success),
        cmocka_unit_test(the_worse_status_wins),
        cmocka_unit_test(json_holds_what_is_known_and_null_for_the_rest),
        cmocka_unit_test(every_note_is_told),
        cmocka_unit_test(colours_stand_around_the_word_alone),
        cmocka_unit_test(no_text_can_steer_a_terminal),
        cmocka_unit_test(of_several_the_worst_answers_and_each_is_told),
        cmocka_unit_test(people_read_how_many_there_are_and_the_worst_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
