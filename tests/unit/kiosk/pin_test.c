/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/sim/faulty_store.h"
#include "kiosk/pin.h"
#include "tests/lib/testpack.h"

#define RIGHT span_of_text("246810")
#define WRONG span_of_text("246811")

struct place {
    struct testpack folder;
    struct store_port store;
    struct pin_hash pin;
    int descriptor;
};

static int start(void **state) {
    static const uint8_t salt[PIN_HASH_SALT_BYTES] = "sixteen bytes...";
    struct place *place = calloc(1, sizeof *place);
    testpack_start(&place->folder);
    place->descriptor = open(place->folder.folder, O_RDONLY | O_DIRECTORY);
    assert_ok(store_open(place->descriptor, &place->store));
    assert_ok(pin_hash_make(RIGHT, salt, PIN_HASH_ROUNDS_MIN, &place->pin));
    *state = place;
    return 0;
}

static int stop(void **state) {
    struct place *place = *state;
    store_close(&place->store);
    close(place->descriptor);
    testpack_stop(&place->folder);
    free(place);
    return 0;
}

static enum pin_answer try(struct place *place, struct pin_guard *guard, struct span digits, int64_t now_ms) {
    return pin_guard_try(guard, &place->store, &place->pin, digits, now_ms);
}

static struct pin_guard opened(const struct place *place, int64_t now_ms) {
    struct pin_guard guard = {0};
    pin_guard_open(&place->store, now_ms, &guard);
    return guard;
}

static void the_right_one_opens_and_a_wrong_one_does_not(void **state) {
    struct place *place = *state;
    struct pin_guard guard = opened(place, 0);
    assert_int_equal(try(place, &guard, WRONG, 0), PIN_WRONG);
    assert_int_equal(try(place, &guard, RIGHT, 0), PIN_RIGHT);
    assert_int_equal(guard.wrong, 0);
    assert_int_equal(opened(place, 0).wrong, 0);
}

static void without_a_pin_nobody_gets_in(void **state) {
    struct place *place = *state;
    struct pin_guard guard = opened(place, 0);
    place->pin.set = false;
    assert_int_equal(try(place, &guard, RIGHT, 0), PIN_NONE);
    assert_int_equal(try(place, &guard, (struct span){0}, 0), PIN_NONE);
}

static void the_wait_doubles_from_the_fifth_wrong_one(void **state) {
    static const uint32_t waits_s[] = {0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600};
    struct place *place = *state;
    int64_t now_ms = 1000;
    struct pin_guard guard = opened(place, now_ms);
    for (size_t i = 0; i < sizeof waits_s / sizeof *waits_s; i++) {
        assert_int_equal(try(place, &guard, WRONG, now_ms), PIN_WRONG);
        assert_int_equal(pin_guard_wait_s(&guard, now_ms), waits_s[i]);
        if (waits_s[i] > 0) {
            assert_int_equal(try(place, &guard, RIGHT, now_ms + waits_s[i] * 1000 - 1), PIN_WAIT);
            assert_int_equal(guard.wrong, i + 1);
        }
        now_ms += waits_s[i] * 1000;
    }
    assert_int_equal(try(place, &guard, RIGHT, now_ms), PIN_RIGHT);
    assert_int_equal(try(place, &guard, WRONG, now_ms), PIN_WRONG);
    assert_int_equal(pin_guard_wait_s(&guard, now_ms), 0);
}

static void a_restart_forgets_none_and_begins_the_wait_anew(void **state) {
    struct place *place = *state;
    int64_t now_ms = 0;
    for (uint32_t i = 0; i < 7; i++) {
        struct pin_guard guard = opened(place, 0);
        assert_int_equal(guard.wrong, i);
        now_ms = (int64_t)pin_guard_wait_s(&guard, 0) * 1000;
        assert_int_equal(now_ms, i < 5 ? 0 : i == 5 ? 15000 : 30000);
        assert_int_equal(try(place, &guard, WRONG, now_ms), PIN_WRONG);
    }
}

/* Killed at each step of a try: never fewer than before, and no right answer was given out. */
static void whoever_kills_it_in_between_gains_no_try(void **state) {
    struct place *place = *state;
    for (unsigned step = 1; step <= 5; step++) {
        struct pin_guard guard = opened(place, 0);
        uint32_t before = guard.wrong;
        pid_t child = fork();
        if (child == 0) {
            struct faulty_plan plan = {.kill_at = step};
            struct store_port store = {0};
            if (faulty_store_open(place->descriptor, &plan, NULL, &store) == ERR_OK) {
                guard.until_ms = 0;
                (void)pin_guard_try(&guard, &store, &place->pin, WRONG, 0);
            }
            _exit(0); /* the answer may be seen: then the try must be there */
        }
        int status = 0;
        waitpid(child, &status, 0);
        uint32_t after = opened(place, 0).wrong;
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        assert_true(after == before || after == before + 1);
    }
    struct pin_guard guard = opened(place, 0);
    uint32_t before = guard.wrong;
    guard.until_ms = 0;
    pid_t child = fork();
    if (child == 0) {
        struct faulty_plan plan = {.kill_at = 6}; /* the right one: the first step of blanking the record */
        struct store_port store = {0};
        (void)!faulty_store_open(place->descriptor, &plan, NULL, &store);
        (void)pin_guard_try(&guard, &store, &place->pin, RIGHT, 0);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    assert_int_equal(opened(place, 0).wrong, before + 1);
}

static void where_none_can_be_written_down_each_costs_a_wait(void **state) {
    struct place *place = *state;
    struct pin_guard guard = opened(place, 0);
    struct faulty_plan plan = {.fail_at = 1};
    struct store_port full = {0};
    assert_ok(faulty_store_open(place->descriptor, &plan, NULL, &full));
    assert_int_equal(pin_guard_try(&guard, &full, &place->pin, WRONG, 0), PIN_WRONG);
    assert_int_equal(pin_guard_wait_s(&guard, 0), 15);
    assert_int_equal(pin_guard_try(&guard, &full, &place->pin, WRONG, 15000), PIN_WRONG);
    assert_int_equal(pin_guard_wait_s(&guard, 15000), 30);
    assert_int_equal(pin_guard_try(&guard, &full, &place->pin, RIGHT, 45000), PIN_RIGHT);
    faulty_store_close(&full);
}

static void a_damaged_record_counts_as_five(void **state) {
    struct place *place = *state;
    struct pin_guard guard = opened(place, 0);
    assert_int_equal(try(place, &guard, WRONG, 0), PIN_WRONG);
    struct room whole = testpack_read(&place->folder, "pin-tries");
    assert_int_equal(opened(place, 0).wrong, 1);
    for (size_t bit = 0; bit < whole.len * 8; bit++) {
        whole.ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
        testpack_put(&place->folder, "pin-tries", room_span(&whole));
        assert_int_equal(opened(place, 0).wrong, PIN_FREE);
        whole.ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t len = 0; len < whole.len; len++) {
        testpack_put(&place->folder, "pin-tries", span_of_bytes(whole.ptr, len));
        assert_int_equal(opened(place, 0).wrong, PIN_FREE);
    }
    free(whole.ptr);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_right_one_opens_and_a_wrong_one_does_not, start, stop),
        cmocka_unit_test_setup_teardown(without_a_pin_nobody_gets_in, start, stop),
        cmocka_unit_test_setup_teardown(the_wait_doubles_from_the_fifth_wrong_one, start, stop),
        cmocka_unit_test_setup_teardown(a_restart_forgets_none_and_begins_the_wait_anew, start, stop),
        cmocka_unit_test_setup_teardown(whoever_kills_it_in_between_gains_no_try, start, stop),
        cmocka_unit_test_setup_teardown(where_none_can_be_written_down_each_costs_a_wait, start, stop),
        cmocka_unit_test_setup_teardown(a_damaged_record_counts_as_five, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
