/* SPDX-License-Identifier: Apache-2.0 */
/* Kill, tear and fail an installation at every write: what is in use afterwards is the old pack or the new
 * one, whole. */
#include "tests/lib/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/sim/faulty_store.h"
#include "kiosk/install.h"
#include "tests/lib/testpack.h"

/* A workshop with three packs: numbers 5, 6 and 7 of one list. */
static struct testpack workshop;
static const char *const packs[] = {"5.tpk", "6.tpk", "7.tpk"};

/* More steps than an installation has. */
#define STEPS_MAX 200u

static int start(void **state) {
    (void)state;
    testpack_start(&workshop);
    testpack_default_lists(&workshop, "lists.db");
    for (size_t i = 0; i < 3; i++) {
        workshop.claims.seq = 5 + i;
        testpack_sign(&workshop, "lists.db", packs[i]);
    }
    return 0;
}

static int stop(void **state) {
    (void)state;
    testpack_stop(&workshop);
    return 0;
}

/* A new data folder; its number makes its name. */
static int data_folder(void) {
    static unsigned number;
    char name[32], path[PATH_MAX];
    snprintf(name, sizeof name, "data%u", ++number);
    testpack_path(&workshop, name, path);
    assert_int_equal(mkdir(path, 0700), 0);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(folder >= 0);
    return folder;
}

static enum err install(int folder, const char *pack, const struct faulty_plan *plan,
                        enum install_outcome *outcome, unsigned *steps) {
    char path[PATH_MAX];
    struct store_port store = {0};
    testpack_path(&workshop, pack, path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    assert_ok(faulty_store_open(folder, plan, NULL, &store));
    enum err err = install_pack(&store, file, &workshop.rules, outcome);
    *steps = faulty_store_steps(&store);
    faulty_store_close(&store);
    close(file);
    return err;
}

static void install_well(int folder, const char *pack, enum install_outcome expected) {
    enum install_outcome outcome = INSTALL_NOT_DONE;
    unsigned steps = 0;
    assert_ok(install(folder, pack, &(struct faulty_plan){0}, &outcome, &steps));
    assert_int_equal(outcome, expected);
}

/* The number of the pack that the next start finds, its hash checked; 0: none was installed yet. */
static uint64_t installed(int folder) {
    struct store_port store = {0};
    struct pack *pack = NULL;
    assert_ok(store_open(folder, &store));
    enum err err = install_current(&store, &workshop.rules, &pack, NULL);
    store_close(&store);
    if (err == ERR_INSTALL_NONE) {
        return 0;
    }
    assert_ok(err);
    uint64_t seq = pack_info(pack)->seq;
    pack_close(pack);
    return seq;
}

/* Install in a process that dies as planned. True: it died; false: it had fewer steps, and ended well. */
static bool dies_installing(int folder, const char *pack, const struct faulty_plan *plan) {
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        enum install_outcome outcome = INSTALL_NOT_DONE;
        unsigned steps = 0;
        _exit(install(folder, pack, plan, &outcome, &steps) == ERR_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) {
        assert_int_equal(WTERMSIG(status), SIGKILL);
        return true;
    }
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return false;
}

/* Number `seq` is in use; after the fault it is that or the next one; then the next one can be installed. */
static void check_after_fault(int folder, uint64_t seq, const char *next) {
    uint64_t now = installed(folder);
    if (now != seq && now != seq + 1 && !(seq == 4 && now == 0)) {
        fail_msg("number %llu is in use, not %llu or the next", (unsigned long long)now,
                 (unsigned long long)seq);
    }
    install_well(folder, next, now == seq + 1 ? INSTALL_UNCHANGED : INSTALL_DONE);
    assert_int_equal(installed(folder), seq + 1);
}

/* Die at every step, by one kind of death, with number 5 or nothing before. */
static unsigned die_everywhere(bool torn, bool first) {
    for (unsigned step = 1; step < STEPS_MAX; step++) {
        struct faulty_plan plan = {.kill_at = torn ? 0 : step, .tear_at = torn ? step : 0};
        int folder = data_folder();
        if (!first) {
            install_well(folder, "5.tpk", INSTALL_DONE);
        }
        const char *pack = first ? "5.tpk" : "6.tpk";
        bool died = dies_installing(folder, pack, &plan);
        check_after_fault(folder, first ? 4 : 5, pack);
        close(folder);
        if (!died) {
            return step - 1;
        }
    }
    fail_msg("an installation takes more than %u steps", STEPS_MAX);
    return 0;
}

static void a_kill_at_any_write_leaves_the_old_or_the_new_pack(void **state) {
    (void)state;
    unsigned steps = die_everywhere(false, false);
    assert_true(steps > 20);
}

static void a_torn_write_leaves_the_old_or_the_new_pack(void **state) {
    (void)state;
    assert_true(die_everywhere(true, false) > 20);
}

static void a_kill_in_the_first_installation_leaves_nothing_or_the_pack(void **state) {
    (void)state;
    assert_true(die_everywhere(false, true) > 20);
}

static void a_torn_write_in_the_first_installation_leaves_nothing_or_the_pack(void **state) {
    (void)state;
    assert_true(die_everywhere(true, true) > 20);
}

/* A full disk is said, and the old pack goes on. */
static void a_full_disk_leaves_the_old_pack_or_the_new(void **state) {
    (void)state;
    enum err err = ERR_STORE_WRITE;
    for (unsigned step = 1; err != ERR_OK; step++) {
        assert_true(step < STEPS_MAX);
        enum install_outcome outcome = INSTALL_NOT_DONE;
        unsigned steps = 0;
        int folder = data_folder();
        install_well(folder, "5.tpk", INSTALL_DONE);
        err = install(folder, "6.tpk", &(struct faulty_plan){.fail_at = step}, &outcome, &steps);
        assert_true(err == ERR_OK || err == ERR_STORE_WRITE);
        assert_int_equal(outcome, err == ERR_OK ? INSTALL_DONE : INSTALL_NOT_DONE);
        check_after_fault(folder, 5, "6.tpk");
        close(folder);
    }
}

/* Two deaths one after the other, at every pair of steps that is a few apart. */
/* Packs that lie in the data folder. */
static size_t count_packs(int folder) {
    int packs_folder = openat(folder, "packs", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = packs_folder < 0 ? NULL : fdopendir(packs_folder);
    size_t count = 0;
    assert_non_null(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        count += entry->d_name[0] != '.';
    }
    closedir(listing);
    return count;
}

/* Whenever number 6 died, once number 7 is in there are two packs: 7 and the one before it. */
static void a_death_leaves_nothing_lying_about(void **state) {
    (void)state;
    bool died = true;
    for (unsigned step = 1; died; step += 3) {
        int folder = data_folder();
        install_well(folder, "5.tpk", INSTALL_DONE);
        died = dies_installing(folder, "6.tpk", &(struct faulty_plan){.kill_at = step});
        install_well(folder, "7.tpk", INSTALL_DONE);
        assert_int_equal(count_packs(folder), 2);
        close(folder);
    }
}

static void deaths_one_after_the_other_leave_a_whole_pack(void **state) {
    (void)state;
    for (unsigned first = 1; first < 60; first += 11) {
        for (unsigned second = 1; second < 60; second += 17) {
            int folder = data_folder();
            install_well(folder, "5.tpk", INSTALL_DONE);
            (void)dies_installing(folder, "6.tpk", &(struct faulty_plan){.tear_at = first});
            (void)dies_installing(folder, "6.tpk", &(struct faulty_plan){.kill_at = second});
            check_after_fault(folder, 5, "6.tpk");
            install_well(folder, "7.tpk", INSTALL_DONE);
            assert_int_equal(installed(folder), 7);
            close(folder);
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_at_any_write_leaves_the_old_or_the_new_pack),
        cmocka_unit_test(a_torn_write_leaves_the_old_or_the_new_pack),
        cmocka_unit_test(a_kill_in_the_first_installation_leaves_nothing_or_the_pack),
        cmocka_unit_test(a_torn_write_in_the_first_installation_leaves_nothing_or_the_pack),
        cmocka_unit_test(a_full_disk_leaves_the_old_pack_or_the_new),
        cmocka_unit_test(a_death_leaves_nothing_lying_about),
        cmocka_unit_test(deaths_one_after_the_other_leave_a_whole_pack),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
