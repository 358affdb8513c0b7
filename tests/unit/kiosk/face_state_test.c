/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "kiosk/face.h"

#define SECOND_MS 1000

static void read_no_clock(void *ctx, struct clock_reading *out) {
    (void)ctx;
    *out = (struct clock_reading){0};
}

/* A kiosk without screen and children, on the scan screen, a minute after its start. */
static int open_face(void **state) {
    struct face *face = calloc(1, sizeof *face);
    config_default(&face->config);
    face->config.result_s = 8;
    face->board.clock.read = read_no_clock;
    face->service =
        (struct service){.config = &face->config, .journal = &face->journal, .board = &face->board};
    face->service.now_ms = 60000;
    face->touched_ms = face->service.now_ms;
    assert_ok(crypto_start());
    assert_ok(seen_start(&face->seen));
    face_enter(face, SCREEN_SCAN);
    *state = face;
    return 0;
}

static int close_face(void **state) {
    free(*state);
    return 0;
}

static void pass(struct face *face, int64_t ms) {
    face->service.now_ms += ms;
    face_state_of(face->view.kind)->turn(face);
}

static void touch(struct face *face, enum action action) {
    face_state_of(face->view.kind)->touch(face, action);
}

static void show_code(struct face *face, const char *payload) {
    struct sight_news news = {SIGHT_CODE, span_of_text(payload), 1};
    face_state_of(face->view.kind)->code(face, &news);
}

/* As if a verifier had answered. */
static void show_result(struct face *face) {
    face->view.verdicts.count = 1;
    face->view.verdicts.list[0].reason = REASON_OK;
    face->result_ms = face->service.now_ms;
    face->deadline_ms = face->service.now_ms + config_result_s(&face->config) * SECOND_MS;
    face_enter(face, SCREEN_VERDICT);
}

static void a_code_is_checked_and_without_a_verifier_it_cannot_be(void **state) {
    struct face *face = *state;
    show_code(face, "payload");
    assert_int_equal(face->view.kind, SCREEN_CHECKING);
    pass(face, 2900);
    assert_int_equal(face->view.kind, SCREEN_CHECKING);
    pass(face, 200);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    assert_int_equal(screen_verdict(&face->view)->reason, REASON_UNREADABLE);
    assert_int_equal(screen_verdict(&face->view)->cause, ERR_CHILD_START);
}

static void a_result_leaves_when_its_time_is_over(void **state) {
    struct face *face = *state;
    show_result(face);
    pass(face, 7999);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
    assert_int_equal(face->view.verdicts.count, 0);
    assert_int_equal(face->view.verdicts.list[0].reason, REASON_NONE);
}

static void done_ends_a_result_at_once(void **state) {
    struct face *face = *state;
    show_result(face);
    touch(face, ACTION_DONE);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
}

static void a_touch_holds_a_result_and_another_lets_it_go(void **state) {
    struct face *face = *state;
    show_result(face);
    pass(face, 5000);
    touch(face, ACTION_PAUSE);
    pass(face, 60000);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    touch(face, ACTION_PAUSE);
    pass(face, 2999);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
}

/* As if a verifier had answered with three, the second of them bad. */
static void show_three(struct face *face) {
    show_result(face);
    face->view.verdicts.count = 3;
    face->view.verdicts.list[1].reason = REASON_REVOKED;
    face->view.verdicts.list[2].reason = REASON_STATUS_STALE;
    face->view.credential = 1;
}

static void choosing_a_credential_shows_it_and_holds_the_result(void **state) {
    struct face *face = *state;
    show_three(face);
    pass(face, 5000);
    touch(face, (enum action)(ACTION_CREDENTIAL + 2));
    assert_int_equal(screen_verdict(&face->view)->reason, REASON_STATUS_STALE);
    pass(face, 60000);
    touch(face, (enum action)(ACTION_CREDENTIAL + 0));
    assert_int_equal(screen_verdict(&face->view)->reason, REASON_OK);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    touch(face, ACTION_DETAILS);
    touch(face, ACTION_BACK);
    assert_int_equal(face->view.credential, 0);
    pass(face, 2999); /* what was left when it was first touched */
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
    assert_int_equal(face->view.credential, 0);
    assert_int_equal(face->view.verdicts.count, 0);
}

static void a_credential_that_is_not_there_cannot_be_chosen(void **state) {
    struct face *face = *state;
    enum language language = face->language;
    show_three(face);
    for (uint32_t i = 3; i < LIMIT_PRESENTED; i++) {
        touch(face, (enum action)(ACTION_CREDENTIAL + i));
        assert_int_equal(face->view.credential, 1);
        assert_false(face->view.paused);
    }
    assert_int_equal(face->language, language);
}

static void a_held_result_leaves_after_two_minutes(void **state) {
    struct face *face = *state;
    show_result(face);
    touch(face, ACTION_PAUSE);
    pass(face, FACE_RESULT_MOST_MS);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
}

static void holding_it_again_and_again_does_not_keep_a_result_longer(void **state) {
    struct face *face = *state;
    show_result(face);
    for (int i = 0; i < 3; i++) {
        touch(face, ACTION_PAUSE);
        pass(face, 39000);
        touch(face, ACTION_PAUSE);
        pass(face, 1);
    }
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    touch(face, ACTION_PAUSE);
    pass(face, 3001);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
}

static void a_credential_is_forgotten_when_it_has_left(void **state) {
    struct face *face = *state;
    show_code(face, "payload");
    show_result(face);
    touch(face, ACTION_DONE);
    face->sight.stats.codes = 1;
    pass(face, 10000);
    assert_int_equal(face->asked.len, 7);
    face->sight.stats.codes = 0;
    pass(face, 1);
    assert_int_equal(face->asked.len, 0);
    assert_int_equal(face->asked.bytes[0], 0);
}

static void boot_ends_when_it_was_shown_with_all_that_it_found(void **state) {
    struct face *face = *state;
    face_enter(face, SCREEN_BOOT);
    face->sight.stats.frames = 1;
    face->judge.spare.ready = true;
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_BOOT);
    face->shown = true;
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
}

static void a_verifier_of_demo_lists_marks_every_screen_for_good(void **state) {
    struct face *face = *state;
    assert_false(face_is_demo(face));
    face->judge.demo = true;
    face->judge.trust = (struct shown_trust){0};
    assert_true(face_is_demo(face));
}

static void details_have_pages_and_a_way_back(void **state) {
    struct face *face = *state;
    show_result(face);
    touch(face, ACTION_DETAILS);
    face->pages = 2;
    touch(face, ACTION_PAGE_PREVIOUS);
    assert_int_equal(face->view.page, 0);
    touch(face, ACTION_PAGE_NEXT);
    touch(face, ACTION_PAGE_NEXT);
    assert_int_equal(face->view.page, 1);
    pass(face, 60000);
    assert_int_equal(face->view.kind, SCREEN_DETAILS);
    touch(face, ACTION_BACK);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    assert_false(face->view.paused);
    pass(face, 8000);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
}

static void details_leave_after_two_minutes(void **state) {
    struct face *face = *state;
    show_result(face);
    touch(face, ACTION_DETAILS);
    pass(face, FACE_RESULT_MOST_MS + 1);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
}

static void a_result_gives_the_first_language_back(void **state) {
    struct face *face = *state;
    touch(face, (enum action)(ACTION_LANGUAGE + LANGUAGE_ARABIC));
    assert_int_equal(face->language, LANGUAGE_ARABIC);
    show_result(face);
    touch(face, (enum action)(ACTION_LANGUAGE + LANGUAGE_RUSSIAN));
    assert_int_equal(face->language, LANGUAGE_RUSSIAN);
    touch(face, ACTION_DONE);
    assert_int_equal(face->language, LANGUAGE_ENGLISH);
}

static void a_language_that_is_not_offered_is_not_spoken(void **state) {
    struct face *face = *state;
    face->config.languages = 1 << LANGUAGE_ENGLISH;
    touch(face, (enum action)(ACTION_LANGUAGE + LANGUAGE_ARABIC));
    touch(face, (enum action)(ACTION_COUNT - 1));
    assert_int_equal(face->language, LANGUAGE_ENGLISH);
}

static void the_same_code_is_not_judged_again_right_after_its_result(void **state) {
    struct face *face = *state;
    show_code(face, "payload");
    show_result(face);
    touch(face, ACTION_DONE);
    face->service.now_ms += 1999;
    show_code(face, "payload");
    assert_int_equal(face->view.kind, SCREEN_SCAN);
    show_code(face, "another");
    assert_int_equal(face->view.kind, SCREEN_CHECKING);
    show_result(face);
    touch(face, ACTION_DONE);
    face->service.now_ms += 2000;
    show_code(face, "another");
    assert_int_equal(face->view.kind, SCREEN_CHECKING);
}

static void another_visitors_code_waits_for_the_least_time(void **state) {
    struct face *face = *state;
    show_code(face, "payload");
    show_result(face);
    show_code(face, "payload");
    assert_int_equal(face->waiting.len, 0);
    show_code(face, "another");
    face->waiting.captured_us = child_now_ms() * 1000;
    pass(face, FACE_RESULT_LEAST_MS - 1);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_CHECKING);
    assert_int_equal(face->asked.len, 7);
}

static void a_held_result_is_not_taken_away(void **state) {
    struct face *face = *state;
    show_code(face, "payload");
    show_result(face);
    touch(face, ACTION_PAUSE);
    show_code(face, "another");
    pass(face, 60000);
    assert_int_equal(face->view.kind, SCREEN_VERDICT);
}

static void a_camera_that_stays_away_puts_the_kiosk_out_of_order(void **state) {
    struct face *face = *state;
    face->sight.lost = ERR_CAMERA_GONE;
    face->sight.lost_ms = face->service.now_ms;
    pass(face, FACE_CAMERA_PATIENCE_MS);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_OUT_OF_ORDER);
    assert_int_equal(face->view.problem, ERR_CAMERA_GONE);
    face->sight.lost = ERR_OK;
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
}

static void no_lists_leave_it_scanning_and_bad_ones_do_not(void **state) {
    struct face *face = *state;
    face->lists.known = true;
    face->lists.err = ERR_INSTALL_NONE;
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
    face->lists.err = ERR_INSTALL_SLOTS;
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_OUT_OF_ORDER);
}

static void a_vocabulary_that_no_verifier_can_use_puts_it_out_of_order(void **state) {
    struct face *face = *state;
    face->judge.trust_known = true;
    face->judge.vocabulary_err = ERR_CONTEXT_TABLE;
    pass(face, 1);
    assert_int_equal(face->view.kind, SCREEN_OUT_OF_ORDER);
    assert_int_equal(face->view.problem, ERR_CONTEXT_TABLE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_code_is_checked_and_without_a_verifier_it_cannot_be, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(a_result_leaves_when_its_time_is_over, open_face, close_face),
        cmocka_unit_test_setup_teardown(done_ends_a_result_at_once, open_face, close_face),
        cmocka_unit_test_setup_teardown(a_touch_holds_a_result_and_another_lets_it_go, open_face, close_face),
        cmocka_unit_test_setup_teardown(choosing_a_credential_shows_it_and_holds_the_result, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(a_credential_that_is_not_there_cannot_be_chosen, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(a_held_result_leaves_after_two_minutes, open_face, close_face),
        cmocka_unit_test_setup_teardown(holding_it_again_and_again_does_not_keep_a_result_longer, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(a_credential_is_forgotten_when_it_has_left, open_face, close_face),
        cmocka_unit_test_setup_teardown(boot_ends_when_it_was_shown_with_all_that_it_found, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(a_verifier_of_demo_lists_marks_every_screen_for_good, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(details_have_pages_and_a_way_back, open_face, close_face),
        cmocka_unit_test_setup_teardown(details_leave_after_two_minutes, open_face, close_face),
        cmocka_unit_test_setup_teardown(a_result_gives_the_first_language_back, open_face, close_face),
        cmocka_unit_test_setup_teardown(a_language_that_is_not_offered_is_not_spoken, open_face, close_face),
        cmocka_unit_test_setup_teardown(the_same_code_is_not_judged_again_right_after_its_result, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(another_visitors_code_waits_for_the_least_time, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(a_held_result_is_not_taken_away, open_face, close_face),
        cmocka_unit_test_setup_teardown(a_camera_that_stays_away_puts_the_kiosk_out_of_order, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(no_lists_leave_it_scanning_and_bad_ones_do_not, open_face,
                                        close_face),
        cmocka_unit_test_setup_teardown(a_vocabulary_that_no_verifier_can_use_puts_it_out_of_order, open_face,
                                        close_face),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
