/* SPDX-License-Identifier: Apache-2.0 */
/* What face makes of a stick's status; installers there are none, so each order fails. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/brought.h"
#include "tests/lib/temp_folder.h"

struct desk {
    char path[TEMP_FOLDER_SIZE];
    int data;
    struct config config;
    struct board board;
    struct journal journal;
    struct service service;
    struct brought brought;
};

static int start(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    assert_true(temp_folder_make(desk->path));
    desk->data = open(desk->path, O_RDONLY | O_DIRECTORY);
    assert_int_equal(mkdirat(desk->data, "stick", 0700), 0);
    config_default(&desk->config);
    assert_ok(store_open(desk->data, &desk->board.store));
    desk->service = (struct service){.programs = "/nowhere",
                                     .data = desk->path,
                                     .config = &desk->config,
                                     .board = &desk->board,
                                     .journal = &desk->journal};
    *state = desk;
    return 0;
}

static int stop(void **state) {
    struct desk *desk = *state;
    brought_close(&desk->brought);
    store_close(&desk->board.store);
    config_close(&desk->config);
    close(desk->data);
    assert_true(temp_folder_remove(desk->path));
    free(desk);
    return 0;
}

static void say(struct desk *desk, enum stick_step step, enum err err, uint32_t packs, uint32_t tokens) {
    const struct stick_status status = {step, err, packs, tokens};
    assert_ok(stick_say(&desk->board.store, &status));
}

static void put(struct desk *desk, enum stick_kind kind, uint32_t index, const char *text) {
    char path[32];
    stick_path(kind, index, path);
    int file = openat(desk->data, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

static bool is_there(struct desk *desk, enum stick_kind kind, uint32_t index) {
    char path[32];
    stick_path(kind, index, path);
    return faccessat(desk->data, path, F_OK, 0) == 0;
}

/* Two turns a second apart. */
static enum brought_step turn(struct desk *desk, bool looking) {
    for (int i = 0; i < 2; i++) {
        desk->service.now_ms += 1000;
        (void)brought_turn(&desk->brought, &desk->service, looking);
    }
    return desk->brought.step;
}

static void follows_the_status(void **state) {
    struct desk *desk = *state;
    int lock = -1;
    assert_int_equal(turn(desk, true), BROUGHT_NOTHING);
    assert_ok(stick_lock(desk->data, &lock));
    say(desk, STICK_READING, ERR_OK, 0, 0);
    assert_int_equal(turn(desk, true), BROUGHT_READING);
    say(desk, STICK_FAILED, ERR_STICK_LARGE, 0, 0);
    assert_int_equal(turn(desk, true), BROUGHT_REFUSED);
    assert_int_equal(desk->brought.err, ERR_STICK_LARGE);
    say(desk, STICK_READY, ERR_OK, 0, 1);
    close(lock);
    assert_int_equal(turn(desk, false), BROUGHT_WAITING);
    assert_int_equal(turn(desk, true), BROUGHT_TOKENS);
}

/* Without somebody at work a stick that is being read has failed; so has a status that is none. */
static void nobody_waits_for_a_reader_that_died(void **state) {
    struct desk *desk = *state;
    say(desk, STICK_READING, ERR_OK, 0, 0);
    assert_int_equal(turn(desk, false), BROUGHT_REFUSED);
    assert_int_equal(desk->brought.err, ERR_STICK_READ);
    int file = openat(desk->data, "stick/status", O_WRONLY | O_TRUNC);
    assert_int_equal(write(file, "junk", 4), 4);
    close(file);
    assert_int_equal(utimensat(desk->data, "stick/status", (const struct timespec[2]){{5, 0}, {5, 0}}, 0), 0);
    assert_int_equal(turn(desk, false), BROUGHT_REFUSED);
    assert_int_equal(desk->brought.err, ERR_STORE_READ);
}

static void an_installer_that_cannot_be_started_refuses(void **state) {
    struct desk *desk = *state;
    put(desk, STICK_PACK, 0, "a");
    say(desk, STICK_READY, ERR_OK, 1, 0);
    assert_int_equal(turn(desk, true), BROUGHT_REFUSED);
    assert_int_equal(desk->brought.err, ERR_CHILD_START);
    assert_true(is_there(desk, STICK_PACK, 0));
    brought_dismiss(&desk->brought, &desk->service);
    assert_int_equal(desk->brought.step, BROUGHT_NOTHING);
    assert_false(is_there(desk, STICK_PACK, 0));
    assert_int_equal(turn(desk, true), BROUGHT_NOTHING);
}

/* Between what was shown and the hand that confirms it another stick was put in: its list is not installed unseen. */
static void what_was_not_looked_at_is_not_installed(void **state) {
    struct desk *desk = *state;
    put(desk, STICK_PACK, 0, "a");
    say(desk, STICK_READY, ERR_OK, 1, 0);
    assert_int_equal(turn(desk, false), BROUGHT_WAITING);
    desk->brought.step = BROUGHT_FOUND;
    desk->brought.chosen = 0;
    put(desk, STICK_PACK, 0, "b");
    say(desk, STICK_READY, ERR_OK, 1, 0);
    brought_confirm(&desk->brought, &desk->service);
    assert_int_equal(desk->brought.step, BROUGHT_REFUSED);
    assert_int_equal(desk->brought.err, ERR_STICK_READ);
    assert_int_equal(turn(desk, false), BROUGHT_WAITING);
}

static void only_what_was_found_is_confirmed(void **state) {
    struct desk *desk = *state;
    for (int step = BROUGHT_NOTHING; step <= BROUGHT_TOKENS; step++) {
        desk->brought = (struct brought){.step = (enum brought_step)step};
        brought_confirm(&desk->brought, &desk->service);
        assert_int_equal(desk->brought.step, step == BROUGHT_FOUND ? BROUGHT_REFUSED : step);
    }
}

/* Copies that a program is writing right now are not taken away under its hands. */
static void a_stick_that_is_being_read_keeps_its_copies(void **state) {
    struct desk *desk = *state;
    int lock = -1;
    put(desk, STICK_PACK, 0, "a");
    say(desk, STICK_READY, ERR_OK, 1, 0);
    desk->brought.step = BROUGHT_FOUND;
    assert_ok(stick_lock(desk->data, &lock));
    brought_dismiss(&desk->brought, &desk->service);
    assert_true(is_there(desk, STICK_PACK, 0));
    close(lock);
}

/* Each is handed over once, after the packs, and the next after its answer; what is no token's size is none. */
static void tokens_come_after_the_packs_one_by_one(void **state) {
    struct desk *desk = *state;
    struct brought *brought = &desk->brought;
    uint8_t bytes[16];
    struct room token = room_over(bytes, sizeof bytes);
    put(desk, STICK_TOKEN, 0, "one");
    put(desk, STICK_TOKEN, 1, "longer than sixteen bytes");
    put(desk, STICK_TOKEN, 2, "\r\n two\n\n");
    say(desk, STICK_READY, ERR_OK, 0, 3);
    assert_int_equal(turn(desk, false), BROUGHT_WAITING);
    assert_false(brought_token(brought, &desk->service, &token));
    assert_int_equal(turn(desk, true), BROUGHT_TOKENS);
    assert_false(brought_is_over(brought));
    assert_true(brought_token(brought, &desk->service, &token));
    assert_span_text(room_span(&token), "one");
    assert_false(brought_token(brought, &desk->service, &token));
    brought_token_answered(brought, &desk->service, ERR_OK);
    assert_false(brought_is_over(brought));
    assert_true(brought_token(brought, &desk->service, &token));
    assert_span_text(room_span(&token), "two");
    assert_int_equal(brought->token_err, ERR_FRESH_SHAPE);
    assert_false(brought_is_over(brought));
    brought_token_answered(brought, &desk->service, ERR_FRESH_REPLAYED);
    assert_false(brought_token(brought, &desk->service, &token));
    assert_true(brought_is_over(brought));
    assert_int_equal(brought->taken, 1);
    assert_int_equal(brought->refused, 2);
    assert_int_equal(brought->token_err, ERR_FRESH_REPLAYED);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(follows_the_status),
        CASE(nobody_waits_for_a_reader_that_died),
        CASE(an_installer_that_cannot_be_started_refuses),
        CASE(what_was_not_looked_at_is_not_installed),
        CASE(only_what_was_found_is_confirmed),
        CASE(a_stick_that_is_being_read_keeps_its_copies),
        CASE(tokens_come_after_the_packs_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
