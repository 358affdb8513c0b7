/* SPDX-License-Identifier: Apache-2.0 */
/* Kill, tear and fail an installation at every write: what is in use afterwards is the old pack or the new
 * one, whole. */
#include "tests/lib/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/sim/faulty_store.h"
#include "kiosk/install.h"
#include "tests/lib/power_store.h"
#include "tests/lib/testpack.h"

/* A workshop with packs of root 1 (numbers 5, 6, 7, and the largest there is) and of root 2 (1). */
static struct testpack workshop;

/* More steps than an installation has. */
#define STEPS_MAX 200u

/* Which pack is in use: of which root and number. */
struct in_use {
    uint64_t root, seq;
};

/* An installation, of one pack over another or over none. */
static const struct change {
    const char *before, *pack;
    struct in_use old, new;
} changes[] = {
    {NULL, "5.tpk", {0, 0}, {1, 5}},
    {"5.tpk", "6.tpk", {1, 5}, {1, 6}},
    {"huge.tpk", "r2-1.tpk", {1, LIMIT_JSON_INTEGER}, {2, 1}},
};
#define CHANGES (sizeof changes / sizeof *changes)

/* Points at which something happened, and what was found afterwards was whole. */
static unsigned points;

static void sign(uint64_t seq, const char *pack) {
    workshop.claims.seq = seq;
    testpack_sign(&workshop, "lists.db", pack);
}

static int start(void **state) {
    (void)state;
    /* A thousand installations sync some ten files each: where there is a disk of memory, there. */
    if (access("/dev/shm", W_OK) == 0) {
        setenv("TMPDIR", "/dev/shm", 0);
    }
    testpack_start_with(&workshop, CRYPTO_EDDSA, CRYPTO_EDDSA);
    testpack_default_lists(&workshop, "lists.db");
    sign(5, "5.tpk");
    sign(6, "6.tpk");
    sign(7, "7.tpk");
    sign(LIMIT_JSON_INTEGER, "huge.tpk");
    testpack_rotate(&workshop);
    sign(1, "r2-1.tpk");
    return 0;
}

static int stop(void **state) {
    (void)state;
    print_message("# install: %u points of death, torn writes, full disks and power cuts passed\n", points);
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

/* Close a folder, and remove what is in it, for a thousand of them fill a disk. */
static void drop(int folder) {
    DIR *listing = fdopendir(folder);
    assert_non_null(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (entry->d_name[0] == '.' || unlinkat(folder, entry->d_name, 0) == 0) {
            continue;
        }
        int inner = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(inner >= 0);
        drop(inner);
        assert_int_equal(unlinkat(folder, entry->d_name, AT_REMOVEDIR), 0);
    }
    closedir(listing);
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

/* The pack that the next start finds, its hash checked; zeros: none was installed yet. */
static struct in_use installed(int folder) {
    struct store_port store = {0};
    struct pack *pack = NULL;
    assert_ok(store_open(folder, &store));
    enum err err = install_current(&store, &workshop.rules, &pack, NULL);
    store_close(&store);
    if (err == ERR_INSTALL_NONE) {
        return (struct in_use){0, 0};
    }
    assert_ok(err);
    struct in_use found = {pack_info(pack)->root_version, pack_info(pack)->seq};
    pack_close(pack);
    return found;
}

static bool same(struct in_use a, struct in_use b) {
    return a.root == b.root && a.seq == b.seq;
}

/* Change a byte of the database in use. */
static void damage(int folder) {
    char path[128], id[65] = {0};
    int current = openat(folder, "current", O_RDONLY | O_CLOEXEC);
    assert_int_equal(read(current, id, 64), 64);
    close(current);
    snprintf(path, sizeof path, "packs/%s/" INSTALL_DATABASE, id);
    int file = openat(folder, path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(pwrite(file, "X", 1, 9000), 1);
    close(file);
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

/* What was in use before is it still, or what was being installed is; and that can be installed, and the older one
 * cannot. */
static void check_after_fault(int folder, const struct change *change) {
    struct in_use now = installed(folder);
    bool done = same(now, change->new);
    if (!done && !same(now, change->old)) {
        fail_msg("number %llu of root %llu is in use, neither the old pack nor the new one",
                 (unsigned long long)now.seq, (unsigned long long)now.root);
    }
    install_well(folder, change->pack, done ? INSTALL_UNCHANGED : INSTALL_DONE);
    assert_true(same(installed(folder), change->new));
    if (change->before != NULL) {
        enum install_outcome outcome = INSTALL_NOT_DONE;
        unsigned steps = 0;
        assert_err(install(folder, change->before, &(struct faulty_plan){0}, &outcome, &steps),
                   ERR_INSTALL_ROLLBACK);
    }
    points++;
}

/* A data folder in which the change is about to happen. */
static int prepared(const struct change *change) {
    int folder = data_folder();
    if (change->before != NULL) {
        install_well(folder, change->before, INSTALL_DONE);
    }
    return folder;
}

/* Die at every step, by one kind of death; there are more than twenty. */
static void die_everywhere(const struct change *change, bool torn) {
    bool died = true;
    unsigned step = 1;
    for (; died; step++) {
        assert_true(step < STEPS_MAX);
        struct faulty_plan plan = {.kill_at = torn ? 0 : step, .tear_at = torn ? step : 0};
        int folder = prepared(change);
        died = dies_installing(folder, change->pack, &plan);
        check_after_fault(folder, change);
        drop(folder);
    }
    assert_true(step > 20);
}

static void a_kill_at_any_step_leaves_the_old_or_the_new_pack(void **state) {
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        die_everywhere(&changes[i], false);
    }
}

static void a_torn_write_leaves_the_old_or_the_new_pack(void **state) {
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        die_everywhere(&changes[i], true);
    }
}

/* A full disk is said, and the old pack goes on. */
static void fill_everywhere(const struct change *change) {
    enum err err = ERR_STORE_WRITE;
    for (unsigned step = 1; err != ERR_OK; step++) {
        assert_true(step < STEPS_MAX);
        enum install_outcome outcome = INSTALL_NOT_DONE;
        unsigned steps = 0;
        int folder = prepared(change);
        err = install(folder, change->pack, &(struct faulty_plan){.fail_at = step}, &outcome, &steps);
        assert_true(err == ERR_OK || err == ERR_STORE_WRITE);
        assert_int_equal(outcome, err == ERR_OK ? INSTALL_DONE : INSTALL_NOT_DONE);
        check_after_fault(folder, change);
        drop(folder);
    }
}

static void a_full_disk_leaves_the_old_pack_or_the_new(void **state) {
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        fill_everywhere(&changes[i]);
    }
}

/* The power goes before a step; what lies on such a disk afterwards is put into a folder of its own. False: it stayed on
 * to the end. */
static bool cut_at(const struct change *change, unsigned step, enum power_disk disk, int kept) {
    struct store_port store = {0};
    enum install_outcome outcome = INSTALL_NOT_DONE;
    char path[PATH_MAX];
    int folder = prepared(change);
    testpack_path(&workshop, change->pack, path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    power_store_open(folder, step, &store);
    enum err err = install_pack(&store, file, &workshop.rules, &outcome);
    bool off = power_store_is_off(&store);
    assert_int_equal(err == ERR_OK, !off);
    assert_int_equal(outcome != INSTALL_NOT_DONE, !off);
    power_store_keep(&store, disk, kept);
    power_store_close(&store);
    close(file);
    drop(folder);
    return off;
}

/* And once an installation has said that it is done, no power cut undoes it. */
static void a_power_cut_leaves_the_old_or_the_new_pack(void **state) {
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        for (enum power_disk disk = POWER_LOSES_ALL; disk < POWER_DISKS; disk++) {
            bool off = true;
            for (unsigned step = 1; off; step++) {
                assert_true(step < STEPS_MAX);
                int kept = data_folder();
                off = cut_at(&changes[i], step, disk, kept);
                if (!off) {
                    assert_true(same(installed(kept), changes[i].new));
                }
                check_after_fault(kept, &changes[i]);
                drop(kept);
            }
        }
    }
}

/* Wherever the mending of a damaged pack ends, nothing but that pack comes into use, and it can be mended again. */
static void a_kill_while_mending_leaves_nothing_or_the_pack(void **state) {
    (void)state;
    static const struct change change = {"5.tpk", "6.tpk", {1, 5}, {1, 6}};
    bool died = true;
    for (unsigned step = 1; died; step++) {
        struct store_port store = {0};
        struct pack *pack = NULL;
        int folder = prepared(&change);
        install_well(folder, "6.tpk", INSTALL_DONE);
        damage(folder);
        died = dies_installing(folder, "6.tpk", &(struct faulty_plan){.kill_at = step});
        assert_ok(store_open(folder, &store));
        enum err err = install_current(&store, &workshop.rules, &pack, NULL);
        assert_true(err == ERR_OK || err == ERR_PACK_HASH || err == ERR_STORE_MISSING);
        assert_true(err != ERR_OK || pack_info(pack)->seq == 6);
        pack_close(pack);
        store_close(&store);
        install_well(folder, "6.tpk", err == ERR_OK ? INSTALL_UNCHANGED : INSTALL_DONE);
        assert_true(same(installed(folder), change.new));
        points++;
        drop(folder);
    }
}

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
        drop(folder);
    }
}

/* Two deaths one after the other, at every pair of steps that is a few apart. */
static void deaths_one_after_the_other_leave_a_whole_pack(void **state) {
    (void)state;
    for (unsigned first = 1; first < 60; first += 11) {
        for (unsigned second = 1; second < 60; second += 17) {
            int folder = data_folder();
            install_well(folder, "5.tpk", INSTALL_DONE);
            (void)dies_installing(folder, "6.tpk", &(struct faulty_plan){.tear_at = first});
            (void)dies_installing(folder, "6.tpk", &(struct faulty_plan){.kill_at = second});
            check_after_fault(folder, &changes[1]);
            install_well(folder, "7.tpk", INSTALL_DONE);
            assert_true(same(installed(folder), (struct in_use){1, 7}));
            drop(folder);
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_at_any_step_leaves_the_old_or_the_new_pack),
        cmocka_unit_test(a_torn_write_leaves_the_old_or_the_new_pack),
        cmocka_unit_test(a_full_disk_leaves_the_old_pack_or_the_new),
        cmocka_unit_test(a_power_cut_leaves_the_old_or_the_new_pack),
        cmocka_unit_test(a_kill_while_mending_leaves_nothing_or_the_pack),
        cmocka_unit_test(a_death_leaves_nothing_lying_about),
        cmocka_unit_test(deaths_one_after_the_other_leave_a_whole_pack),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
