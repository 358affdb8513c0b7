/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "config/config.h"
#include "config/config_key.h"

static enum err parse(const char *text, struct config *out, struct config_complaint *why) {
    return config_parse(span_of_text(text), "kiosk.ini", out, why);
}

static void assert_refused(const char *text, const char *complaint) {
    struct config config = {0};
    struct config_complaint why = {""};
    assert_err(parse(text, &config, &why), ERR_CONFIG);
    assert_string_equal(why.text, complaint);
}

#define PIN_VALUE "pbkdf2-sha256$60000$c2l4dGVlbiBieXRlcy4uLg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void a_pin_is_a_hash_and_a_wrong_one_is_not_shown(void **state) {
    (void)state;
    struct config config = {0};
    struct config_complaint why = {""};
    assert_ok(parse("[staff]\npin = " PIN_VALUE " ; of the fair\n", &config, &why));
    assert_true(config.pin.set);
    assert_int_equal(config.pin.rounds, 60000);
    config_close(&config);
    assert_ok(parse("[staff]\npin =\n", &config, &why));
    assert_false(config.pin.set);
    config_close(&config);
    assert_refused("[kiosk]\n[staff]\npin = 246810\n",
                   "kiosk.ini:3: pin is something else than what is accepted: " PIN_HASH_FORM);
    assert_refused("[staff]\npin = " PIN_VALUE "\npin = " PIN_VALUE "\n",
                   "kiosk.ini:3: pin stands twice; accepted: once");
    assert_refused("[staff]\ncode = 1\n", "kiosk.ini:2: [staff] has no key \"code\"; accepted: pin");
}

static void an_empty_file_gives_the_defaults(void **state) {
    (void)state;
    struct config config = {0};
    struct config_complaint why = {""};
    assert_ok(parse("", &config, &why));
    assert_int_equal(config.language, LANGUAGE_ENGLISH);
    assert_int_equal(config.languages, 7);
    assert_int_equal(config_result_s(&config), 8);
    assert_int_equal(config.repeat_ms, 2000);
    assert_string_equal(config.root, "/etc/credkiosk/root.jws");
    assert_int_equal(config.policy.issuers.count, 0);
    assert_false(config.policy.expired_is_note);
    assert_int_equal(config_rotate_deg(&config, 90), 90);
    config_close(&config);
}

static void every_key_is_read(void **state) {
    (void)state;
    struct config config = {0};
    struct config_complaint why = {""};
    assert_ok(
        parse("# a comment\r\n[kiosk]\nlanguage = ar\nlanguages = ar en\nmode = staffed\nrepeat_ms=500\n"
              "utc_offset_min = -90\ncontact = Desk 4 ; inline\n[event]\nname = \xC3\x9C"
              "bung\n"
              "admit_issuer = did:web:a.example\nadmit_issuer = https://b.example/x?y=z\nadmit_type = Badge\n"
              "expired = note\n[clock]\nrequired = yes\n[screen]\nrotate = 270\nfullscreen = no\n",
              &config, &why));
    assert_int_equal(config.language, LANGUAGE_ARABIC);
    assert_int_equal(config.languages, 1 << LANGUAGE_ARABIC | 1 << LANGUAGE_ENGLISH);
    assert_int_equal(config_result_s(&config), 30);
    assert_int_equal(config.repeat_ms, 500);
    assert_int_equal(config.utc_offset_min, -90);
    assert_string_equal(config.contact, "Desk 4");
    assert_string_equal(config.event_name, "\xC3\x9C"
                                           "bung");
    assert_int_equal(config.policy.issuers.count, 2);
    assert_span_text(config.policy.issuers.names[1], "https://b.example/x?y=z");
    assert_span_text(config.policy.types.names[0], "Badge");
    assert_true(config.policy.expired_is_note);
    assert_true(config.policy.clock_required);
    assert_int_equal(config_rotate_deg(&config, 0), 270);
    assert_int_equal(config.screen_fullscreen, 0);
    config_close(&config);
}

static void a_refusal_names_file_line_and_what_is_accepted(void **state) {
    (void)state;
    assert_refused("[kiosk]\nresult_s = 121\n", "kiosk.ini:2: result_s is \"121\"; accepted: 0 to 120");
    assert_refused("[kiosk]\nresult_s = 8s\n", "kiosk.ini:2: result_s is \"8s\"; accepted: 0 to 120");
    assert_refused("[kiosk]\nresult_s =\n", "kiosk.ini:2: result_s is \"\"; accepted: 0 to 120");
    assert_refused("[kiosk]\nresult_s = 99999999999999999999\n",
                   "kiosk.ini:2: result_s is \"99999999999999999999\"; accepted: 0 to 120");
    assert_refused("\n[kiosk]\n\nmode = open\n",
                   "kiosk.ini:4: mode is \"open\"; accepted: self-service, staffed");
    assert_refused("[kiosk]\nlanguage = de\n", "kiosk.ini:2: language is \"de\"; accepted: en, ru, ar");
    assert_refused("[kiosk]\nlanguages = en en\n",
                   "kiosk.ini:2: languages is \"en en\"; accepted: one or several of en, "
                   "ru, ar, each once, with one space between");
    assert_refused("[event]\nexpired = 1\n", "kiosk.ini:2: expired is \"1\"; accepted: refuse, note");
    assert_refused(
        "[event]\nadmit_type =\n",
        "kiosk.ini:2: admit_type is \"\"; accepted: one name a line, at most 64 lines of this key");
}

static void what_is_unknown_or_twice_is_refused(void **state) {
    (void)state;
    assert_refused("[clock]\nrequire = no\n",
                   "kiosk.ini:2: [clock] has no key \"require\"; accepted: required");
    assert_refused("[clocks]\n", "kiosk.ini:1: there is no section [clocks]; accepted: kiosk, event, clock, "
                                 "trust, camera, screen, staff");
    assert_refused("mode = staffed\n", "kiosk.ini:1: mode stands before the first section");
    assert_refused("[clock]\nrequired = no\n[kiosk]\n[clock]\nrequired = yes\n",
                   "kiosk.ini:5: required stands twice; accepted: once");
    assert_refused("[clock]\nrequired\n", "kiosk.ini:2: this is no [section], no key = value and no comment");
    assert_refused("[clock\n", "kiosk.ini:1: this is no [section]");
    assert_refused("[clock] required = yes\n", "kiosk.ini:1: this is no [section]");
    assert_refused("[kiosk]\nlanguages = ru\n",
                   "kiosk.ini:2: language is \"en\"; accepted: one that stands in languages");
}

static void what_inih_would_misread_is_refused(void **state) {
    (void)state;
    char text[300] = "[event]\nname = ";
    memset(text + 15, 'x', 200);
    assert_refused(text, "kiosk.ini:2: the line has 207 bytes; accepted: at most 198");
    assert_refused("[event]\nname = a\n  b\n",
                   "kiosk.ini:3: the line is indented; accepted: lines that begin at the left");
    assert_refused("[event]\nname = a\x01\n",
                   "kiosk.ini:2: the line holds control characters or is not UTF-8");
    assert_refused("[event]\nname = \xFF\n",
                   "kiosk.ini:2: the line holds control characters or is not UTF-8");
}

static void the_longest_line_is_read_whole(void **state) {
    (void)state;
    char text[300] = "[event]\nname = ";
    memset(text + 15, 'x', CONFIG_LINE_MAX - 7);
    struct config config = {0};
    struct config_complaint why = {""};
    assert_ok(parse(text, &config, &why));
    assert_int_equal(strlen(config.event_name), CONFIG_LINE_MAX - 7);
    config_close(&config);
}

static void a_list_holds_64_names_and_no_more(void **state) {
    (void)state;
    char text[4096] = "[event]\n";
    for (int i = 0; i < 64; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "admit_type = Type%d\n", i);
    }
    struct config config = {0};
    struct config_complaint why = {""};
    assert_ok(parse(text, &config, &why));
    assert_span_text(config.policy.types.names[63], "Type63");
    config_close(&config);
    snprintf(text + strlen(text), sizeof text - strlen(text), "admit_type = More\n");
    assert_refused(
        text,
        "kiosk.ini:66: admit_type is \"More\"; accepted: one name a line, at most 64 lines of this key");
}

static void too_large_or_missing_files_are_refused(void **state) {
    (void)state;
    struct config config = {0};
    struct config_complaint why = {""};
    assert_err(config_load("/nonexistent/kiosk.ini", &config, &why), ERR_FILE_READ);
    assert_string_equal(why.text, "/nonexistent/kiosk.ini: The file cannot be read.");
    char *large = calloc(1, CONFIG_BYTES_MAX + 2);
    memset(large, '\n', CONFIG_BYTES_MAX + 1);
    assert_err(parse(large, &config, &why), ERR_CONFIG);
    free(large);
}

static void the_shipped_file_says_the_defaults_and_names_every_key(void **state) {
    (void)state;
    struct config shipped = {0}, fallback = {0};
    struct config_complaint why = {""};
    assert_ok(config_load("assets/config/kiosk.ini", &shipped, &why));
    config_default(&fallback);
    free(shipped.names);
    shipped.names = NULL;
    assert_memory_equal(&shipped, &fallback, sizeof shipped);
    FILE *file = fopen("assets/config/kiosk.ini", "r");
    static char text[CONFIG_BYTES_MAX];
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    size_t count = 0;
    const struct config_key *keys = config_key_all(&count);
    for (size_t i = 0; i < count; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s =", keys[i].name);
        assert_non_null(strstr(text, line));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_gives_the_defaults),
        cmocka_unit_test(a_pin_is_a_hash_and_a_wrong_one_is_not_shown),
        cmocka_unit_test(every_key_is_read),
        cmocka_unit_test(a_refusal_names_file_line_and_what_is_accepted),
        cmocka_unit_test(what_is_unknown_or_twice_is_refused),
        cmocka_unit_test(what_inih_would_misread_is_refused),
        cmocka_unit_test(the_longest_line_is_read_whole),
        cmocka_unit_test(a_list_holds_64_names_and_no_more),
        cmocka_unit_test(too_large_or_missing_files_are_refused),
        cmocka_unit_test(the_shipped_file_says_the_defaults_and_names_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
