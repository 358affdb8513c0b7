/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "screen/footer.h"
#include "screen/screen.h"
#include "tests/lib/screen_cases.h"
#include "tests/lib/screen_text.h"
#include "verdict/shown.h"

static struct draw_list list;
static struct screen_view view;

static bool says(const char *text) {
    return screen_text_says(&list, text);
}

static bool asks_for(enum action action) {
    for (int i = 0; i < list.op_count; i++) {
        if (list.ops[i].kind == DRAW_TOUCH && list.ops[i].action == action) {
            return true;
        }
    }
    return false;
}

static void draw_case(const char *name, const struct catalogue *catalogue) {
    screen_case_draw(name, catalogue, &view, &list);
}

static void a_zeroed_view_is_the_boot_screen(void **state) {
    (void)state;
    memset(&view, 0, sizeof view);
    screen_draw(&view, &screen_case_measure, &list, NULL);
    assert_int_equal(list.width_px, 800);
    assert_true(says("Starting"));
    assert_true(says("No trust list is installed"));
    view.kind = (enum screen_kind)99;
    screen_draw(&view, &screen_case_measure, &list, NULL);
    assert_true(says("Starting"));
}

static void survives_any_size(void **state) {
    (void)state;
    static const int sizes[] = {1, 2, 33, 480, 4096, 30000};
    for (size_t i = 0; i < 6 * 6 * screen_case_count; i++) {
        struct screen_size size = {"any", sizes[i % 6], sizes[i / 6 % 6], i % 2 == 0 ? 1 : 5000, 1};
        screen_case_view(&screen_cases[i / 36], &size, NULL, &view);
        screen_draw(&view, &screen_case_measure, &list, NULL);
        assert_int_equal(list.width_px, size.width_px);
    }
}

/* Whose claims were altered is nobody's business on a screen. */
static void shows_no_claim_of_what_was_altered(void **state) {
    (void)state;
    draw_case("not-valid-altered", NULL);
    assert_false(says("Maria"));
    assert_false(says("Riverside"));
    assert_true(says("NOT VALID"));
    draw_case("not-valid-revoked", NULL);
    assert_true(says("Maria"));
}

static void says_valid_only_of_what_is(void **state) {
    (void)state;
    for (unsigned reason = 0; reason < REASON_COUNT + 3; reason++) {
        screen_case_view(&screen_cases[0], &screen_sizes[0], NULL, &view);
        view.kind = SCREEN_VERDICT;
        view.verdicts.count = 1;
        view.verdicts.list[0].reason = (enum verdict_reason)reason;
        screen_draw(&view, &screen_case_measure, &list, NULL);
        enum verdict_class class = verdict_class_of((enum verdict_reason)reason);
        bool valid = class == VERDICT_VALID || class == VERDICT_VALID_NOTE;
        bool band = says("NOT VALID") || says("CANNOT CHECK") || says("NOT FOR THIS EVENT");
        assert_int_equal(band, !valid);
        assert_int_equal(says("NOT FOR THIS EVENT"), reason == REASON_WRONG_EVENT);
        assert_int_equal(says("VALID, NOTE"), class == VERDICT_VALID_NOTE);
    }
}

static void demo_stands_on_every_screen_in_every_language(void **state) {
    (void)state;
    for (unsigned language = 0; language < LANGUAGE_COUNT; language++) {
        struct catalogue catalogue = screen_case_catalogue((enum language)language);
        for (size_t i = 0; i < screen_case_count; i++) {
            screen_case_view(&screen_cases[i], &screen_sizes[i % screen_size_count], &catalogue, &view);
            view.trust = (struct shown_trust){.present = true, .demo = true};
            screen_draw(&view, &screen_case_measure, &list, NULL);
            assert_true(says("DEMO"));
            view.trust.demo = false;
            screen_draw(&view, &screen_case_measure, &list, NULL);
            assert_false(says("DEMO"));
        }
        catalogue_close(&catalogue);
    }
}

static struct span footer(void) {
    static struct words words;
    words.len = 0;
    footer_words(&view, &words);
    return words_span(&words);
}

static void the_footer_tells_lists_and_clock(void **state) {
    (void)state;
    draw_case("out-of-order", NULL);
    assert_span_text(footer(),
                     "Trust list #212, issued 12 Aug, good until 26 Aug; revocation data 11 Aug 22:00 (38 of "
                     "41 lists); clock: checked (battery clock)");
    view.trust.status_lists = 0;
    view.trust.unsigned_source = true;
    view.now = (struct interval){view.now.lo_s, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0};
    /* Where nothing says that the list is still fresh, it is due. */
    assert_span_text(footer(),
                     "Trust list #212, issued 12 Aug, good until 26 Aug (from an unsigned source); no "
                     "revocation data; clock: not set. The list is due for an update!");
    for (size_t i = 0; i < screen_case_count; i++) {
        screen_case_view(&screen_cases[i], &screen_sizes[0], NULL, &view);
        view.trust = (struct shown_trust){0};
        screen_draw(&view, &screen_case_measure, &list, NULL);
        assert_true(says("No trust list is installed"));
    }
}

static void buttons_ask_for_their_actions(void **state) {
    (void)state;
    draw_case("scan", NULL);
    for (unsigned i = 0; i < LANGUAGE_COUNT; i++) {
        assert_true(asks_for((enum action)(ACTION_LANGUAGE + i)));
    }
    draw_case("valid", NULL);
    assert_true(asks_for(ACTION_DETAILS) && asks_for(ACTION_DONE) && asks_for(ACTION_PAUSE));
    draw_case("details", NULL);
    assert_true(asks_for(ACTION_BACK) && asks_for(ACTION_PAGE_NEXT));
    assert_false(asks_for(ACTION_PAGE_PREVIOUS));
    draw_case("details-last-page", NULL);
    assert_true(asks_for(ACTION_PAGE_PREVIOUS));
    assert_false(asks_for(ACTION_PAGE_NEXT));
}

static void every_screen_has_a_code(void **state) {
    (void)state;
    for (unsigned i = 0; i < SCREEN_KINDS; i++) {
        assert_non_null(screen_kind_code((enum screen_kind)i));
    }
    assert_null(screen_kind_code(SCREEN_KINDS));
}

static void only_languages_that_are_offered_have_buttons(void **state) {
    (void)state;
    for (unsigned offered = 1; offered < 1u << LANGUAGE_COUNT; offered++) {
        bool choice = (offered & (offered - 1)) != 0;
        screen_case_view(&screen_cases[1], &screen_sizes[offered % 2], NULL, &view);
        view.languages = offered;
        screen_draw(&view, &screen_case_measure, &list, NULL);
        for (unsigned i = 0; i < LANGUAGE_COUNT; i++) {
            assert_int_equal(asks_for((enum action)(ACTION_LANGUAGE + i)),
                             choice && (offered & 1u << i) != 0);
        }
    }
}

static struct box box_of(enum draw_kind kind, int number) {
    for (int i = 0; i < list.op_count; i++) {
        if (list.ops[i].kind == kind && number-- == 0) {
            return list.ops[i].box;
        }
    }
    return (struct box){0};
}

static bool same_box(struct box a, struct box b) {
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

/* The word takes the instruction's place, the drawing another; picture and buttons stay where they were. */
static void a_hint_takes_the_place_of_the_instruction_and_moves_nothing_else(void **state) {
    (void)state;
    static const struct {
        const char *name, *word, *reason;
    } hints[] = {
        {"scan-too-far", "closer", "far"},    {"scan-too-near", "away", "close"},
        {"scan-blurred", "still", "blurred"}, {"scan-too-dark", "light", "brighter"},
        {"scan-glare", "Tilt", "reflected"},  {"scan-partly-out", "whole", "outside"},
    };
    draw_case("scan", NULL);
    assert_true(says("Show your"));
    struct box preview = box_of(DRAW_PREVIEW, 0), first = box_of(DRAW_TOUCH, 0), last = box_of(DRAW_TOUCH, 2);
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        draw_case(hints[i].name, NULL);
        assert_true(says(hints[i].word));
        assert_true(says(hints[i].reason));
        assert_false(says("Show your"));
        assert_false(says("hand's width"));
        assert_true(same_box(box_of(DRAW_PREVIEW, 0), preview));
        assert_true(same_box(box_of(DRAW_TOUCH, 0), first) && same_box(box_of(DRAW_TOUCH, 2), last));
    }
}

/* No two drawings are the same, and none is missing. */
static void every_hint_has_a_drawing_of_its_own(void **state) {
    (void)state;
    static const char *const names[] = {"scan",          "scan-too-far", "scan-too-near",  "scan-blurred",
                                        "scan-too-dark", "scan-glare",   "scan-partly-out"};
    static struct draw_op shapes[7][DRAW_OPS_MAX];
    for (size_t i = 0; i < 7; i++) {
        int count = 0;
        draw_case(names[i], NULL);
        for (int k = 0; k < list.op_count; k++) {
            if (list.ops[k].kind == DRAW_FILL && list.ops[k].box.x > 500 && list.ops[k].box.y > 215) {
                shapes[i][count] = list.ops[k];
                count++;
            }
        }
        assert_true(count > 20);
        for (size_t k = 0; k < i; k++) {
            assert_memory_not_equal(shapes[i], shapes[k], sizeof shapes[i]);
        }
    }
}

static void parts_of_a_code_are_dots(void **state) {
    (void)state;
    draw_case("scan-parts", NULL);
    assert_true(says("2 of 3 parts"));
    assert_true(says("next part"));
    draw_case("checking-parts", NULL);
    assert_true(says("Part 6 of 17"));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zeroed_view_is_the_boot_screen),
        cmocka_unit_test(survives_any_size),
        cmocka_unit_test(shows_no_claim_of_what_was_altered),
        cmocka_unit_test(says_valid_only_of_what_is),
        cmocka_unit_test(demo_stands_on_every_screen_in_every_language),
        cmocka_unit_test(the_footer_tells_lists_and_clock),
        cmocka_unit_test(buttons_ask_for_their_actions),
        cmocka_unit_test(only_languages_that_are_offered_have_buttons),
        cmocka_unit_test(every_screen_has_a_code),
        cmocka_unit_test(a_hint_takes_the_place_of_the_instruction_and_moves_nothing_else),
        cmocka_unit_test(every_hint_has_a_drawing_of_its_own),
        cmocka_unit_test(parts_of_a_code_are_dots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
