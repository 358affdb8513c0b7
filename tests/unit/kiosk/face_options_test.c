/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "kiosk/face_options.h"

static enum err read_words(const char *const *words, struct face_options *out, char *complaint) {
    char *argv[16] = {(char *)(uintptr_t) "credkiosk"};
    int argc = 1;
    for (; words[argc - 1] != NULL; argc++) {
        argv[argc] = (char *)(uintptr_t)words[argc - 1];
    }
    return face_options_read(argc, argv, out, complaint);
}

static void without_options_it_is_an_installed_kiosk(void **state) {
    (void)state;
    struct face_options options = {0};
    char complaint[FACE_OPTIONS_COMPLAINT_SIZE] = "";
    assert_ok(read_words((const char *const[]){NULL}, &options, complaint));
    assert_string_equal(options.config, "/etc/credkiosk/kiosk.ini");
    assert_string_equal(options.programs, "/usr/libexec/credkiosk");
    assert_false(options.config_given);
    assert_null(options.tour);
}

static void options_are_read(void **state) {
    (void)state;
    struct face_options options = {0};
    char complaint[FACE_OPTIONS_COMPLAINT_SIZE] = "";
    assert_ok(read_words((const char *const[]){"--config", "k.ini", "--board", "sim", "--language", "ar",
                                               "--size", "720x1280", "--script", "s", "--tour", "out", NULL},
                         &options, complaint));
    assert_true(options.config_given);
    assert_string_equal(options.board, "sim");
    assert_string_equal(options.camera, "s");
    assert_string_equal(options.tour, "out");
    assert_int_equal(options.language, LANGUAGE_ARABIC);
    assert_int_equal(options.width_px, 720);
    assert_int_equal(options.height_px, 1280);
}

static void what_is_not_accepted_is_named(void **state) {
    (void)state;
    static const struct {
        const char *words[3], *complaint;
    } cases[] = {
        {{"--colour", "red"}, "--colour red; accepted: the options that --help lists"},
        {{"--config"}, "--config: no such option, or its value is missing"},
        {{"--language", "de"}, "--language de; accepted: en, ru, ar"},
        {{"--size", "800"}, "--size 800; accepted: WxH, 320x320 to 4096x4096"},
        {{"--size", "800x480x"}, "--size 800x480x; accepted: WxH, 320x320 to 4096x4096"},
        {{"--size", "-800x480"}, "--size -800x480; accepted: WxH, 320x320 to 4096x4096"},
        {{"--size", "800x99999999999999999999"},
         "--size 800x99999999999999999999; accepted: WxH, 320x320 to 4096x4096"},
        {{"picture.png"}, "picture.png: no such option, or its value is missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct face_options options = {0};
        char complaint[FACE_OPTIONS_COMPLAINT_SIZE] = "";
        assert_err(read_words(cases[i].words, &options, complaint), ERR_OPTION);
        assert_string_equal(complaint, cases[i].complaint);
        assert_null(options.config);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_options_it_is_an_installed_kiosk),
        cmocka_unit_test(options_are_read),
        cmocka_unit_test(what_is_not_accepted_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
