/* SPDX-License-Identifier: Apache-2.0 */
/* kiosk_stick_test: the real programs on board sim: a list comes by a stick, behind the PIN, whole or not at all. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/datetime.h"
#include "boards/store.h"
#include "config/pin_hash.h"
#include "credctl/build/freshener.h"
#include "kiosk/build_time.h"
#include "kiosk/install.h"
#include "tests/lib/rig.h"

#define SOON_MS 30000
/* Scripts play again from the beginning; nothing more is to happen. */
#define THEN_NOTHING "empty 6000\n"
#define IN           "touch staff\ntouch 246810\ntouch enter\ntouch import\n"

static int start(void **state) {
    static const uint8_t salt[PIN_HASH_SALT_BYTES] = "sixteen bytes...";
    struct rig *rig = calloc(1, sizeof *rig);
    struct pin_hash pin = {0};
    char text[PIN_HASH_TEXT_SIZE], config[sizeof rig->config], path[PATH_MAX];
    rig_start(rig);
    assert_ok(pin_hash_make(span_of_text("246810"), salt, PIN_HASH_ROUNDS_MIN, &pin));
    pin_hash_write(&pin, text);
    snprintf(config, sizeof config, "%s[staff]\npin = %s\n", rig->config, text);
    snprintf(rig->config, sizeof rig->config, "%s", config);
    testpack_path(&rig->pack, "brought", path);
    assert_int_equal(mkdir(path, 0755), 0);
    *state = rig;
    return 0;
}

static int stop(void **state) {
    rig_stop(*state);
    free(*state);
    return 0;
}

/* When the tests are: after the build, whose time a list must not have ended before; the list that the rig has installed
 * has ended by then. */
static int64_t today_s(void) {
    int64_t ended_s = TESTPACK_IAT_S + 100 * TESTPACK_DAY_S;
    return (build_time_s > ended_s ? build_time_s : ended_s) + TESTPACK_DAY_S;
}

/* A script on that day. */
static void put_script(const struct rig *rig, const char *steps) {
    char script[2048], date[DATETIME_TEXT_SIZE];
    datetime_text(today_s(), date);
    snprintf(script, sizeof script, "clock %s\nempty 10\n%s" THEN_NOTHING, date, steps);
    rig_put_script(rig, script);
}

static void assert_comes(const struct rig *rig, const char *text, unsigned count) {
    if (!rig_wait(rig, text, count, SOON_MS)) {
        char *journal = rig_journal(rig);
        print_error("%s\n", journal);
        free(journal);
        fail_msg("\"%s\" does not come", text);
    }
}

/* A list with another issuer than the one in use, number `seq`, onto the stick; made `ahead_s` later than is right. */
static void bring(struct rig *rig, const char *name, uint64_t seq, int64_t ahead_s) {
    char path[64];
    struct lists *lists = testpack_lists(&rig->pack, "next.db");
    int64_t row = 0;
    struct lists_issuer issuer = {.territory = span_of_text("EX"), .source = span_of_text("by hand")};
    struct span identifier = span_of_text("did:web:other.example");
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_identifier(lists, row, identifier));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), identifier));
    assert_ok(lists_finish(lists));
    rig->pack.claims.seq = seq;
    rig->pack.claims.iat_s = today_s() - 3600 + ahead_s;
    rig->pack.claims.next_update_s = rig->pack.claims.iat_s + 14 * TESTPACK_DAY_S;
    rig->pack.claims.expires_s = rig->pack.claims.iat_s + 60 * TESTPACK_DAY_S;
    snprintf(path, sizeof path, "brought/%s", name);
    testpack_sign(&rig->pack, "next.db", path);
}

/* The number of the list in use, as another program finds it. */
static uint64_t seq_in_use(const struct rig *rig) {
    char path[PATH_MAX];
    struct store_port store = {0};
    struct pack *pack = NULL;
    testpack_path(&rig->pack, "data", path);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_ok(store_open(folder, &store));
    struct pack_rules rules = rig->pack.rules;
    rules.now = interval_at(today_s());
    assert_ok(install_current(&store, &rules, &pack, NULL));
    uint64_t seq = pack_info(pack)->seq;
    pack_close(pack);
    store_close(&store);
    close(folder);
    return seq;
}

/* Nothing of a stick is left in the data folder. */
static void assert_forgotten(const struct rig *rig) {
    static const char *const names[] = {"status", "part", "pack-0", "pack-1", "pack-2", "token-0"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[PATH_MAX], name[64];
        snprintf(name, sizeof name, "data/stick/%s", names[i]);
        testpack_path(&rig->pack, name, path);
        assert_int_equal(access(path, F_OK), -1);
    }
}

static void a_stick_brings_a_list_into_use(void **state) {
    struct rig *rig = *state;
    rig_put_badge(rig, "good", &(struct rig_badge){.status_index = 1});
    bring(rig, "next.tpk", 6, 0);
    put_script(rig, "frame good.jpg for 1500 ms\nempty 40\nstick brought\nempty 40\n" IN
                    "touch confirm\nempty 60\nunplug stick\ntouch back\ntouch leave\nempty 30\n"
                    "frame good.jpg for 1500 ms\n");
    rig_run(rig);
    assert_comes(rig, "verdict class=cannot_check reason=list_expired", 1);
    assert_comes(rig, "stick step=waiting", 1);
    assert_comes(rig, "stick step=found", 1);
    assert_comes(rig, "stick step=done", 1);
    assert_comes(rig, "lists result=ok", 2);
    assert_comes(rig, "staff left", 1);
    assert_comes(rig, "reason=unknown_issuer", 1); /* the new list does not know the badge's issuer */
    assert_int_equal(rig_count(rig, "touch missed"), 0);
    assert_int_equal(rig_end(rig), 0);
    assert_int_equal(seq_in_use(rig), 6);
    assert_forgotten(rig);
}

static void a_stick_that_is_left_alone_changes_nothing(void **state) {
    struct rig *rig = *state;
    bring(rig, "next.tpk", 6, 0);
    put_script(rig, "stick brought\nempty 10\n" IN "touch cancel\ntouch leave\n");
    rig_run(rig);
    assert_comes(rig, "stick step=found", 1);
    assert_comes(rig, "stick step=nothing", 1);
    assert_comes(rig, "staff left", 1);
    assert_int_equal(rig_count(rig, "stick step=installing"), 0);
    assert_int_equal(rig_end(rig), 0);
    assert_int_equal(seq_in_use(rig), 5);
    assert_forgotten(rig);
}

/* Nobody without the PIN has anything of a stick looked into. */
static void without_the_pin_a_stick_is_only_noticed(void **state) {
    struct rig *rig = *state;
    bring(rig, "next.tpk", 6, 0);
    put_script(rig, "stick brought\nempty 10\ntouch staff\ntouch 111111\ntouch enter\n"
                    "touch import\ntouch confirm\n");
    rig_run(rig);
    assert_comes(rig, "stick step=waiting", 1);
    assert_comes(rig, "touch missed=confirm", 1);
    assert_int_equal(rig_count(rig, "stick step=looking"), 0);
    assert_int_equal(rig_end(rig), 0);
    assert_int_equal(seq_in_use(rig), 5);
}

static void the_newest_of_several_lists_is_offered(void **state) {
    struct rig *rig = *state;
    bring(rig, "a.tpk", 4, 0);
    bring(rig, "b.tpk", 9, 0);
    bring(rig, "c.tpk", 7, 0);
    testpack_put(&rig->pack, "brought/d.fresh", span_of_text("no token"));
    put_script(rig, "stick brought\nempty 10\n" IN "touch confirm\n");
    rig_run(rig);
    assert_comes(rig, "stick step=done", 1);
    assert_comes(rig, "lists result=ok", 2);
    assert_int_equal(rig_end(rig), 0);
    assert_int_equal(seq_in_use(rig), 9);
}

/* Put one kind of stick in, look at it, and expect this refusal; the list in use stays. */
static void expect_refusal(struct rig *rig, const char *stick, enum err err) {
    char script[512], text[64];
    snprintf(script, sizeof script, "%s\nempty 20\n" IN, stick);
    snprintf(text, sizeof text, "stick step=refused why=%s", err_name(err));
    unsigned before = rig_count(rig, text);
    put_script(rig, script);
    rig_run(rig);
    assert_comes(rig, text, before + 1);
    assert_int_equal(rig_count(rig, "stick step=found"), 0);
    assert_int_equal(rig_end(rig), 0);
    assert_int_equal(seq_in_use(rig), 5);
}

static void what_must_not_be_installed_is_refused_by_name(void **state) {
    struct rig *rig = *state;
    bring(rig, "next.tpk", 4, 0);
    expect_refusal(rig, "stick brought", ERR_INSTALL_ROLLBACK);
    bring(rig, "next.tpk", 5, 0);
    expect_refusal(rig, "stick brought", ERR_INSTALL_FORKED);
    bring(rig, "next.tpk", 6, 2 * TESTPACK_DAY_S);
    expect_refusal(rig, "stick brought", ERR_PACK_FUTURE);
    testpack_put(&rig->pack, "brought/next.tpk", span_of_text("this is no list\nat all\n"));
    expect_refusal(rig, "stick brought", ERR_PACK_SHAPE);
}

/* Two lists of one number are an alarm, though a good one lies beside them. */
static void a_fork_is_an_alarm_whatever_else_is_there(void **state) {
    struct rig *rig = *state;
    bring(rig, "a.tpk", 5, 0);
    bring(rig, "b.tpk", 8, 0);
    expect_refusal(rig, "stick brought", ERR_INSTALL_FORKED);
}

static void a_stick_pulled_out_or_full_of_traps_changes_nothing(void **state) {
    struct rig *rig = *state;
    char path[PATH_MAX];
    bring(rig, "next.tpk", 6, 0);
    expect_refusal(rig, "stick brought cut 5000", ERR_STICK_READ);
    expect_refusal(rig, "stick nowhere", ERR_STICK_MOUNT);
    testpack_path(&rig->pack, "brought/next.tpk", path);
    assert_int_equal(unlink(path), 0);
    expect_refusal(rig, "stick brought", ERR_STICK_EMPTY);
    assert_int_equal(symlink("../list.tpk", path), 0);
    expect_refusal(rig, "stick brought", ERR_STICK_EMPTY);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0644), 0);
    expect_refusal(rig, "stick brought", ERR_STICK_EMPTY);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0755), 0);
    expect_refusal(rig, "stick brought", ERR_STICK_EMPTY);
    assert_int_equal(rmdir(path), 0);
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    assert_int_equal(ftruncate(file, LIMIT_PACK_BYTES + 1), 0);
    close(file);
    expect_refusal(rig, "stick brought", ERR_STICK_LARGE);
}

/* The same stick once more: there is nothing to install, and nothing is. */
static void the_list_in_use_is_said_to_be_that(void **state) {
    struct rig *rig = *state;
    bring(rig, "next.tpk", 6, 0);
    put_script(rig,
               "stick brought\nempty 10\n" IN "touch confirm\nempty 60\ntouch back\nempty 30\nstick brought\n"
               "empty 30\ntouch import\nempty 40\ntouch back\n");
    rig_run(rig);
    assert_comes(rig, "stick step=done", 1);
    assert_comes(rig, "stick step=unchanged", 1);
    assert_comes(rig, "stick step=nothing", 2);
    assert_int_equal(rig_end(rig), 0);
    assert_forgotten(rig);
}

/* A code for the list of that number, whose id it needs, onto the stick. */
static void bring_code(struct rig *rig, const char *pack_name, const char *name) {
    struct pack *pack = NULL;
    char bytes[LIMIT_FRESH_BYTES];
    struct room token = room_over(bytes, sizeof bytes);
    struct interval then = rig->pack.rules.now;
    rig->pack.rules.now = interval_at(today_s());
    assert_ok(testpack_open(&rig->pack, pack_name, PACK_OPEN_USE, &pack));
    rig->pack.rules.now = then;
    const struct pack_info *info = pack_info(pack);
    struct freshener_claims claims = {.scheme = info->scheme,
                                      .root_version = info->root_version,
                                      .seq = info->seq,
                                      .iat_s = today_s() - 600,
                                      .next_update_s = today_s() + 20 * TESTPACK_DAY_S};
    memcpy(claims.id, info->id, sizeof claims.id);
    assert_ok(freshener_sign(&claims, rig->pack.release, &token));
    assert_ok(room_put(&token, span_of_text("\n")));
    testpack_put(&rig->pack, name, room_span(&token));
    pack_close(pack);
}

/* The code speaks of the list beside it, and is taken in after it. */
static void a_code_beside_the_list_is_taken_in_after_it(void **state) {
    struct rig *rig = *state;
    bring(rig, "next.tpk", 6, 0);
    bring_code(rig, "brought/next.tpk", "brought/code.fresh");
    testpack_put(&rig->pack, "brought/other.fresh", span_of_text("no code"));
    put_script(rig, "stick brought\nempty 10\n" IN "touch confirm\nempty 150\ntouch back\n");
    rig_run(rig);
    assert_comes(rig, "stick step=done", 1);
    assert_comes(rig, "stick token=taken", 1);
    assert_comes(rig, "stick token=ERR", 1);
    assert_comes(rig, "stick step=nothing", 1);
    assert_int_equal(rig_end(rig), 0);
    assert_int_equal(seq_in_use(rig), 6);
    assert_forgotten(rig);
}

/* A code alone, for a list that this kiosk has not: said, and nothing changes. */
static void a_code_for_another_list_is_refused(void **state) {
    struct rig *rig = *state;
    char path[PATH_MAX];
    bring(rig, "next.tpk", 6, 0);
    bring_code(rig, "brought/next.tpk", "brought/code.fresh");
    testpack_path(&rig->pack, "brought/next.tpk", path);
    assert_int_equal(unlink(path), 0);
    put_script(rig, "stick brought\nempty 10\n" IN "empty 150\ntouch back\n");
    rig_run(rig);
    assert_comes(rig, "stick step=tokens", 1);
    assert_comes(rig, "stick token=ERR_FRESH_NEWER", 1);
    assert_comes(rig, "stick step=nothing", 1);
    assert_int_equal(rig_end(rig), 0);
    assert_int_equal(seq_in_use(rig), 5);
}

/* The machine went off while a stick was read: nobody waits for ever. */
static void a_stick_that_nobody_reads_any_more_is_said_to_have_failed(void **state) {
    struct rig *rig = *state;
    char path[PATH_MAX];
    testpack_path(&rig->pack, "data/stick", path);
    assert_int_equal(mkdir(path, 0700), 0);
    testpack_put(&rig->pack, "data/stick/status", span_of_text("reading 0 0 ERR_OK\n"));
    expect_refusal(rig, "empty 1", ERR_STICK_READ);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        CASE(a_stick_brings_a_list_into_use),
        CASE(a_stick_that_is_left_alone_changes_nothing),
        CASE(without_the_pin_a_stick_is_only_noticed),
        CASE(the_newest_of_several_lists_is_offered),
        CASE(what_must_not_be_installed_is_refused_by_name),
        CASE(a_fork_is_an_alarm_whatever_else_is_there),
        CASE(a_stick_pulled_out_or_full_of_traps_changes_nothing),
        CASE(the_list_in_use_is_said_to_be_that),
        CASE(a_code_beside_the_list_is_taken_in_after_it),
        CASE(a_code_for_another_list_is_refused),
        CASE(a_stick_that_nobody_reads_any_more_is_said_to_have_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
