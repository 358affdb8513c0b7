/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <signal.h>
#include <unistd.h>

#include "kiosk/child.h"

static void a_program_that_is_not_there_cannot_be_started(void **state) {
    (void)state;
    struct child child = {0};
    assert_err(child_start("/nonexistent", "program", &child), ERR_CHILD_START);
    assert_false(child.open);
    (void)child_end(&child);
}

static void a_child_is_killed_and_its_end_told(void **state) {
    (void)state;
    struct child child = {0};
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO); /* from which nothing ever comes */
    assert_ok(child_start("/bin", "cat", &child));
    assert_true(child_resident_bytes(&child) > 0);
    pid_t pid = child.pid;
    assert_int_equal(child_end(&child).signal, SIGKILL);
    close(ends[1]);
    close(ends[0]);
    assert_false(child.open);
    assert_int_equal(kill(pid, 0), -1);
}

static void a_status_is_told(void **state) {
    (void)state;
    struct child child = {0};
    assert_ok(child_start("/bin", "false", &child));
    usleep(200000);
    assert_int_equal(child_end(&child).status, 1);
}

static void failures_in_a_row_wait_longer_and_never_over_a_second(void **state) {
    (void)state;
    struct child_retry retry = {0};
    int64_t last_ms = -1;
    for (int i = 0; i < 20; i++) {
        child_retry_failed(&retry, 1000, ERR_CHILD_START);
        assert_true(retry.next_ms - 1000 >= last_ms && retry.next_ms - 1000 < 1000);
        last_ms = retry.next_ms - 1000;
    }
    assert_int_equal(retry.failures, 20);
    child_retry_well(&retry);
    child_retry_failed(&retry, 1000, ERR_CHILD_START);
    assert_int_equal(retry.next_ms, 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_that_is_not_there_cannot_be_started),
        cmocka_unit_test(a_child_is_killed_and_its_end_told),
        cmocka_unit_test(a_status_is_told),
        cmocka_unit_test(failures_in_a_row_wait_longer_and_never_over_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
