/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boards/sim/reel.h"
#include "boards/sim/script.h"

static void reads_every_instruction(void **state) {
    (void)state;
    static const char text[] = "# a script\n"
                               "\n"
                               "scene  A genuine badge \n"
                               "frame a.jpg\n"
                               "frame b/c.png for 20 frames  \n"
                               "frame cut 900 for 300 ms\n"
                               "flip 77\n"
                               "empty\n"
                               "  empty 5\n"
                               "timeout 2500\n"
                               "unplug\n"
                               "plug\r\n"
                               "clock 1970-01-01\n"
                               "clock 2026-09-01T10:00:00Z\n"
                               "clock back 3600\n"
                               "clock unset\n"
                               "store full\n"
                               "store torn\n"
                               "store fine\n"
                               "stick a/folder\n"
                               "stick b cut 77\n"
                               "unplug stick";
    static const struct {
        enum script_kind kind;
        unsigned line;
        const char *text;
        int64_t value;
        uint32_t amount;
        bool in_ms;
    } expected[] = {
        {SCRIPT_SCENE, 3, "A genuine badge", 0, 0, false},
        {SCRIPT_FRAME, 4, "a.jpg", 0, 1, false},
        {SCRIPT_FRAME, 5, "b/c.png", 0, 20, false},
        {SCRIPT_CUT, 6, "", 900, 300, true},
        {SCRIPT_FLIP, 7, "", 77, 1, false},
        {SCRIPT_EMPTY, 8, "", 0, 1, false},
        {SCRIPT_EMPTY, 9, "", 0, 5, false},
        {SCRIPT_TIMEOUT, 10, "", 2500, 0, false},
        {SCRIPT_UNPLUG, 11, "", 0, 0, false},
        {SCRIPT_PLUG, 12, "", 0, 0, false},
        {SCRIPT_CLOCK_SET, 13, "", 0, 0, false},
        {SCRIPT_CLOCK_SET, 14, "", 1788256800, 0, false},
        {SCRIPT_CLOCK_BACK, 15, "", 3600, 0, false},
        {SCRIPT_CLOCK_UNSET, 16, "", 0, 0, false},
        {SCRIPT_STORE_FULL, 17, "", 0, 0, false},
        {SCRIPT_STORE_TORN, 18, "", 0, 0, false},
        {SCRIPT_STORE_FINE, 19, "", 0, 0, false},
        {SCRIPT_STICK, 20, "a/folder", -1, 0, false},
        {SCRIPT_STICK, 21, "b", 77, 0, false},
        {SCRIPT_UNPLUG_STICK, 22, "", 0, 0, false},
    };
    struct script_step steps[32];
    struct script_complaint why = {{0}};
    size_t count = 0;
    assert_ok(script_parse(span_of_text(text), steps, 32, &count, &why));
    assert_int_equal(count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(steps[i].kind, expected[i].kind);
        assert_int_equal(steps[i].line, expected[i].line);
        assert_span_text(steps[i].text, expected[i].text);
        assert_int_equal(steps[i].value, expected[i].value);
        assert_int_equal(steps[i].amount, expected[i].amount);
        assert_int_equal(steps[i].in_ms, expected[i].in_ms);
    }
}

static void names_the_line_and_what_is_accepted(void **state) {
    (void)state;
    static const struct {
        const char *line, *accepted;
    } cases[] = {
        {"dance", "scene, frame, flip"},
        {"frame", "frame FILE"},
        {"frame a.jpg for", "for N frames"},
        {"frame a.jpg for 3", "for N frames"},
        {"frame a.jpg for 3 years", "for N frames"},
        {"frame a.jpg for 0 ms", "for N frames"},
        {"frame a.jpg for -3 ms", "for N frames"},
        {"frame a.jpg for 99999999 ms", "for N frames"},
        {"frame a.jpg for 3 ms and more", "for N frames"},
        {"frame a.jpg for 3 ms and much more", "for N frames"},
        {"frame cut", "frame cut N"},
        {"frame cut x", "frame cut N"},
        {"flip", "flip N"},
        {"flip 1x", "flip N"},
        {"empty 0", "empty N"},
        {"empty 3 frames", "empty N"},
        {"timeout", "timeout N"},
        {"unplug now", "unplug"},
        {"unplug stick now", "unplug stick"},
        {"stick", "stick FOLDER"},
        {"stick a b", "stick FOLDER"},
        {"stick a cut", "stick FOLDER cut N"},
        {"stick a cut -1", "stick FOLDER cut N"},
        {"plug it", "plug"},
        {"clock", "clock 2026-09-01"},
        {"clock 2026-13-01", "clock 2026-09-01"},
        {"clock 2026-09-01T10:00:00", "clock 2026-09-01"},
        {"clock back", "clock back N"},
        {"clock back a day", "clock back N"},
        {"store", "store full"},
        {"store broken", "store full"},
        {"scene", "scene NAME"},
        {"\x1b[31mred", "scene, frame"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[160];
        snprintf(text, sizeof text, "# one\nempty\n%s\nunplug\n", cases[i].line);
        struct script_step steps[8];
        struct script_complaint why = {{0}};
        size_t count = 77;
        assert_err(script_parse(span_of_text(text), steps, 8, &count, &why), ERR_SCRIPT);
        assert_int_equal(count, 77);
        if (strncmp(why.text, "line 3: ", 8) != 0 || strstr(why.text, cases[i].accepted) == NULL ||
            strchr(why.text, 0x1b) != NULL) {
            fail_msg("\"%s\" says \"%s\"", cases[i].line, why.text);
        }
    }
}

static void refuses_more_instructions_than_there_is_room_for(void **state) {
    (void)state;
    struct script_step steps[2];
    struct script_complaint why = {{0}};
    size_t count = 0;
    assert_ok(script_parse(span_of_text("plug\nplug\n"), steps, 2, &count, &why));
    assert_err(script_parse(span_of_text("plug\nplug\nplug\n"), steps, 2, &count, &why), ERR_SCRIPT);
    assert_non_null(strstr(why.text, "line 3"));
}

static void splits_an_mjpeg_file_at_its_jpegs(void **state) {
    (void)state;
    static const uint8_t bytes[] = {0xFF, 0xD8, 0xFF, 1, 0xFF, 0xD9, 0xFF, 0xD8, 0xFF, 2, 3, 0xFF, 0xD9};
    struct span mjpeg = span_of_bytes(bytes, sizeof bytes);
    size_t at = 0;
    assert_int_equal(reel_next_jpeg(mjpeg, &at).len, 6);
    struct span second = reel_next_jpeg(mjpeg, &at);
    assert_int_equal(second.len, 7);
    assert_ptr_equal(second.ptr, bytes + 6);
    assert_int_equal(at, sizeof bytes);
    assert_int_equal(reel_next_jpeg(mjpeg, &at).len, 0);
}

static void says_why_nothing_can_be_played(void **state) {
    (void)state;
    struct reel reel = {0};
    struct script_complaint why = {{0}};
    assert_err(reel_open("tests/no-such-file", 1, &reel, &why), ERR_FILE_READ);
    assert_err(reel_open("boards/profiles", 1, &reel, &why), ERR_FILE_READ);
    assert_err(reel_open("Makefile", 1, &reel, &why), ERR_SCRIPT);
    assert_int_equal(strncmp(why.text, "line ", 5), 0);
    reel_close(&reel);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_instruction),
        cmocka_unit_test(names_the_line_and_what_is_accepted),
        cmocka_unit_test(refuses_more_instructions_than_there_is_room_for),
        cmocka_unit_test(splits_an_mjpeg_file_at_its_jpegs),
        cmocka_unit_test(says_why_nothing_can_be_played),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
