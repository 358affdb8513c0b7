/* SPDX-License-Identifier: Apache-2.0 */
/* The staff's states, over a face that has a store and no screen. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "kiosk/face_states.h"
#include "tests/lib/testpack.h"

#define NOW_S 1788091200 /* 2026-08-30T12:00:00Z */

struct desk {
    struct testpack folder;
    struct face face;
};

static int start(void **state) {
    static const uint8_t salt[PIN_HASH_SALT_BYTES] = "sixteen bytes...";
    struct desk *desk = calloc(1, sizeof *desk);
    struct face *face = &desk->face;
    testpack_start(&desk->folder);
    int opened = open(desk->folder.folder, O_RDONLY | O_DIRECTORY);
    assert_ok(store_open(opened, &face->board.store));
    close(opened);
    face->service.board = &face->board;
    config_default(&face->config);
    assert_ok(pin_hash_make(span_of_text("246810"), salt, PIN_HASH_ROUNDS_MIN, &face->config.pin));
    face->service.now_ms = face->touched_ms = 1000;
    struct clock_reading reading = {.boot_s = 50};
    interval_hear(&face->evidence, NOW_S - 86400, &reading);
    face_enter(face, SCREEN_SCAN);
    *state = desk;
    return 0;
}

static int stop(void **state) {
    struct desk *desk = *state;
    store_close(&desk->face.board.store);
    testpack_stop(&desk->folder);
    free(desk);
    return 0;
}

static void touch(struct face *face, enum action action) {
    face_state_of(face->view.kind)->touch(face, action);
}

static void type(struct face *face, const char *digits) {
    for (; *digits != '\0'; digits++) {
        touch(face, (enum action)(ACTION_DIGIT + (*digits - '0')));
    }
}

static void enter_admin(struct face *face) {
    touch(face, ACTION_STAFF);
    type(face, "246810");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.kind, SCREEN_ADMIN);
}

static void the_lock_asks_for_the_pin_wherever_it_is_drawn(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    static const enum screen_kind places[] = {SCREEN_SCAN, SCREEN_OUT_OF_ORDER, SCREEN_VERDICT};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        face->view.verdicts.count = 1;
        face->view.verdicts.list[0].credential.holder.len = 3;
        face_enter(face, places[i]);
        touch(face, ACTION_STAFF);
        assert_int_equal(face->view.kind, SCREEN_PIN);
        if (places[i] == SCREEN_VERDICT) { /* nobody's data stay behind it */
            assert_int_equal(face->view.verdicts.count, 0);
            assert_int_equal(face->view.verdicts.list[0].credential.holder.len, 0);
        }
    }
}

static void the_pin_opens_the_tiles_and_leaves_no_digit(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    static const char blank[SCREEN_PIN_DIGITS];
    touch(face, ACTION_STAFF);
    touch(face, ACTION_ENTER); /* nothing is typed: no try */
    assert_int_equal(face->pin_guard.wrong, 0);
    type(face, "24681");
    assert_int_equal(face->view.desk.pin.typed, 5);
    type(face, "1");
    touch(face, ACTION_ERASE);
    type(face, "0");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.kind, SCREEN_ADMIN);
    assert_memory_equal(face->pin_digits, blank, sizeof blank);
    assert_int_equal(face->view.desk.pin.typed, 0);
}

static void a_wrong_one_is_said_and_the_sixth_is_not_even_typed(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    touch(face, ACTION_STAFF);
    for (unsigned i = 1; i <= PIN_FREE; i++) {
        type(face, "111111");
        touch(face, ACTION_ENTER);
        assert_int_equal(face->view.kind, SCREEN_PIN);
        assert_true(face->view.desk.pin.wrong);
        assert_int_equal(face->pin_guard.wrong, i);
    }
    face_fill_desk(face);
    assert_int_equal(face->view.desk.pin.wait_s, 15);
    type(face, "246810");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.kind, SCREEN_PIN);
    assert_int_equal(face->view.desk.pin.typed, 0);
    face->service.now_ms += 15000;
    type(face, "246810");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.kind, SCREEN_ADMIN);
}

static void twelve_digits_are_the_most(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    touch(face, ACTION_STAFF);
    type(face, "1234567890123456");
    assert_int_equal(face->view.desk.pin.typed, SCREEN_PIN_DIGITS);
}

static void without_a_pin_it_says_so_and_takes_none(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    face->config.pin.set = false;
    touch(face, ACTION_STAFF);
    face_fill_desk(face);
    assert_true(face->view.desk.pin.missing);
    type(face, "246810");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.kind, SCREEN_PIN);
}

static void every_screen_of_the_staff_leaves_untouched_after_a_minute(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    static const enum screen_kind kinds[] = {SCREEN_PIN, SCREEN_ADMIN, SCREEN_TRUST, SCREEN_IMPORT,
                                             SCREEN_CLOCK};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        face_enter(face, kinds[i]);
        face_speak(face, LANGUAGE_ARABIC);
        face->pin_digits[0] = '2';
        face->touched_ms = face->service.now_ms;
        face->service.now_ms += FACE_STAFF_MS;
        face_state_of(face->view.kind)->turn(face);
        assert_int_equal(face->view.kind, kinds[i]);
        face->service.now_ms++;
        face_state_of(face->view.kind)->turn(face);
        assert_int_equal(face->view.kind, SCREEN_SCAN);
        assert_int_equal(face->pin_digits[0], 0);
        assert_int_equal(face->language, face->config.language);
    }
}

static void tiles_lead_there_and_back(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    static const struct {
        enum action tile;
        enum screen_kind kind;
    } tiles[] = {{ACTION_TILE_TRUST, SCREEN_TRUST},
                 {ACTION_TILE_IMPORT, SCREEN_IMPORT},
                 {ACTION_TILE_CLOCK, SCREEN_CLOCK}};
    enter_admin(face);
    for (size_t i = 0; i < sizeof tiles / sizeof *tiles; i++) {
        touch(face, tiles[i].tile);
        assert_int_equal(face->view.kind, tiles[i].kind);
        touch(face, (enum action)(ACTION_LANGUAGE + LANGUAGE_RUSSIAN));
        assert_int_equal(face->language, LANGUAGE_RUSSIAN);
        touch(face, ACTION_BACK);
        assert_int_equal(face->view.kind, SCREEN_ADMIN);
    }
    touch(face, ACTION_LEAVE);
    assert_int_equal(face->view.kind, SCREEN_SCAN);
    assert_int_equal(face->language, face->config.language);
}

static void open_clock(struct face *face) {
    enter_admin(face);
    touch(face, ACTION_TILE_CLOCK);
}

static void staff_says_the_local_time(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    face->config.utc_offset_min = 120;
    open_clock(face);
    type(face, "2026083014009"); /* the thirteenth is not taken */
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.desk.clock.err, ERR_OK);
    assert_int_equal(face->evidence.staff.time_s, NOW_S);
    assert_int_equal(face->service.now.source, INTERVAL_STAFF);
    assert_int_equal(face->service.now.lo_s, NOW_S - INTERVAL_STAFF_S);
    assert_int_equal(face->service.now.hi_s, NOW_S + INTERVAL_STAFF_S);
    assert_string_equal(face->view.desk.clock.digits, "");
    assert_int_equal(face->evidence.floor_s, NOW_S - 86400); /* that never raises the floor */
    assert_int_equal(face->floor.time_s, 0);
}

static void what_is_no_time_or_has_passed_is_refused_with_its_words(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    static const struct {
        const char *digits;
        enum err err;
    } cases[] = {
        {"20260830120", ERR_CLOCK_DATE},    {"202613301200", ERR_CLOCK_DATE},
        {"202602291200", ERR_CLOCK_DATE},   {"202608302400", ERR_CLOCK_DATE},
        {"202608301260", ERR_CLOCK_DATE},   {"000000000000", ERR_CLOCK_DATE},
        {"202508301200", ERR_CLOCK_PASSED}, {"197001010000", ERR_CLOCK_PASSED},
        {"196912312359", ERR_CLOCK_RANGE},  {"202608291159", ERR_CLOCK_PASSED},
        {"999912312359", ERR_CLOCK_FAR},
    };
    open_clock(face);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (unsigned erased = 0; erased < SCREEN_CLOCK_DIGITS; erased++) {
            touch(face, ACTION_ERASE);
        }
        assert_int_equal(face->view.desk.clock.err, ERR_OK);
        type(face, cases[i].digits);
        touch(face, ACTION_ENTER);
        assert_int_equal(face->view.desk.clock.err, cases[i].err);
        assert_string_equal(face->view.desk.clock.digits, cases[i].digits);
        assert_false(face->evidence.staff.set);
    }
}

static void more_than_a_year_ahead_is_asked_a_second_time(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    open_clock(face);
    type(face, "202708301200"); /* 366 days after the floor: not more */
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.desk.clock.err, ERR_OK);
    face->evidence.staff = (struct interval_anchor){0};
    type(face, "202708301201");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.desk.clock.err, ERR_CLOCK_FAR);
    touch(face, ACTION_ERASE); /* another time than the one that was asked about */
    type(face, "2");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.desk.clock.err, ERR_CLOCK_FAR);
    assert_false(face->evidence.staff.set);
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.desk.clock.err, ERR_OK);
    assert_true(face->evidence.staff.set);
}

static void a_question_does_not_outlive_its_screen(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    open_clock(face);
    type(face, "203008301200");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.desk.clock.err, ERR_CLOCK_FAR);
    touch(face, ACTION_BACK);
    touch(face, ACTION_TILE_CLOCK);
    assert_string_equal(face->view.desk.clock.digits, "");
    type(face, "203008301200");
    touch(face, ACTION_ENTER);
    assert_int_equal(face->view.desk.clock.err, ERR_CLOCK_FAR);
}

static void the_clock_screen_tells_how_the_battery_clock_is(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    static const struct {
        bool present, healthy;
        int64_t time_s;
        bool rtc, ill;
    } cases[] = {
        {false, false, 0, false, false},          {true, true, NOW_S, true, false},
        {true, false, NOW_S, false, true},        {true, true, NOW_S - 86401, false, true},
        {true, true, NOW_S - 86400, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        face->evidence.reading = (struct clock_reading){
            .rtc_present = cases[i].present, .rtc_healthy = cases[i].healthy, .rtc_s = cases[i].time_s};
        face_fill_desk(face);
        assert_int_equal(face->view.desk.clock.rtc, cases[i].rtc);
        assert_int_equal(face->view.desk.clock.rtc_ill, cases[i].ill);
    }
}

static void the_trust_screen_names_the_signer(void **state) {
    struct face *face = &((struct desk *)*state)->face;
    face->judge.root = 3;
    memcpy(face->judge.signer, "\x00\x10\x83\x10\x51\x87", MESSAGES_SIGNER_BYTES);
    face_fill_desk(face);
    assert_int_equal(face->view.desk.trust.root, 0);
    assert_string_equal(face->view.desk.trust.signer, "");
    face->judge.trust.present = true;
    face->judge.lists_err = ERR_INSTALL_SLOTS;
    face_fill_desk(face);
    assert_int_equal(face->view.desk.trust.root, 3);
    assert_string_equal(face->view.desk.trust.signer, "ABCDEFGH");
    assert_int_equal(face->view.desk.trust.err, ERR_INSTALL_SLOTS);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        CASE(the_lock_asks_for_the_pin_wherever_it_is_drawn),
        CASE(the_pin_opens_the_tiles_and_leaves_no_digit),
        CASE(a_wrong_one_is_said_and_the_sixth_is_not_even_typed),
        CASE(twelve_digits_are_the_most),
        CASE(without_a_pin_it_says_so_and_takes_none),
        CASE(every_screen_of_the_staff_leaves_untouched_after_a_minute),
        CASE(tiles_lead_there_and_back),
        CASE(staff_says_the_local_time),
        CASE(what_is_no_time_or_has_passed_is_refused_with_its_words),
        CASE(more_than_a_year_ahead_is_asked_a_second_time),
        CASE(a_question_does_not_outlive_its_screen),
        CASE(the_clock_screen_tells_how_the_battery_clock_is),
        CASE(the_trust_screen_names_the_signer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
