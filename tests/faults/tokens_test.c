/* SPDX-License-Identifier: Apache-2.0 */
/* Freshness tokens beside an installed pack: what is kept over restarts, kills, damage, newer packs and newer roots. No
 * revocation that was accepted gets lost unnoticed. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/sim/faulty_store.h"
#include "credctl/build/freshener.h"
#include "kiosk/install.h"
#include "kiosk/install_tokens.h"
#include "tests/lib/testpack.h"

#define HOUR_S   3600
#define MONDAY_S (TESTPACK_IAT_S + HOUR_S)
#define DAY(n)   (MONDAY_S + (n)*TESTPACK_DAY_S)
#define LATE_S   DAY(10)

static struct testpack workshop;
static uint8_t ids[8][CRYPTO_SHA256_BYTES]; /* of the packs, by number */
static int folder;
static struct store_port store;

static void sign(uint64_t seq, const char *pack) {
    struct pack *opened = NULL;
    workshop.claims.seq = seq;
    testpack_sign(&workshop, "lists.db", pack);
    assert_ok(testpack_open(&workshop, pack, PACK_OPEN_USE, &opened));
    memcpy(ids[seq], pack_info(opened)->id, sizeof ids[seq]);
    pack_close(opened);
}

static int start(void **state) {
    (void)state;
    testpack_start_with(&workshop, CRYPTO_EDDSA, CRYPTO_EDDSA);
    testpack_default_lists(&workshop, "lists.db");
    sign(5, "5.tpk");
    sign(6, "6.tpk");
    workshop.rules.now = interval_at(LATE_S);
    return 0;
}

static int stop(void **state) {
    (void)state;
    testpack_stop(&workshop);
    return 0;
}

static enum err install(const char *pack) {
    char path[PATH_MAX];
    enum install_outcome outcome = INSTALL_NOT_DONE;
    testpack_path(&workshop, pack, path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    enum err err = install_pack(&store, file, &workshop.rules, &outcome);
    close(file);
    return err;
}

/* A data folder of its own for each test, with pack 5. */
static int open_folder(void **state) {
    (void)state;
    static unsigned number;
    char name[32], path[PATH_MAX];
    snprintf(name, sizeof name, "data%u", ++number);
    testpack_path(&workshop, name, path);
    assert_int_equal(mkdir(path, 0700), 0);
    folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_ok(store_open(folder, &store));
    workshop.rules.now = interval_at(LATE_S);
    assert_ok(install("5.tpk"));
    return 0;
}

static int close_folder(void **state) {
    (void)state;
    store_close(&store);
    close(folder);
    return 0;
}

/* A token for a pack that revokes a credential for each letter. */
static struct span token(uint64_t seq, int64_t iat_s, const char *letters, struct room *out) {
    struct fresh_revocation revoked[LIMIT_FRESH_REVOKED] = {0};
    struct freshener_claims claims = {.scheme = span_of_text("example"),
                                      .root_version = 1,
                                      .seq = seq,
                                      .iat_s = iat_s,
                                      .next_update_s = iat_s + 14 * TESTPACK_DAY_S,
                                      .revoked = revoked,
                                      .count = strlen(letters)};
    for (size_t i = 0; i < claims.count; i++) {
        revoked[i].kind = FRESH_CREDENTIAL;
        memset(revoked[i].sha256, letters[i], CRYPTO_SHA256_BYTES);
    }
    memcpy(claims.id, ids[seq], sizeof claims.id);
    assert_ok(freshener_sign(&claims, workshop.release, out));
    return room_span(out);
}

static enum err add_to(const struct store_port *to, uint64_t seq, int64_t iat_s, const char *letters) {
    uint8_t text[8192];
    struct room room = room_over(text, sizeof text);
    return install_tokens_add(to, token(seq, iat_s, letters, &room), &workshop.rules, NULL);
}

static enum err add(int64_t iat_s, const char *letters) {
    return add_to(&store, 5, iat_s, letters);
}

/* What a verifier of the next start would judge by. */
static struct fresh judged_by(int64_t *last_s) {
    static struct install_tokens tokens;
    struct pack *pack = NULL;
    struct fresh fresh;
    assert_ok(install_current(&store, &workshop.rules, &pack, NULL));
    assert_ok(install_tokens_read(&store, pack_info(pack), &tokens));
    assert_ok(install_tokens_join(&tokens, pack, &fresh));
    pack_close(pack);
    if (last_s != NULL) {
        *last_s = tokens.iat_s;
    }
    return fresh;
}

/* Exactly these letters are revoked, and nothing is lost. */
static void expect(const char *letters, size_t tokens) {
    struct fresh fresh = judged_by(NULL);
    assert_false(fresh.incomplete);
    assert_int_equal(fresh.count, strlen(letters));
    assert_int_equal(fresh.tokens, tokens);
    for (size_t i = 0; letters[i] != '\0'; i++) {
        uint8_t sha256[CRYPTO_SHA256_BYTES];
        memset(sha256, letters[i], sizeof sha256);
        assert_non_null(fresh_find(&fresh, FRESH_CREDENTIAL, sha256));
    }
}

static void what_was_accepted_is_there_after_a_restart(void **state) {
    (void)state;
    expect("", 0);
    assert_ok(add(DAY(0), "ab"));
    expect("ab", 1);
    assert_ok(add(DAY(1), "bc")); /* does not repeat a: both stay */
    expect("abc", 2);
    assert_int_equal(judged_by(NULL).iat_s, DAY(1));
    assert_ok(add(DAY(2), "dcab")); /* repeats all */
    expect("abcd", 1);
}

static void mondays_token_does_not_undo_wednesdays(void **state) {
    (void)state;
    assert_ok(add(DAY(2), "a"));
    assert_err(add(DAY(0), ""), ERR_FRESH_REPLAYED);
    assert_err(add(DAY(2), ""), ERR_FRESH_REPLAYED); /* the same once more */
    expect("a", 1);
    assert_ok(add(DAY(3), "")); /* a newer one that says nothing of it does not undo it either */
    expect("a", 2);
    assert_int_equal(judged_by(NULL).iat_s, DAY(3));
}

static void a_refused_token_changes_nothing(void **state) {
    (void)state;
    assert_ok(add(DAY(0), "a"));
    assert_err(add_to(&store, 6, DAY(1), "b"), ERR_FRESH_NEWER);
    assert_err(add(LATE_S + 1, "b"), ERR_FRESH_FUTURE);
    assert_err(install_tokens_add(&store, span_of_text("nothing"), &workshop.rules, NULL), ERR_JWS_SHAPE);
    workshop.rules.now = (struct interval){.lo_s = DAY(0), .hi_s = INTERVAL_UNBOUNDED};
    assert_err(add(LATE_S + 4000 * TESTPACK_DAY_S, "b"), ERR_FRESH_FAR_AHEAD);
    expect("a", 1);
}

static void no_more_tokens_are_kept_than_fit(void **state) {
    (void)state;
    char letter[2] = "a";
    for (int i = 0; i < (int)LIMIT_FRESH_TOKENS; i++, letter[0]++) {
        assert_ok(add(DAY(0) + i, letter));
    }
    assert_err(add(DAY(1), letter), ERR_FRESH_FULL);
    expect("abcdef", LIMIT_FRESH_TOKENS);
    assert_ok(add(DAY(1), "abcdefg"));
    expect("abcdefg", 1);
}

static void a_newer_pack_takes_them_over_and_the_last_date_stays(void **state) {
    (void)state;
    int64_t last_s = 0;
    assert_ok(add(DAY(3), "a"));
    assert_ok(install("6.tpk"));
    struct fresh fresh = judged_by(&last_s);
    assert_int_equal(fresh.tokens, 0);
    assert_false(fresh.incomplete);
    assert_int_equal(last_s, DAY(3));
    assert_err(add(DAY(4), "b"), ERR_FRESH_OLDER);
    assert_err(add_to(&store, 6, DAY(3), ""), ERR_FRESH_REPLAYED);
    assert_ok(add_to(&store, 6, DAY(4), "c"));
    expect("c", 1);
}

static enum err read_whole(uint8_t *bytes, size_t cap, size_t *len) {
    struct room room = room_over(bytes, cap);
    enum err err = store.read(store.ctx, INSTALL_TOKENS, &room);
    *len = room.len;
    return err;
}

static void put_whole(const uint8_t *bytes, size_t len) {
    int file = openat(folder, INSTALL_TOKENS, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_int_equal(write(file, bytes, len), (ssize_t)len);
    close(file);
}

static void a_damaged_record_is_noticed_wherever_it_is_damaged(void **state) {
    (void)state;
    static uint8_t bytes[65536];
    size_t len = 0;
    assert_ok(add(DAY(0), "a"));
    assert_ok(read_whole(bytes, sizeof bytes, &len));
    for (size_t at = 0; at < len; at += at < 40 || len - at < 70 ? 1 : 37) {
        bytes[at] ^= 1;
        put_whole(bytes, len);
        assert_true(judged_by(NULL).incomplete);
        bytes[at] ^= 1;
        put_whole(bytes, at);
        assert_true(judged_by(NULL).incomplete);
    }
    put_whole(bytes, len);
    expect("a", 1);
}

/* After damage no older token comes in, a newer one does and does not hide the damage; a newer pack ends it. */
static void what_is_lost_stays_lost_until_a_newer_pack(void **state) {
    (void)state;
    assert_ok(add(DAY(2), "a"));
    put_whole((const uint8_t *)"rubbish\n", 8);
    assert_true(judged_by(NULL).incomplete);
    assert_err(add(DAY(1), ""), ERR_FRESH_REPLAYED); /* the clock has passed that: it may be a replay */
    assert_true(judged_by(NULL).incomplete);
    workshop.rules.now = (struct interval){.lo_s = DAY(2), .hi_s = LATE_S, .source = INTERVAL_STATED};
    assert_ok(add(DAY(4), "b"));
    struct fresh fresh = judged_by(NULL);
    assert_true(fresh.incomplete);
    assert_int_equal(fresh.count, 1);
    assert_ok(install("5.tpk")); /* the same again */
    assert_true(judged_by(NULL).incomplete);
    assert_ok(install("6.tpk"));
    assert_false(judged_by(NULL).incomplete);
    assert_err(add_to(&store, 6, DAY(4), ""), ERR_FRESH_REPLAYED);
    put_whole((const uint8_t *)"", 0);
    assert_true(judged_by(NULL).incomplete);
}

static void without_a_pack_there_is_nothing_to_confirm(void **state) {
    (void)state;
    char path[PATH_MAX];
    struct store_port empty = {0};
    testpack_path(&workshop, "empty", path);
    assert_int_equal(mkdir(path, 0700), 0);
    int other = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_ok(store_open(other, &empty));
    assert_err(add_to(&empty, 5, DAY(0), ""), ERR_INSTALL_NONE);
    store_close(&empty);
    close(other);
}

/* In a process that dies as planned. */
static bool dies_adding(const struct faulty_plan *plan) {
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store_port faulty = {0};
        bool opened = faulty_store_open(folder, plan, NULL, &faulty) == ERR_OK;
        _exit(opened && add_to(&faulty, 5, DAY(1), "bc") == ERR_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

static void expect_old_or_new(void) {
    struct fresh fresh = judged_by(NULL);
    assert_false(fresh.incomplete);
    if (fresh.tokens == 1) {
        expect("a", 1);
    } else {
        expect("abc", 2);
    }
}

static void a_kill_while_storing_leaves_the_old_or_the_new_ones(void **state) {
    (void)state;
    for (int torn = 0; torn < 2; torn++) {
        bool died = true;
        unsigned step = 1;
        for (; died; step++) {
            assert_true(step < 50);
            open_folder(NULL);
            assert_ok(add(DAY(0), "a"));
            struct faulty_plan plan = {.kill_at = torn ? 0 : step, .tear_at = torn ? step : 0};
            died = dies_adding(&plan);
            expect_old_or_new();
            close_folder(NULL);
        }
        assert_true(step > 5);
    }
    open_folder(NULL);
}

static void a_full_disk_is_said_and_the_old_ones_stay(void **state) {
    (void)state;
    assert_ok(add(DAY(0), "a"));
    enum err err = ERR_STORE_WRITE;
    for (unsigned step = 1; err != ERR_OK; step++) {
        struct store_port faulty = {0};
        struct faulty_plan plan = {.fail_at = step};
        assert_ok(faulty_store_open(folder, &plan, NULL, &faulty));
        err = add_to(&faulty, 5, DAY(1), "bc");
        faulty_store_close(&faulty);
        assert_true(err == ERR_OK || err == ERR_STORE_WRITE || err == ERR_FRESH_REPLAYED);
        expect_old_or_new();
        if (err == ERR_FRESH_REPLAYED) { /* it was written before the disk failed */
            break;
        }
    }
    expect("abc", 2);
}

/* Last: the release key is another one afterwards. */
static void a_newer_root_begins_anew(void **state) {
    (void)state;
    uint8_t text[8192];
    struct room old = room_over(text, sizeof text);
    int64_t last_s = 0;
    assert_ok(add(DAY(5), "a"));
    token(5, DAY(6), "b", &old);
    testpack_rotate(&workshop);
    sign(1, "r2-1.tpk");
    workshop.rules.now = interval_at(LATE_S);
    assert_ok(install("r2-1.tpk"));
    struct fresh fresh = judged_by(&last_s);
    assert_false(fresh.incomplete);
    assert_int_equal(fresh.tokens, 0);
    assert_int_equal(last_s, 0);
    assert_err(install_tokens_add(&store, room_span(&old), &workshop.rules, NULL), ERR_FRESH_SIGNER);
    assert_err(add_to(&store, 1, DAY(6), "b"), ERR_FRESH_ROOT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_accepted_is_there_after_a_restart, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(mondays_token_does_not_undo_wednesdays, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_refused_token_changes_nothing, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(no_more_tokens_are_kept_than_fit, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_newer_pack_takes_them_over_and_the_last_date_stays, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(a_damaged_record_is_noticed_wherever_it_is_damaged, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(what_is_lost_stays_lost_until_a_newer_pack, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(without_a_pack_there_is_nothing_to_confirm, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(a_kill_while_storing_leaves_the_old_or_the_new_ones, NULL,
                                        close_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said_and_the_old_ones_stay, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_newer_root_begins_anew, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
