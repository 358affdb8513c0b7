/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boards/ini.h"
#include "boards/profile.h"

static const char good[] = "; a board\n"                  /* 1 */
                           "[board]\n"                    /* 2 */
                           "title = A board\n"            /* 3 */
                           "compatible = maker,board-1\n" /* 4 */
                           "arch = arm64\n"               /* 5 */
                           "tested = untested\n"          /* 6 */
                           "[camera]\n"                   /* 7 */
                           "kind = v4l2\n"                /* 8 */
                           "match =\n"                    /* 9 */
                           "size_px = 1280x720\n"         /* 10 */
                           "rate_fps = 30\n"              /* 11 */
                           "[screen]\n"                   /* 12 */
                           "size_px = 800x480\n"          /* 13 */
                           "size_mm = 154x86\n"           /* 14 */
                           "rotate_deg = 90\n"            /* 15 */
                           "[touch]\n"                    /* 16 */
                           "match = ft5406\n"             /* 17 */
                           "[clock]\n"                    /* 18 */
                           "rtc = pcf8523\n";             /* 19 */

/* The good profile with one piece replaced. */
static char *with(const char *from, const char *to) {
    const char *at = strstr(good, from);
    assert_non_null(at);
    char *out = NULL;
    assert_true(asprintf(&out, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from)) > 0);
    return out;
}

static void reads_every_key(void **state) {
    (void)state;
    struct profile profile = {0};
    struct profile_complaint why = {{0}};
    assert_ok(profile_parse(span_of_text(good), "board-1", &profile, &why));
    assert_string_equal(profile.name, "board-1");
    assert_string_equal(profile.title, "A board");
    assert_string_equal(profile.compatible, "maker,board-1");
    assert_string_equal(profile.arch, "arm64");
    assert_string_equal(profile.tested, "untested");
    assert_int_equal(profile.camera, PROFILE_CAMERA_V4L2);
    assert_string_equal(profile.camera_match, "");
    assert_int_equal(profile.camera_width_px, 1280);
    assert_int_equal(profile.camera_height_px, 720);
    assert_int_equal(profile.camera_rate_fps, 30);
    assert_int_equal(profile.screen_width_px, 800);
    assert_int_equal(profile.screen_height_px, 480);
    assert_int_equal(profile.screen_width_mm, 154);
    assert_int_equal(profile.screen_height_mm, 86);
    assert_int_equal(profile.screen_rotate_deg, 90);
    assert_string_equal(profile.touch_match, "ft5406");
    assert_int_equal(profile.rtc, PROFILE_RTC_PRESENT);
}

static void names_file_line_and_what_is_accepted(void **state) {
    (void)state;
    static const char long_text[] =
        "title = 0123456789012345678901234567890123456789012345678901234567890123456789"
        "01234567890123456789012345";
    static const struct {
        const char *from, *to, *says, *accepted;
    } cases[] = {
        {"kind = v4l2", "kind = rpicam", "b.ini:8: kind is \"rpicam\"", "accepted: v4l2, sim"},
        {"rate_fps = 30", "rate_fps = 900", "b.ini:11: rate_fps is \"900\"", "accepted: 1 to 120"},
        {"rate_fps = 30", "rate_fps = 0", "b.ini:11:", "1 to 120"},
        {"rate_fps = 30", "rate_fps = 30 fps", "b.ini:11:", "1 to 120"},
        {"rate_fps = 30", "rate_fps = -3", "b.ini:11:", "1 to 120"},
        {"rate_fps = 30", "rate_fps = 4294967326", "b.ini:11:", "1 to 120"},
        {"rate_fps = 30", "rate = 30", "b.ini:11: [camera] rate is no key", "size_px, rate_fps"},
        {"[camera]", "[kamera]", "b.ini:8: [kamera] kind is no key", "sections board, camera"},
        {"rate_fps = 30\n", "", "[camera] rate_fps is missing", "1 to 120"},
        {"rate_fps = 30", "rate_fps = 30\nrate_fps = 30", "b.ini:12: [camera] rate_fps stands on line 11",
         "once"},
        {"1280x720", "1280", "b.ini:10:", "WIDTHxHEIGHT"},
        {"1280x720", "1280x", "b.ini:10:", "WIDTHxHEIGHT"},
        {"1280x720", "1280x720x3", "b.ini:10:", "WIDTHxHEIGHT"},
        {"1280x720", "9999x720", "b.ini:10:", "4096"},
        {"rotate_deg = 90", "rotate_deg = 45", "b.ini:15:", "0, 90, 180, 270"},
        {"rtc = pcf8523", "rtc = yes", "b.ini:19:", "none, ds3231"},
        {"title = A board", "title =", "b.ini:3:", "95 bytes"},
        {"title = A board", long_text, "b.ini:3:", "95 bytes"},
        {"kind = v4l2", " kind = v4l2", "b.ini:8: the line is not understood", "indented"},
        {"kind = v4l2", "kind", "b.ini:8: the line is not understood", "key = value"},
        {"[camera]", "[camera", "b.ini:7: the line is not understood", "[section]"},
        {"kind = v4l2", "kind = v4l2\x01", "b.ini:8: the line is not understood", "characters"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = with(cases[i].from, cases[i].to);
        struct profile profile = {.camera_rate_fps = 77};
        struct profile_complaint why = {{0}};
        assert_err(profile_parse(span_of_text(text), "b", &profile, &why), ERR_PROFILE);
        if (strstr(why.text, cases[i].says) == NULL || strstr(why.text, cases[i].accepted) == NULL) {
            fail_msg("\"%s\" says \"%s\"", cases[i].to, why.text);
        }
        assert_int_equal(profile.camera_rate_fps, 77);
        free(text);
    }
}

static bool refuse_third(void *ctx, unsigned line, const char *section, const char *key, const char *value) {
    (void)section;
    (void)key;
    (void)value;
    *(unsigned *)ctx += 1;
    return line != 3;
}

static void reading_ends_at_the_first_fault(void **state) {
    (void)state;
    char long_line[INI_LINE_MAX + 20];
    snprintf(long_line, sizeof long_line, "[a]\nb = %0*d\n", (int)INI_LINE_MAX - 3, 0);
    static const char nul[] = "[a]\nb = 1\0\n";
    const struct {
        struct span text;
        enum err expected;
        unsigned line, taken;
    } cases[] = {
        {span_of_text(""), ERR_OK, 0, 0},
        {span_of_text("[a]\nb = 1\n"), ERR_OK, 0, 1},
        {span_of_text("[a]\r\nb = 1\r\n"), ERR_OK, 0, 1},
        {span_of_text("[a]\nb = 1\nc = 2\nd = 3\n"), ERR_INI_REFUSED, 3, 2},
        {span_of_text("[a]\nb = 1\nnonsense\nd = 3\n"), ERR_INI_LINE, 3, 2},
        {span_of_text("[a]\nb = 1\n  more\n"), ERR_INI_LINE, 3, 1},
        {span_of_text(long_line), ERR_INI_LINE, 2, 0},
        {span_of_bytes(nul, sizeof nul - 1), ERR_INI_LINE, 2, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned taken = 0, line = 0;
        assert_err(ini_read(cases[i].text, refuse_third, &taken, &line), cases[i].expected);
        assert_int_equal(line, cases[i].line);
        assert_int_equal(taken, cases[i].taken);
    }
}

static void all_profiles_of_the_tree_are_right(void **state) {
    (void)state;
    static const char *const names[] = {
        "generic", "sim", "raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5", "raspberry-pi-zero-2w"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct profile profile = {0};
        struct profile_complaint why = {{0}};
        if (profile_find("boards/profiles", names[i], &profile, &why) != ERR_OK) {
            fail_msg("%s", why.text);
        }
        assert_string_equal(profile.name, names[i]);
    }
}

static void an_unknown_board_is_answered_with_those_there_are(void **state) {
    (void)state;
    static const char *const names[] = {"commodore", "../profiles/sim", "", "SIM", "sim.ini"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct profile profile = {0};
        struct profile_complaint why = {{0}};
        assert_err(profile_find("boards/profiles", names[i], &profile, &why), ERR_PROFILE);
        assert_non_null(strstr(why.text, "generic"));
        assert_non_null(strstr(why.text, "raspberry-pi-5"));
    }
}

static void a_machine_without_device_tree_is_generic(void **state) {
    (void)state;
    struct profile profile = {0};
    struct profile_complaint why = {{0}};
    assert_ok(profile_find("boards/profiles", NULL, &profile, &why));
    assert_true(strcmp(profile.name, "generic") == 0 || strncmp(profile.name, "raspberry", 9) == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_key),
        cmocka_unit_test(names_file_line_and_what_is_accepted),
        cmocka_unit_test(reading_ends_at_the_first_fault),
        cmocka_unit_test(all_profiles_of_the_tree_are_right),
        cmocka_unit_test(an_unknown_board_is_answered_with_those_there_are),
        cmocka_unit_test(a_machine_without_device_tree_is_generic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
