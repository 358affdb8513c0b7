/* SPDX-License-Identifier: Apache-2.0 */
/* kiosk_staff_test: the real programs on board sim, touched by its script: the PIN, and a clock that staff sets. */
#include "tests/lib/check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config/pin_hash.h"
#include "tests/lib/rig.h"

#define SOON_MS 30000
/* Scripts play again from the beginning; nothing more is to happen. */
#define THEN_NOTHING "empty 6000\n"
/* A badge that comes and goes. */
#define COMES "frame good.jpg for 600 ms\nempty 50\n"
#define AGAIN COMES COMES COMES COMES
#define IN    "touch staff\ntouch 246810\ntouch enter\n"

static int start(void **state) {
    static const uint8_t salt[PIN_HASH_SALT_BYTES] = "sixteen bytes...";
    struct rig *rig = calloc(1, sizeof *rig);
    struct pin_hash pin = {0};
    char text[PIN_HASH_TEXT_SIZE], config[sizeof rig->config];
    rig_start(rig);
    rig_put_badge(rig, "good", &(struct rig_badge){.status_index = 1});
    assert_ok(pin_hash_make(span_of_text("246810"), salt, PIN_HASH_ROUNDS_MIN, &pin));
    pin_hash_write(&pin, text);
    snprintf(config, sizeof config, "%s[staff]\npin = %s\n", rig->config, text);
    snprintf(rig->config, sizeof rig->config, "%s", config);
    *state = rig;
    return 0;
}

static int stop(void **state) {
    rig_stop(*state);
    free(*state);
    return 0;
}

static void assert_comes(const struct rig *rig, const char *text) {
    if (!rig_wait(rig, text, 1, SOON_MS)) {
        char *journal = rig_journal(rig);
        for (char *line = journal, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
            print_error("%.*s\n", (int)(end - line), line);
        }
        free(journal);
        fail_msg("\"%s\" does not come", text);
    }
}

static void kill_kiosk(struct rig *rig) {
    kill(rig->kiosk, SIGKILL);
    waitpid(rig->kiosk, NULL, 0);
    rig->kiosk = 0;
}

/* Green, or, where the badge was met before staff came, nothing but that: every note of the clock outweighs it. */
static void assert_no_clock_stands_in_the_way(const struct rig *rig) {
    for (int i = 0; i < 600 && rig_count(rig, "reason=ok") + rig_count(rig, "reason=seen_before") == 0; i++) {
        usleep(50000);
    }
    assert_true(rig_count(rig, "reason=ok") + rig_count(rig, "reason=seen_before") > 0);
}

static void a_clock_that_staff_sets_makes_green_possible(void **state) {
    struct rig *rig = *state;
    rig_put_script(
        rig, "clock unset\nempty 10\n" IN "touch trust\ntouch back\ntouch import\ntouch back\ntouch clock\n"
             "touch 202608300010\ntouch enter\ntouch back\ntouch leave\n" AGAIN AGAIN AGAIN THEN_NOTHING);
    rig_run(rig);
    assert_comes(rig, "staff in");
    assert_comes(rig, "clock staff=1788048600 source=staff");
    assert_comes(rig, "staff left");
    assert_no_clock_stands_in_the_way(rig);
    assert_int_equal(rig_count(rig, "touch missed"), 0);
    assert_int_equal(rig_end(rig), 0);
    /* what staff said does not outlive the process, nor raise the floor */
    rig_put_script(rig, "clock unset\nempty 10\nframe good.jpg for 1500 ms\n" THEN_NOTHING);
    unsigned before = rig_count(rig, "reason=status_stale");
    rig_run(rig);
    assert_true(rig_wait(rig, "reason=status_stale", before + 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_time_that_has_passed_or_is_far_ahead_is_not_taken_at_once(void **state) {
    struct rig *rig = *state;
    rig_put_script(
        rig, "clock unset\nempty 10\n" IN "touch clock\n"
             "touch 202508301200\ntouch enter\n" /* before the list was made */
             "touch erase\ntouch erase\ntouch erase\ntouch erase\ntouch erase\ntouch erase\ntouch erase\n"
             "touch erase\ntouch erase\ntouch erase\ntouch erase\ntouch erase\n"
             "touch 202613301200\ntouch enter\n" /* no such month */
             "touch erase\ntouch erase\ntouch erase\ntouch erase\ntouch erase\ntouch erase\ntouch erase\n"
             "touch erase\ntouch erase\n"
             "touch 808301200\ntouch enter\ntouch enter\ntouch back\ntouch leave\n" THEN_NOTHING);
    rig_run(rig);
    assert_comes(rig, "clock refused=ERR_CLOCK_PASSED");
    assert_comes(rig, "clock refused=ERR_CLOCK_DATE");
    assert_comes(rig, "clock refused=ERR_CLOCK_FAR");
    assert_comes(rig, "clock staff=1851249600 source=staff"); /* the second tick */
    assert_comes(rig, "staff left");
    assert_int_equal(rig_count(rig, "clock staff="), 1);
    assert_int_equal(rig_end(rig), 0);
}

static void five_wrong_ones_close_it_and_a_restart_opens_nothing(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK
                   "empty 10\ntouch staff\ntouch 111111\ntouch enter\ntouch 111112\ntouch enter\n"
                   "touch 111113\ntouch enter\ntouch 111114\ntouch enter\ntouch 111115\ntouch enter\n"
                   "touch 2\n" THEN_NOTHING);
    rig_run(rig);
    assert_comes(rig, "staff wrong=4 wait_s=0");
    assert_comes(rig, "staff wrong=5 wait_s=15");
    assert_comes(rig, "touch missed=2");
    kill_kiosk(rig);
    rig_put_script(rig, RIG_CLOCK "empty 10\n" IN THEN_NOTHING);
    rig_run(rig);
    assert_true(rig_wait(rig, "touch missed=2", 2, SOON_MS));
    assert_int_equal(rig_count(rig, "staff in"), 0);
    kill_kiosk(rig);
}

static void without_a_pin_the_lock_opens_nothing(void **state) {
    struct rig *rig = *state;
    snprintf(rig->config, sizeof rig->config, "[kiosk]\nresult_s = 1\n");
    rig_put_script(rig, RIG_CLOCK "empty 10\n" IN THEN_NOTHING);
    rig_run(rig);
    assert_comes(rig, "touch missed=2");
    assert_comes(rig, "touch missed=enter");
    assert_int_equal(rig_count(rig, "staff in"), 0);
    assert_int_equal(rig_end(rig), 0);
}

static void a_malformed_pin_refuses_to_start(void **state) {
    struct rig *rig = *state;
    snprintf(rig->config, sizeof rig->config, "[staff]\npin = 246810\n");
    rig_put_script(rig, THEN_NOTHING);
    rig_run(rig);
    int status = 0;
    waitpid(rig->kiosk, &status, 0);
    rig->kiosk = 0;
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 78);
    struct room log = testpack_read(&rig->pack, "log");
    char *text = strndup((const char *)log.ptr, log.len);
    assert_non_null(strstr(
        text, "kiosk.ini:2: pin is something else than what is accepted: pbkdf2-sha256$ROUNDS$SALT$HASH"));
    assert_null(strstr(text, "246810"));
    free(text);
    free(log.ptr);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_clock_that_staff_sets_makes_green_possible, start, stop),
        cmocka_unit_test_setup_teardown(a_time_that_has_passed_or_is_far_ahead_is_not_taken_at_once, start,
                                        stop),
        cmocka_unit_test_setup_teardown(five_wrong_ones_close_it_and_a_restart_opens_nothing, start, stop),
        cmocka_unit_test_setup_teardown(without_a_pin_the_lock_opens_nothing, start, stop),
        cmocka_unit_test_setup_teardown(a_malformed_pin_refuses_to_start, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
