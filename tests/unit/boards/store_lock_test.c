/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "boards/store.h"

static bool is_free(int folder) {
    int opened = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(opened >= 0);
    bool free_now = flock(opened, LOCK_EX | LOCK_NB) == 0;
    close(opened);
    return free_now;
}

/* The lock is an opening of its own: it holds though the descriptor that was given is shared or closed. */
static void one_at_a_time_works_in_a_folder(void **state) {
    (void)state;
    char path[] = "/tmp/credkiosk-test-XXXXXX";
    assert_non_null(mkdtemp(path));
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), given = dup(folder), lock = -1;
    assert_true(is_free(folder));
    assert_ok(store_lock(given, &lock));
    close(given);
    assert_false(is_free(folder));
    close(lock);
    assert_true(is_free(folder));
    close(folder);
    assert_int_equal(rmdir(path), 0);
}

static void what_is_no_folder_is_not_locked(void **state) {
    (void)state;
    int lock = -1, file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_err(store_lock(file, &lock), ERR_STORE_READ);
    assert_int_equal(lock, -1);
    close(file);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_at_a_time_works_in_a_folder),
        cmocka_unit_test(what_is_no_folder_is_not_locked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
