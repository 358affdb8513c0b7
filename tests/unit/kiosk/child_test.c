/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/service.h"

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

/* Somebody who traces a process keeps its end from its parent, as the kernel does while a process cannot die. */
static pid_t hold_back(pid_t pid) {
    int ends[2];
    char word = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t holder = fork();
    if (holder == 0) {
        word = ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0 ? 'y' : 'n';
        _exit(write(ends[1], &word, 1) == 1 && word == 'y' ? pause() : 1);
    }
    assert_int_equal(read(ends[0], &word, 1), 1);
    close(ends[0]);
    close(ends[1]);
    if (word != 'y') {
        assert_int_equal(waitpid(holder, NULL, 0), holder);
    }
    return word == 'y' ? holder : 0;
}

static void a_child_that_does_not_go_holds_nobody_up_and_is_reaped_later(void **state) {
    (void)state;
    struct child child = {0};
    struct child_left left = {0};
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    assert_ok(child_start("/bin", "cat", &child));
    pid_t pid = child.pid, holder = hold_back(pid);
    if (holder == 0) {
        (void)child_end(&child);
        skip();
    }
    int64_t began_ms = child_now_ms();
    assert_int_equal(child_end_soon(&child, &left).signal, SIGKILL);
    assert_true(child_now_ms() - began_ms < 500);
    assert_false(child.open);
    child_reap(&left);
    assert_int_equal(left.count, 1);
    kill(holder, SIGKILL);
    assert_int_equal(waitpid(holder, NULL, 0), holder);
    for (int i = 0; i < 200 && left.count > 0; i++) {
        usleep(10000);
        child_reap(&left);
    }
    assert_int_equal(left.count, 0);
    assert_int_equal(waitpid(pid, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    close(ends[0]);
    close(ends[1]);
}

static void with_many_that_do_not_go_no_more_are_started(void **state) {
    (void)state;
    struct service service = {.programs = "/bin"};
    struct child child = {0};
    service.left.count = CHILD_LEFT_MAX / 2;
    assert_err(service_start_child(&service, "true", &child), ERR_CHILD_START);
    service.left.count--;
    assert_ok(service_start_child(&service, "true", &child));
    (void)child_end(&child);
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
        cmocka_unit_test(a_child_that_does_not_go_holds_nobody_up_and_is_reaped_later),
        cmocka_unit_test(with_many_that_do_not_go_no_more_are_started),
        cmocka_unit_test(failures_in_a_row_wait_longer_and_never_over_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
