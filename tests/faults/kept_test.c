/* SPDX-License-Identifier: Apache-2.0 */
/* Small files that face keeps in the data folder: whatever a death, a full disk or a power cut does while one is written
 * anew, the next start reads the old or the new one, and once writing has succeeded the new one. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/sim/faulty_store.h"
#include "kiosk/floor.h"
#include "tests/lib/power_store.h"
#include "tests/lib/temp_folder.h"

/* More steps than such a writing has. */
#define STEPS_MAX 40u
/* Floors that are kept one after the other. */
#define OLD_S 1790000000ll
#define NEW_S 1795000000ll

static char workshop[TEMP_FOLDER_SIZE];
static unsigned points;

static int start(void **state) {
    (void)state;
    return temp_folder_make(workshop) ? 0 : 1;
}

static int stop(void **state) {
    (void)state;
    print_message("# kept files: %u points of death, torn writes, full disks and power cuts passed\n",
                  points);
    return temp_folder_remove(workshop) ? 0 : 1;
}

static int data_folder(void) {
    static unsigned number;
    char path[TEMP_FOLDER_SIZE + 16];
    snprintf(path, sizeof path, "%s/%u", workshop, ++number);
    assert_int_equal(mkdir(path, 0700), 0);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(folder >= 0);
    return folder;
}

/* Files that are kept: written as the old or the new one, and read. */
struct kept {
    const char *name;
    enum err (*write)(const struct store_port *store, bool new);
    bool (*is_new)(const struct store_port *store); /* fails the test where it is neither */
};

static enum err write_floor(const struct store_port *store, bool new) {
    struct floor floor = {.time_s = new ? NEW_S : OLD_S, .root = new ? 2 : 1};
    return floor_keep(&floor, store, 0, 0);
}

static bool floor_is_new(const struct store_port *store) {
    struct floor floor = {0};
    floor_open(store, 0, 0, 0, &floor);
    bool new = floor.time_s == NEW_S &&floor.root == 2, old = floor.time_s == OLD_S &&floor.root == 1;
    assert_true(new || old);
    return new;
}

static const struct kept all[] = {{"floor", write_floor, floor_is_new}};
#define KEPT (sizeof all / sizeof *all)

/* A data folder with the old one. */
static int prepared(const struct kept *kept) {
    struct store_port store = {0};
    int folder = data_folder();
    assert_ok(store_open(folder, &store));
    assert_ok(kept->write(&store, false));
    assert_false(kept->is_new(&store));
    store_close(&store);
    return folder;
}

/* What a next start finds; and that it can be written then. */
static bool found_new(const struct kept *kept, int folder) {
    struct store_port store = {0};
    assert_ok(store_open(folder, &store));
    bool new = kept->is_new(&store);
    assert_ok(kept->write(&store, true));
    assert_true(kept->is_new(&store));
    store_close(&store);
    close(folder);
    points++;
    return new;
}

/* 1: it died; 0: it wrote well; -1: it said that it could not. */
static int write_in_a_child(const struct kept *kept, int folder, const struct faulty_plan *plan) {
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store_port store = {0};
        enum err err = faulty_store_open(folder, plan, NULL, &store);
        err = err == ERR_OK ? kept->write(&store, true) : err;
        _exit(err == ERR_OK ? 0 : err == ERR_STORE_WRITE ? 1 : 2);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) {
        assert_int_equal(WTERMSIG(status), SIGKILL);
        return 1;
    }
    assert_true(WEXITSTATUS(status) < 2);
    return WEXITSTATUS(status) == 0 ? 0 : -1;
}

static void a_death_or_a_full_disk_leaves_the_old_or_the_new_one(void **state) {
    (void)state;
    for (size_t i = 0; i < KEPT; i++) {
        for (int how = 0; how < 3; how++) {
            int result = 1;
            unsigned step = 1;
            for (; result != 0; step++) {
                assert_true(step < STEPS_MAX);
                struct faulty_plan plan = {.kill_at = how == 0 ? step : 0,
                                           .tear_at = how == 1 ? step : 0,
                                           .fail_at = how == 2 ? step : 0};
                int folder = prepared(&all[i]);
                result = write_in_a_child(&all[i], folder, &plan);
                bool new = found_new(&all[i], folder);
                assert_true(result != 0 || new);
            }
            assert_true(step > 4);
        }
    }
}

static void a_power_cut_leaves_the_old_or_the_new_one(void **state) {
    (void)state;
    for (size_t i = 0; i < KEPT; i++) {
        for (enum power_disk disk = POWER_LOSES_ALL; disk < POWER_DISKS; disk++) {
            bool off = true;
            for (unsigned step = 1; off; step++) {
                struct store_port store = {0};
                assert_true(step < STEPS_MAX);
                int folder = prepared(&all[i]), after = data_folder();
                power_store_open(folder, step, &store);
                enum err err = all[i].write(&store, true);
                off = power_store_is_off(&store);
                assert_int_equal(err == ERR_OK, !off);
                power_store_keep(&store, disk, after);
                power_store_close(&store);
                close(folder);
                bool new = found_new(&all[i], after);
                assert_true(off || new);
            }
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_death_or_a_full_disk_leaves_the_old_or_the_new_one),
        cmocka_unit_test(a_power_cut_leaves_the_old_or_the_new_one),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
