/* SPDX-License-Identifier: Apache-2.0 */
/* The staff's screens, and what the age of the list puts on the others. */
#include "tests/lib/check.h"

#include "screen/band.h"
#include "tests/lib/screen_cases.h"
#include "tests/lib/screen_text.h"

static struct draw_list list;
static struct screen_view view;

static bool says(const char *text) {
    return screen_text_says(&list, text);
}

static struct box target(enum action action) {
    for (int i = 0; i < list.op_count; i++) {
        if (list.ops[i].kind == DRAW_TOUCH && list.ops[i].action == action) {
            return list.ops[i].box;
        }
    }
    return (struct box){0};
}

static bool asks_for(enum action action) {
    return target(action).w > 0;
}

static void draw_case(const char *name, const struct catalogue *catalogue) {
    screen_case_draw(name, catalogue, &view, &list);
}

static const enum action keys[] = {ACTION_DIGIT + 1, ACTION_DIGIT + 2, ACTION_DIGIT + 3, ACTION_DIGIT + 4,
                                   ACTION_DIGIT + 5, ACTION_DIGIT + 6, ACTION_DIGIT + 7, ACTION_DIGIT + 8,
                                   ACTION_DIGIT + 9, ACTION_ERASE,     ACTION_DIGIT,     ACTION_ENTER};

/* 1 2 3 above 4 5 6 above 7 8 9, from left to right, also where reading begins at the right. */
static void the_keypad_is_a_telephones_in_every_language(void **state) {
    (void)state;
    static const char *const names[] = {"pin", "clock"};
    for (unsigned i = 0; i < LANGUAGE_COUNT * 2; i++) {
        struct catalogue catalogue = screen_case_catalogue((enum language)(i / 2));
        draw_case(names[i % 2], &catalogue);
        for (int k = 0; k < 12; k++) {
            struct box key = target(keys[k]), first = target(keys[0]);
            assert_true(key.w > 0);
            assert_true(k % 3 == 0 ? key.x == first.x : key.x > target(keys[k - 1]).x);
            assert_true(k < 3 ? key.y == first.y : key.y > target(keys[k - 3]).y);
        }
        catalogue_close(&catalogue);
    }
}

/* Nobody types while it would not count. */
static void a_locked_keypad_asks_for_nothing(void **state) {
    (void)state;
    static const char *const names[] = {"pin-wait", "pin-missing"};
    for (unsigned i = 0; i < 2; i++) {
        draw_case(names[i], NULL);
        for (int k = 0; k < 12; k++) {
            assert_false(asks_for(keys[k]));
        }
        assert_true(asks_for(ACTION_LEAVE));
    }
    draw_case("pin-wait", NULL);
    assert_true(says("15 s"));
}

/* What was typed is on no screen. */
static void a_pin_is_dots(void **state) {
    (void)state;
    draw_case("pin", NULL);
    int none = list.op_count;
    draw_case("pin-typed", NULL);
    assert_int_equal(list.op_count, none + 5);
}

static void the_lock_is_where_a_visitor_may_leave_and_nowhere_else(void **state) {
    (void)state;
    for (size_t i = 0; i < screen_case_count; i++) {
        draw_case(screen_cases[i].name, NULL);
        bool lock =
            view.kind == SCREEN_SCAN || view.kind == SCREEN_VERDICT || view.kind == SCREEN_OUT_OF_ORDER;
        assert_int_equal(asks_for(ACTION_STAFF), lock);
    }
}

static void the_staffs_buttons_ask_for_their_actions(void **state) {
    (void)state;
    draw_case("admin", NULL);
    assert_true(asks_for(ACTION_TILE_TRUST) && asks_for(ACTION_TILE_IMPORT) && asks_for(ACTION_TILE_CLOCK));
    assert_true(asks_for(ACTION_LEAVE));
    draw_case("trust", NULL);
    assert_true(asks_for(ACTION_BACK) && asks_for(ACTION_TILE_IMPORT));
    draw_case("import-found", NULL);
    assert_true(asks_for(ACTION_CONFIRM) && asks_for(ACTION_CANCEL));
    assert_false(asks_for(ACTION_BACK));
    draw_case("import-installing", NULL);
    assert_false(asks_for(ACTION_CONFIRM) || asks_for(ACTION_CANCEL) || asks_for(ACTION_BACK));
    draw_case("import-refused", NULL);
    assert_false(asks_for(ACTION_CONFIRM));
    assert_true(asks_for(ACTION_BACK));
}

static void an_import_says_what_it_brings_and_when_the_stick_may_go(void **state) {
    (void)state;
    draw_case("import-found", NULL);
    assert_true(says("#213") && says("12 added, 3 removed, 1 changed") && says("may be removed"));
    draw_case("import-found-first", NULL);
    assert_true(says("nothing to compare"));
    draw_case("import-reading", NULL);
    assert_true(says("Leave the stick"));
    assert_false(says("may be removed"));
    draw_case("import-no-stick", NULL);
    assert_false(says("may be removed"));
    draw_case("import-refused", NULL);
    assert_true(says("older than") && says("ERR_INSTALL_ROLLBACK") && says("Nothing was changed"));
    assert_true(says("future"));
    assert_false(says("ALARM"));
    draw_case("import-forked", NULL);
    assert_true(says("ALARM"));
    draw_case("import-token", NULL);
    assert_true(says("in force") && says("may be removed"));
    draw_case("import-token-refused", NULL);
    assert_true(says("not taken"));
}

/* What a clock can prove decides, never what is likely. */
static void the_age_of_the_list_is_a_band_of_three(void **state) {
    (void)state;
    enum { NEXT = 1000, END = 2000 };
    static const struct {
        struct interval now;
        enum band_age age;
    } cases[] = {{{NEXT - 20, NEXT - 1, INTERVAL_RTC, 0}, BAND_FRESH},
                 {{NEXT - 20, NEXT, INTERVAL_RTC, 0}, BAND_DUE},
                 {{NEXT - 20, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0}, BAND_DUE},
                 {{END - 1, END + 20, INTERVAL_RTC, 0}, BAND_DUE},
                 {{END, END + 20, INTERVAL_RTC, 0}, BAND_ENDED},
                 {{END, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0}, BAND_ENDED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        draw_case(i % 2 == 0 ? "scan" : "valid", NULL);
        view.trust.next_update_s = NEXT;
        view.trust.expires_s = END;
        view.now = cases[i].now;
        assert_int_equal(band_age_of(&view), cases[i].age);
        screen_draw(&view, &screen_case_measure, &list, NULL);
        assert_int_equal(says("This list has ended"), cases[i].age == BAND_ENDED);
        assert_int_equal(says("due for an update. Call") || says("clock is not set"),
                         cases[i].age == BAND_DUE);
        view.trust.present = false;
        assert_int_equal(band_age_of(&view), BAND_FRESH);
    }
}

static void a_stick_is_noted_where_staff_can_act_on_it(void **state) {
    (void)state;
    draw_case("scan", NULL);
    assert_false(says("A stick was found"));
    draw_case("scan-stick", NULL);
    assert_true(says("A stick was found"));
}

static void a_date_is_typed_into_its_places(void **state) {
    (void)state;
    draw_case("clock", NULL);
    assert_true(says("____-__-__ __:__"));
    draw_case("clock-typed", NULL);
    assert_true(says("2026-08-12 1_:__"));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_keypad_is_a_telephones_in_every_language),
        cmocka_unit_test(a_locked_keypad_asks_for_nothing),
        cmocka_unit_test(a_pin_is_dots),
        cmocka_unit_test(the_lock_is_where_a_visitor_may_leave_and_nowhere_else),
        cmocka_unit_test(the_staffs_buttons_ask_for_their_actions),
        cmocka_unit_test(an_import_says_what_it_brings_and_when_the_stick_may_go),
        cmocka_unit_test(the_age_of_the_list_is_a_band_of_three),
        cmocka_unit_test(a_stick_is_noted_where_staff_can_act_on_it),
        cmocka_unit_test(a_date_is_typed_into_its_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
