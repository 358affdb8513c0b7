/* SPDX-License-Identifier: Apache-2.0 */
/* kiosk_test: the real programs on board sim: verdicts, and what a visitor sees when something breaks. */
#include "tests/lib/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/journal.h"
#include "tests/lib/rig.h"

#define READER   "credkiosk-reader"
#define VERIFIER "credkiosk-verifier"
/* Generous: the machine may be busy; what is promised within a second is measured apart. */
#define SOON_MS 20000
/* A badge that comes and goes. */
#define COMES_AND_GOES "scene good\nframe good.jpg for 600 ms\nempty 50\n"

static void assert_row(const struct rig *rig, const char *table, const char *row) {
    if (strstr(table, row) == NULL) {
        char *journal = rig_journal(rig);
        print_error("%s\n", journal);
        free(journal);
        fail_msg("\"%s\" is not in\n%s", row, table);
    }
}

static void every_scene_gets_its_verdict(void **state) {
    struct rig *rig = *state;
    static const struct {
        const char *file;
        struct rig_badge badge;
    } badges[] = {
        {"revoked", {.status_index = 7}},
        {"expired", {.from = "\"exp\":1798761600", .to = "\"exp\":1788000000"}},
        {"altered", {.altered = true}},
        {"stranger",
         {.from = "\"iss\":\"did:web:academy.example\"", .to = "\"iss\":\"did:web:nobody.example\""}},
    };
    for (size_t i = 0; i < sizeof badges / sizeof *badges; i++) {
        rig_put_badge(rig, badges[i].file, &badges[i].badge);
    }
    rig_put_code(rig, "hello", span_of_text("hello"));
    rig_put_script(rig, RIG_CLOCK "empty 10\n"
                                  "scene good\nframe good.jpg for 1200 ms\nempty 50\n"
                                  "scene revoked\nframe revoked.jpg for 1200 ms\nempty 50\n"
                                  "scene altered\nframe altered.jpg for 1200 ms\nempty 50\n"
                                  "scene hello\nframe hello.jpg for 1200 ms\nempty 50\n"
                                  "scene again\nframe good.jpg for 1200 ms\nempty 50\n");
    char table[4096];
    int status = rig_tour(rig, table, sizeof table);
    assert_row(rig, table, "good\tvalid\tok\t");
    assert_row(rig, table, "revoked\tnot_valid\trevoked\t");
    assert_row(rig, table, "altered\tnot_valid\taltered\t");
    assert_row(rig, table, "hello\tcannot_check\tnot_a_credential\t");
    assert_row(rig, table, "again\tvalid_note\tseen_before\t");
    assert_int_equal(status, 0);
}

static void a_killed_reader_is_replaced_and_scanning_goes_on(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK COMES_AND_GOES);
    rig_run(rig);
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    pid_t reader = rig_child(rig, READER, SOON_MS);
    assert_true(reader > 0);
    kill(reader, SIGKILL);
    assert_true(rig_next_child(rig, READER, reader, 1000) > 0);
    assert_true(rig_wait(rig, "process=reader why=died status=0 signal=9", 1, SOON_MS));
    unsigned before = rig_count(rig, "verdict class=valid");
    assert_true(rig_wait(rig, "verdict class=valid", before + 2, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_reader_that_hangs_is_replaced(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK COMES_AND_GOES);
    rig_run(rig);
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    pid_t reader = rig_child(rig, READER, SOON_MS);
    kill(reader, SIGSTOP);
    assert_true(rig_wait(rig, "process=reader why=silent", 1, SOON_MS));
    assert_true(rig_next_child(rig, READER, reader, 1000) > 0);
    unsigned before = rig_count(rig, "verdict class=valid");
    assert_true(rig_wait(rig, "verdict class=valid", before + 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

/* The spare, some time after the last verdict: it has locked itself in and waits. */
static pid_t waiting_verifier(const struct rig *rig) {
    usleep(500000);
    pid_t verifier = rig_child(rig, VERIFIER, SOON_MS);
    assert_true(verifier > 0);
    return verifier;
}

static void a_verifier_that_hangs_cannot_check_and_is_replaced(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK COMES_AND_GOES);
    rig_run(rig);
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    pid_t verifier = waiting_verifier(rig);
    kill(verifier, SIGSTOP);
    assert_true(rig_wait(rig, "class=cannot_check reason=unreadable cause=ERR_CHILD_SILENT", 1, SOON_MS));
    assert_true(rig_wait(rig, "process=verifier why=silent", 1, SOON_MS));
    unsigned before = rig_count(rig, "verdict class=valid");
    assert_true(rig_wait(rig, "verdict class=valid", before + 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_verifier_killed_while_it_judges_cannot_check(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK "empty 20\nscene good\nframe good.jpg for 600 ms\nempty 100\n");
    rig_run(rig);
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    pid_t verifier = waiting_verifier(rig);
    kill(verifier, SIGSTOP);
    pid_t spare =
        rig_next_child(rig, VERIFIER, verifier, SOON_MS); /* the next one starts when this one judges */
    assert_true(spare > 0);
    kill(verifier, SIGKILL);
    assert_true(rig_wait(rig, "class=cannot_check reason=unreadable cause=ERR_MESSAGE_CLOSED", 1, SOON_MS));
    unsigned before = rig_count(rig, "verdict class=valid");
    assert_true(rig_wait(rig, "verdict class=valid", before + 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

/* How many descriptors of a process lead to something whose name begins so. */
static unsigned count_descriptors(pid_t process, const char *beginning) {
    char path[64], target[PATH_MAX];
    unsigned count = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)process);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        ssize_t len = readlinkat(dirfd(folder), entry->d_name, target, sizeof target - 1);
        target[len > 0 ? len : 0] = 0;
        count += len > 0 && strncmp(target, beginning, strlen(beginning)) == 0 ? 1 : 0;
    }
    closedir(folder);
    return count;
}

static size_t environment_bytes(pid_t process, char *out, size_t size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/environ", (int)process);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t got = fread(out, 1, size, file);
    fclose(file);
    return got;
}

static void children_inherit_what_they_need_and_no_more(void **state) {
    struct rig *rig = *state;
    if (geteuid() != 0) {
        skip(); /* nobody else may look into a process that is not dumpable */
    }
    int leaked =
        open("Makefile", O_RDONLY); /* without close-on-exec, as a library of the screen may open one */
    assert_true(leaked >= 0);
    setenv("CREDKIOSK_CANARY", "sings", 1);
    rig_put_script(rig, RIG_CLOCK COMES_AND_GOES);
    rig_run(rig);
    close(leaked);
    unsetenv("CREDKIOSK_CANARY");
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    char here[PATH_MAX], environment[8192];
    assert_non_null(getcwd(here, sizeof here));
    const pid_t children[] = {rig_child(rig, READER, SOON_MS), waiting_verifier(rig)};
    static const unsigned pipes[] = {1, 0}; /* the camera */
    assert_int_equal(count_descriptors(rig->kiosk, here), 1);
    for (size_t i = 0; i < 2; i++) {
        assert_true(children[i] > 0);
        assert_int_equal(count_descriptors(children[i], here), 0);
        assert_int_equal(count_descriptors(children[i], "socket:"), 1);
        assert_int_equal(count_descriptors(children[i], "pipe:"), pipes[i]);
        assert_int_equal(count_descriptors(children[i], "/memfd:"), 0);
        size_t len = environment_bytes(children[i], environment, sizeof environment);
        assert_null(memmem(environment, len, "CANARY", 6));
        assert_null(memmem(environment, len, "PATH=", 5));
    }
    assert_int_equal(rig_end(rig), 0);
}

static void verifiers_that_keep_dying_put_it_out_of_order_until_one_lives(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK COMES_AND_GOES);
    rig_run(rig);
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    const char *out_of_order = "state out_of_order problem=ERR_CHILD_START";
    pid_t last = 0;
    for (int i = 0; i < 100 && rig_count(rig, out_of_order) == 0; i++) {
        last = rig_next_child(rig, VERIFIER, last, 1000);
        kill(last, SIGKILL);
    }
    assert_int_equal(rig_count(rig, out_of_order), 1);
    assert_true(rig_wait(rig, "state scan", 1, SOON_MS));
    unsigned before = rig_count(rig, "verdict class=valid");
    assert_true(rig_wait(rig, "verdict class=valid", before + 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void without_a_clock_valid_is_never_green(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, "clock unset\nempty 10\nscene unset\nframe good.jpg for 1200 ms\nempty 60\n");
    char table[2048];
    assert_int_equal(rig_tour(rig, table, sizeof table), 0);
    assert_row(rig, table, "unset\tvalid_note\t");
    rig_put_script(rig, "clock 1970-01-01\nempty 10\nscene old\nframe good.jpg for 1200 ms\nempty 60\n");
    assert_int_equal(rig_tour(rig, table, sizeof table), 0);
    assert_row(rig, table, "old\tvalid_note\t");
}

/* A newer list, in which nobody is named. */
static void install_empty_lists(struct rig *rig) {
    assert_ok(lists_finish(testpack_lists(&rig->pack, "next.db")));
    rig->pack.claims.seq++;
    testpack_sign(&rig->pack, "next.db", "list.tpk");
    rig_install(rig);
}

static void lists_installed_while_it_runs_replace_the_waiting_verifier(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK COMES_AND_GOES);
    rig_run(rig);
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    install_empty_lists(rig);
    assert_true(rig_wait(rig, "lists result=ok", 2, SOON_MS));
    assert_true(rig_wait(rig, "verdict class=cannot_check reason=unknown_issuer", 1, SOON_MS));
    char *journal = rig_journal(rig);
    char *after = strstr(journal, "reason=unknown_issuer");
    assert_null(strstr(after, "class=valid"));
    free(journal);
    assert_int_equal(rig_end(rig), 0);
}

static void a_verifier_that_waits_with_old_lists_judges_nobody(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK "empty 1000\n");
    rig_run(rig);
    assert_true(rig_wait(rig, "lists result=ok", 1, SOON_MS));
    pid_t old = waiting_verifier(rig);
    install_empty_lists(rig);
    assert_true(rig_wait(rig, "lists result=ok", 2, SOON_MS));
    assert_true(rig_next_child(rig, VERIFIER, old, SOON_MS) > 0);
    assert_int_equal(kill(old, 0), -1);
    assert_int_equal(rig_end(rig), 0);
}

static bool is_gone(pid_t process) {
    for (int i = 0; i < 200 && kill(process, 0) == 0; i++) {
        usleep(10000);
    }
    return kill(process, 0) != 0;
}

/* Stopped, they cannot hear that their socket is closed: they die with it all the same. */
static void children_end_with_a_kiosk_that_is_killed(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK "empty 1000\n");
    rig_run(rig);
    assert_true(rig_wait(rig, "lists result=ok", 1, SOON_MS));
    const pid_t children[] = {rig_child(rig, READER, SOON_MS), waiting_verifier(rig)};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(kill(children[i], SIGSTOP), 0);
    }
    assert_int_equal(kill(rig->kiosk, SIGKILL), 0);
    assert_int_equal(waitpid(rig->kiosk, NULL, 0), rig->kiosk);
    rig->kiosk = 0;
    assert_true(is_gone(children[0]));
    assert_true(is_gone(children[1]));
}

static void two_codes_in_view_get_no_verdict(void **state) {
    struct rig *rig = *state;
    rig_put_two_codes(rig, "two", span_of_text("one"), span_of_text("two"));
    rig_put_script(rig, RIG_CLOCK "empty 10\nscene two\nframe two.jpg for 1200 ms\nempty 60\n");
    char table[2048];
    assert_int_equal(rig_tour(rig, table, sizeof table), 0);
    assert_row(rig, table, "two\t-\ttwo_codes\t-");
    assert_int_equal(rig_count(rig, "verdict"), 0);
}

static void a_scene_without_an_answer_fails_the_tour(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK "empty 10\nscene good\nframe good.jpg for 900 ms\nempty 50\n"
                                  "scene torn\nframe cut 600 for 300 ms\nempty 50\n");
    char table[2048];
    assert_int_equal(rig_tour(rig, table, sizeof table), 70);
    assert_row(rig, table, "good\tvalid\tok\t");
    assert_row(rig, table, "torn\t-\tno answer\t-");
    struct room log = testpack_read(&rig->pack, "log");
    char *text = strndup((const char *)log.ptr, log.len);
    assert_non_null(strstr(text, err_sentence(ERR_TOUR)));
    free(text);
    free(log.ptr);
}

static void a_list_that_is_damaged_puts_the_kiosk_out_of_order(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK COMES_AND_GOES);
    testpack_put(&rig->pack, "data/slots/a", span_of_text("x"));
    testpack_put(&rig->pack, "data/slots/b", span_of_text("y"));
    rig_run(rig);
    assert_true(rig_wait(rig, "state out_of_order problem=ERR_INSTALL_SLOTS", 1, SOON_MS));
    assert_int_equal(rig_count(rig, "verdict class=valid"), 0);
    assert_int_equal(rig_end(rig), 0);
}

static void the_journal_is_a_chain(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK COMES_AND_GOES);
    for (int run = 0; run < 2; run++) {
        rig_run(rig);
        assert_true(rig_wait(rig, "verdict class=valid", 1 + (unsigned)run, SOON_MS));
        assert_int_equal(rig_end(rig), 0);
    }
    char *journal = rig_journal(rig);
    uint8_t chain[CRYPTO_SHA256_BYTES] = {0};
    for (char *line = journal, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        assert_true(journal_check(span_of_text(line), chain));
        assert_null(strstr(line, "Ada"));
    }
    free(journal);
}

static void a_bad_configuration_is_refused(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, "empty 10\n");
    snprintf(rig->config, sizeof rig->config, "[kiosk]\nresult_s = 500\n");
    char table[64];
    assert_int_equal(rig_tour(rig, table, sizeof table), 78);
    struct room log = testpack_read(&rig->pack, "log");
    assert_span_text(room_span(&log), "credkiosk: kiosk.ini:2: result_s is \"500\"; accepted: 0 to 120\n");
    free(log.ptr);
}

/* An argument names the tests to run, with * and ?. */
int main(int argc, char **argv) {
    cmocka_set_test_filter(argc > 1 ? argv[1] : NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_scene_gets_its_verdict, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(a_killed_reader_is_replaced_and_scanning_goes_on, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(a_reader_that_hangs_is_replaced, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(a_verifier_that_hangs_cannot_check_and_is_replaced, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(a_verifier_killed_while_it_judges_cannot_check, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(children_inherit_what_they_need_and_no_more, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(verifiers_that_keep_dying_put_it_out_of_order_until_one_lives,
                                        rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(without_a_clock_valid_is_never_green, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(lists_installed_while_it_runs_replace_the_waiting_verifier,
                                        rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(a_verifier_that_waits_with_old_lists_judges_nobody, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(children_end_with_a_kiosk_that_is_killed, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(two_codes_in_view_get_no_verdict, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(a_scene_without_an_answer_fails_the_tour, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(a_list_that_is_damaged_puts_the_kiosk_out_of_order, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(the_journal_is_a_chain, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(a_bad_configuration_is_refused, rig_with_badge, rig_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
