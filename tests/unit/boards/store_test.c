/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/sim/faulty_store.h"
#include "boards/store.h"
#include "tests/lib/temp_folder.h"

/* A data folder of its own for each test. */
struct rig {
    char path[TEMP_FOLDER_SIZE];
    int folder;
    struct store_port store;
};

static int rig_start(void **state) {
    static struct rig rig;
    rig = (struct rig){0};
    if (!temp_folder_make(rig.path) || (rig.folder = open(rig.path, O_RDONLY | O_DIRECTORY)) < 0) {
        return -1;
    }
    *state = &rig;
    return store_open(rig.folder, &rig.store) == ERR_OK ? 0 : -1;
}

static int rig_stop(void **state) {
    struct rig *rig = *state;
    store_close(&rig->store);
    close(rig->folder);
    return temp_folder_remove(rig->path) ? 0 : -1;
}

static enum err put(struct store_port *store, const char *path, const char *text) {
    int file = -1;
    TRY(store->create(store->ctx, path, &file));
    enum err err = store->append(store->ctx, file, span_of_text(text));
    if (err == ERR_OK) {
        err = store->sync(store->ctx, file);
    }
    store->close(store->ctx, file);
    return err;
}

static void assert_holds(struct store_port *store, const char *path, const char *text) {
    uint8_t bytes[64];
    struct room room = room_over(bytes, sizeof bytes);
    assert_ok(store->read(store->ctx, path, &room));
    assert_span_text(room_span(&room), text);
}

static void keeps_files_in_folders(void **state) {
    struct store_port *store = &((struct rig *)*state)->store;
    assert_ok(store->make_folder(store->ctx, "packs"));
    assert_ok(store->make_folder(store->ctx, "packs"));
    assert_ok(put(store, "packs/new", "first"));
    assert_holds(store, "packs/new", "first");
    assert_ok(put(store, "packs/new", "2nd"));
    assert_holds(store, "packs/new", "2nd");
    assert_ok(put(store, "packs/old", "old"));
    assert_ok(store->rename(store->ctx, "packs/new", "packs/old"));
    assert_holds(store, "packs/old", "2nd");
    assert_ok(store->sync_folder(store->ctx, "packs"));
    assert_ok(store->sync_folder(store->ctx, ""));
    assert_ok(store->sync_folder(store->ctx, "."));
    int file = -1;
    char text[8] = {0};
    assert_ok(store->open(store->ctx, "packs/old", &file));
    assert_int_equal(read(file, text, sizeof text), 3);
    store->close(store->ctx, file);
    assert_ok(store->remove(store->ctx, "packs/old"));
    assert_ok(store->remove(store->ctx, "packs/old"));
    assert_ok(store->remove(store->ctx, "packs"));
    assert_ok(store->remove(store->ctx, "packs/gone/too"));
}

static void files_are_for_the_kiosk_alone(void **state) {
    struct rig *rig = *state;
    struct stat status;
    assert_ok(put(&rig->store, "file", "text"));
    assert_int_equal(fstatat(rig->folder, "file", &status, 0), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void names_what_cannot_be_done(void **state) {
    struct store_port *store = &((struct rig *)*state)->store;
    uint8_t bytes[4];
    struct room room = room_over(bytes, sizeof bytes);
    int file = -1;
    assert_err(store->read(store->ctx, "none", &room), ERR_STORE_MISSING);
    assert_err(store->open(store->ctx, "none", &file), ERR_STORE_MISSING);
    assert_err(store->open(store->ctx, "none/none", &file), ERR_STORE_MISSING);
    assert_err(store->rename(store->ctx, "none", "more"), ERR_STORE_MISSING);
    assert_err(store->create(store->ctx, "none/file", &file), ERR_STORE_WRITE);
    assert_err(store->make_folder(store->ctx, "none/folder"), ERR_STORE_WRITE);
    assert_err(store->sync_folder(store->ctx, "none"), ERR_STORE_WRITE);
    assert_err(store->append(store->ctx, -1, span_of_text("x")), ERR_STORE_WRITE);
    assert_err(store->sync(store->ctx, -1), ERR_STORE_WRITE);
    assert_ok(store->make_folder(store->ctx, "folder"));
    assert_ok(put(store, "folder/file", "12345"));
    assert_err(store->remove(store->ctx, "folder"), ERR_STORE_WRITE);
    assert_err(store->open(store->ctx, "folder", &file), ERR_STORE_READ);
    assert_err(store->create(store->ctx, "folder", &file), ERR_STORE_WRITE);
    assert_err(store->make_folder(store->ctx, "folder/file"), ERR_STORE_WRITE);
    assert_err(store->read(store->ctx, "folder/file", &room), ERR_NO_ROOM);
    assert_int_equal(room.len, 0);
    assert_int_equal(file, -1);
}

static void no_path_leads_out_of_the_folder(void **state) {
    struct rig *rig = *state;
    struct store_port *store = &rig->store;
    static const char *const paths[] = {"",     "..", ".",           "../x",   "a/../x", "/etc/passwd",
                                        "a//x", "a/", "link/passwd", "tolink", "a/./x"};
    assert_ok(store->make_folder(store->ctx, "a"));
    assert_ok(put(store, "a/x", "inside"));
    assert_int_equal(symlinkat("/etc", rig->folder, "link"), 0);
    assert_int_equal(symlinkat("a/x", rig->folder, "tolink"), 0);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        uint8_t bytes[64];
        struct room room = room_over(bytes, sizeof bytes);
        int file = -1;
        assert_int_not_equal(store->read(store->ctx, paths[i], &room), ERR_OK);
        assert_int_not_equal(store->open(store->ctx, paths[i], &file), ERR_OK);
        assert_int_not_equal(store->create(store->ctx, paths[i], &file), ERR_OK);
    }
    assert_holds(store, "a/x", "inside");
}

static void a_pipe_in_place_of_a_file_holds_nobody_up(void **state) {
    struct rig *rig = *state;
    struct store_port *store = &rig->store;
    uint8_t bytes[4];
    struct room room = room_over(bytes, sizeof bytes);
    int file = -1;
    assert_int_equal(mkfifoat(rig->folder, "fifo", 0600), 0);
    assert_err(store->read(store->ctx, "fifo", &room), ERR_STORE_READ);
    assert_err(store->create(store->ctx, "fifo", &file), ERR_STORE_WRITE);
}

static void wants_a_folder(void **state) {
    (void)state;
    struct store_port store = {0};
    int file = open("Makefile", O_RDONLY);
    assert_err(store_open(file, &store), ERR_STORE_READ);
    assert_err(store_open(-1, &store), ERR_STORE_READ);
    assert_null(store.ctx);
    close(file);
}

/* What an install does, in small: it must leave old or new, never half. */
static enum err install(struct store_port *store) {
    TRY(store->make_folder(store->ctx, "packs"));
    TRY(put(store, "packs/incoming", "new contents"));
    TRY(store->rename(store->ctx, "packs/incoming", "packs/current"));
    return store->sync_folder(store->ctx, "packs");
}

static void steps_fail_one_by_one(void **state) {
    struct rig *rig = *state;
    unsigned steps = 0;
    for (unsigned at = 1; at < 20; at++) {
        struct faulty_plan plan = {.fail_at = at};
        struct store_port store = {0};
        assert_ok(faulty_store_open(rig->folder, &plan, NULL, &store));
        enum err err = install(&store);
        steps = faulty_store_steps(&store);
        store_close(&store);
        if (err == ERR_OK) {
            break;
        }
        assert_int_equal(err, ERR_STORE_WRITE);
        assert_int_equal(steps, at);
    }
    assert_int_equal(steps, 6);
}

/* The state after a child was killed at a step. */
static int install_in_child(int folder, const struct faulty_plan *plan) {
    pid_t child = fork();
    if (child == 0) {
        struct store_port store = {0};
        enum err err = faulty_store_open(folder, plan, NULL, &store);
        _exit(err == ERR_OK && install(&store) == ERR_OK ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

static void a_kill_or_a_torn_write_leaves_old_or_new(void **state) {
    struct rig *rig = *state;
    struct store_port *store = &rig->store;
    for (unsigned at = 1; at <= 7; at++) {
        for (unsigned torn = 0; torn < 2; torn++) {
            struct faulty_plan plan = {.kill_at = torn ? 0 : at, .tear_at = torn ? at : 0};
            assert_ok(store->make_folder(store->ctx, "packs"));
            assert_ok(put(store, "packs/current", "old"));
            int status = install_in_child(rig->folder, &plan);
            assert_int_equal(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, at <= 6);
            assert_holds(store, "packs/current", at <= 5 ? "old" : "new contents");
            if (torn == 1 && at == 3) {
                assert_holds(store, "packs/incoming", "new co");
            }
        }
    }
}

static void heeds_the_faults_of_a_script(void **state) {
    struct rig *rig = *state;
    struct sim_state *sim = NULL;
    struct store_port store = {0};
    assert_ok(sim_state_create(rig->folder, &sim));
    assert_ok(store_open(rig->folder, &store));
    assert_ok(put(&store, "file", "text"));
    sim_state_set_disk(sim, SIM_DISK_FULL);
    assert_err(put(&store, "file2", "text"), ERR_STORE_WRITE);
    assert_err(store.rename(store.ctx, "file", "file3"), ERR_STORE_WRITE);
    assert_holds(&store, "file", "text");
    sim_state_set_disk(sim, SIM_DISK_TORN);
    assert_err(put(&store, "file", "longer text"), ERR_STORE_WRITE);
    assert_holds(&store, "file", "longe");
    sim_state_set_disk(sim, SIM_DISK_FINE);
    assert_ok(put(&store, "file", "whole"));
    assert_holds(&store, "file", "whole");
    store_close(&store);
    sim_state_close(sim);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_files_in_folders, rig_start, rig_stop),
        cmocka_unit_test_setup_teardown(files_are_for_the_kiosk_alone, rig_start, rig_stop),
        cmocka_unit_test_setup_teardown(names_what_cannot_be_done, rig_start, rig_stop),
        cmocka_unit_test_setup_teardown(no_path_leads_out_of_the_folder, rig_start, rig_stop),
        cmocka_unit_test_setup_teardown(a_pipe_in_place_of_a_file_holds_nobody_up, rig_start, rig_stop),
        cmocka_unit_test(wants_a_folder),
        cmocka_unit_test_setup_teardown(steps_fail_one_by_one, rig_start, rig_stop),
        cmocka_unit_test_setup_teardown(a_kill_or_a_torn_write_leaves_old_or_new, rig_start, rig_stop),
        cmocka_unit_test_setup_teardown(heeds_the_faults_of_a_script, rig_start, rig_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
