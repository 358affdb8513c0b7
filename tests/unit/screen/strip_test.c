/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "screen/screen.h"
#include "tests/lib/screen_cases.h"
#include "tests/lib/screen_text.h"

static struct draw_list list;
static struct screen_view view;

static bool says(const char *text) {
    return screen_text_says(&list, text);
}

static void draw_case(const char *name) {
    screen_case_draw(name, NULL, &view, &list);
}

/* How many targets ask for a credential. */
static uint32_t tiles(void) {
    uint32_t count = 0;
    for (int i = 0; i < list.op_count; i++) {
        enum action action = list.ops[i].action;
        bool tile = list.ops[i].kind == DRAW_TOUCH && action >= ACTION_CREDENTIAL;
        count += tile && action < ACTION_CREDENTIAL + LIMIT_PRESENTED;
    }
    return count;
}

/* Something is filled with this colour right above the band, which has it too. */
static bool grows_out_of_the_band(uint32_t colour, int band_y) {
    for (int i = 0; i < list.op_count; i++) {
        const struct draw_op *op = &list.ops[i];
        if (op->kind == DRAW_FILL && op->colour == colour && op->box.y < band_y && op->box.w < 200 &&
            op->box.y + op->box.h == band_y) {
            return true;
        }
    }
    return false;
}

static void every_credential_has_a_tile_and_the_bad_one_is_said(void **state) {
    (void)state;
    draw_case("several-not-valid");
    assert_int_equal(tiles(), 3);
    assert_true(says("1 of 3 is not valid") && says("Credential 2 of 3"));
    assert_true(says("NOT VALID") && says("First aid") && !says("PIONEER"));
    assert_true(grows_out_of_the_band(0xA3121F, 94) && !grows_out_of_the_band(0x0B6B3A, 94));
    draw_case("several-eight");
    assert_int_equal(tiles(), LIMIT_PRESENTED);
    assert_true(says("2 of 8 are not valid"));
    draw_case("several-unknown");
    assert_true(says("1 of 4 is not for this event"));
    draw_case("several-elsewhere");
    assert_true(says("2 of 3 are not for this event"));
    draw_case("valid");
    assert_int_equal(tiles(), 0);
    assert_false(says("Credential"));
}

static void a_good_one_that_is_chosen_does_not_hide_a_bad_one(void **state) {
    (void)state;
    draw_case("several-chosen");
    assert_true(says("VALID") && says("PIONEER") && says("1 of 3 is not valid"));
    assert_true(grows_out_of_the_band(0x0B6B3A, 94) && !grows_out_of_the_band(0xA3121F, 94));
}

static void says_that_all_are_valid_only_when_they_are(void **state) {
    (void)state;
    for (unsigned reason = 0; reason < REASON_COUNT + 3; reason++) {
        screen_case_view(&screen_cases[0], &screen_sizes[0], NULL, &view);
        view.kind = SCREEN_VERDICT;
        view.verdicts.count = 2;
        view.verdicts.list[0].reason = REASON_OK;
        view.verdicts.list[1].reason = (enum verdict_reason)reason;
        screen_draw(&view, &screen_case_measure, &list, NULL);
        enum verdict_class class = verdict_class_of((enum verdict_reason)reason);
        assert_int_equal(says("2 of 2 are valid"), class == VERDICT_VALID || class == VERDICT_VALID_NOTE);
        assert_int_equal(says("1 with a note"), class == VERDICT_VALID_NOTE);
        assert_int_equal(says("1 of 2 is not valid"),
                         class == VERDICT_NOT_VALID && reason != REASON_WRONG_EVENT);
        assert_int_equal(says("1 of 2 cannot be checked"), class == VERDICT_CANNOT_CHECK);
    }
}

static void an_index_outside_shows_no_verdict(void **state) {
    (void)state;
    static const uint32_t counts[] = {0, 3, LIMIT_PRESENTED, UINT32_MAX};
    for (size_t i = 0; i < 4; i++) {
        screen_case_view(&screen_cases[0], &screen_sizes[0], NULL, &view);
        view.kind = SCREEN_VERDICT;
        view.verdicts.count = counts[i];
        view.credential = LIMIT_PRESENTED;
        view.verdicts.list[0].reason = REASON_OK;
        screen_draw(&view, &screen_case_measure, &list, NULL);
        assert_true(says("CANNOT CHECK"));
        assert_true(tiles() <= LIMIT_PRESENTED && !list.full);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_credential_has_a_tile_and_the_bad_one_is_said),
        cmocka_unit_test(a_good_one_that_is_chosen_does_not_hide_a_bad_one),
        cmocka_unit_test(says_that_all_are_valid_only_when_they_are),
        cmocka_unit_test(an_index_outside_shows_no_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
