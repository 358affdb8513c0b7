/* SPDX-License-Identifier: Apache-2.0 */
/* What a stick brings is copied whole or not at all, whatever lies on it and whenever it is pulled out. */
#include "tests/lib/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boards/stick.h"
#include "tests/lib/temp_folder.h"

/* A stick and a data folder, side by side. */
struct desk {
    char path[TEMP_FOLDER_SIZE];
    int stick, data;
    struct store_port store;
    struct stick_source source;
    int64_t readable; /* bytes that are read before the stick is pulled out; below 0: it never is */
    int short_by;     /* bytes at which a file ends earlier than it said */
    int steps_left;   /* of the disk before one fails; below 0: none does */
    struct store_port disk;
};

static int start(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    assert_true(temp_folder_make(desk->path));
    int folder = open(desk->path, O_RDONLY | O_DIRECTORY);
    assert_int_equal(mkdirat(folder, "stick", 0755) | mkdirat(folder, "data", 0755), 0);
    desk->stick = openat(folder, "stick", O_RDONLY | O_DIRECTORY);
    desk->data = openat(folder, "data", O_RDONLY | O_DIRECTORY);
    close(folder);
    assert_ok(store_open(desk->data, &desk->store));
    desk->source.folder = desk->stick;
    desk->readable = desk->steps_left = -1;
    *state = desk;
    return 0;
}

static int stop(void **state) {
    struct desk *desk = *state;
    store_close(&desk->store);
    close(desk->stick);
    close(desk->data);
    assert_true(temp_folder_remove(desk->path));
    free(desk);
    return 0;
}

/* A file of `bytes` times its first letter, so old. */
static void put(struct desk *desk, const char *name, size_t bytes, time_t modified_s) {
    int file = openat(desk->stick, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(file >= 0);
    char *text = malloc(bytes + 1);
    memset(text, name[0], bytes + 1);
    assert_int_equal(write(file, text, bytes), (ssize_t)bytes);
    free(text);
    const struct timespec times[2] = {{modified_s, 0}, {modified_s, 0}};
    assert_int_equal(futimens(file, times), 0);
    close(file);
}

/* The first letter and the length of a copy; -1 without one. */
static int letter_of(struct desk *desk, enum stick_kind kind, uint32_t index, off_t *len) {
    char path[32], letter = 0;
    struct stat status;
    stick_path(kind, index, path);
    int file = openat(desk->data, path, O_RDONLY);
    if (file < 0) {
        return -1;
    }
    assert_int_equal(fstat(file, &status), 0);
    ssize_t got = read(file, &letter, 1);
    close(file);
    *len = status.st_size;
    return got == 1 ? letter : 0;
}

static uint32_t copies(struct desk *desk) {
    uint32_t count = 0;
    off_t len = 0;
    for (uint32_t i = 0; i < LIMIT_STICK_PACKS + LIMIT_STICK_TOKENS; i++) {
        count += letter_of(desk, STICK_PACK, i, &len) >= 0;
        count += letter_of(desk, STICK_TOKEN, i, &len) >= 0;
    }
    return count;
}

static struct stick_status status_of(struct desk *desk) {
    struct stick_status status = {0};
    assert_ok(stick_status_read(&desk->store, &status));
    return status;
}

static void expect_failure(struct desk *desk, enum err err) {
    assert_err(stick_take(&desk->store, &desk->source), err);
    struct stick_status status = status_of(desk);
    assert_int_equal(status.step, STICK_FAILED);
    assert_int_equal(status.err, err);
    assert_int_equal(copies(desk), 0);
    assert_int_equal(faccessat(desk->data, "stick/part", F_OK, 0), -1);
}

static void the_newest_few_of_each_kind_are_copied(void **state) {
    struct desk *desk = *state;
    off_t len = 0;
    put(desk, "a.tpk", 10, 100);
    put(desk, "b.tpk", 20, 500);
    put(desk, "C.TPK", 70000, 300);
    put(desk, "d.tpk", 40, 400);
    put(desk, "e.fresh", 5, 1);
    put(desk, "f.tpk.txt", 5, 900);
    put(desk, ".tpk", 5, 900);
    assert_ok(stick_take(&desk->store, &desk->source));
    struct stick_status status = status_of(desk);
    assert_int_equal(status.step, STICK_READY);
    assert_int_equal(status.packs, LIMIT_STICK_PACKS);
    assert_int_equal(status.tokens, 1);
    assert_int_equal(letter_of(desk, STICK_PACK, 0, &len), 'b');
    assert_int_equal(len, 20);
    assert_int_equal(letter_of(desk, STICK_PACK, 1, &len), 'd');
    assert_int_equal(letter_of(desk, STICK_PACK, 2, &len), 'C');
    assert_int_equal(len, 70000);
    assert_int_equal(letter_of(desk, STICK_TOKEN, 0, &len), 'e');
    assert_int_equal(copies(desk), 4);
}

static void files_of_equal_age_are_taken_by_name(void **state) {
    struct desk *desk = *state;
    off_t len = 0;
    static const char *const names[] = {"c.fresh", "f.fresh", "a.fresh", "e.fresh", "b.fresh", "d.fresh"};
    for (size_t i = 0; i < 6; i++) {
        put(desk, names[i], 3, 77);
    }
    assert_ok(stick_take(&desk->store, &desk->source));
    for (uint32_t i = 0; i < LIMIT_STICK_TOKENS; i++) {
        assert_int_equal(letter_of(desk, STICK_TOKEN, i, &len), (int)('a' + i));
    }
    assert_int_equal(copies(desk), LIMIT_STICK_TOKENS);
}

/* Links, folders, pipes, sockets of other kinds, hidden files: none is opened, none keeps the good one from its place. */
static void only_regular_files_are_taken(void **state) {
    struct desk *desk = *state;
    off_t len = 0;
    assert_int_equal(symlinkat("/etc/passwd", desk->stick, "a.tpk"), 0);
    assert_int_equal(symlinkat("z.tpk", desk->stick, "b.tpk"), 0);
    assert_int_equal(mkdirat(desk->stick, "c.tpk", 0755), 0);
    assert_int_equal(mkfifoat(desk->stick, "d.tpk", 0644), 0);
    assert_int_equal(mkfifoat(desk->stick, "d.fresh", 0644), 0);
    put(desk, "._e.tpk", 4, 999);
    expect_failure(desk, ERR_STICK_EMPTY);
    put(desk, "z.tpk", 4, 1);
    assert_ok(stick_take(&desk->store, &desk->source));
    assert_int_equal(letter_of(desk, STICK_PACK, 0, &len), 'z');
    assert_int_equal(copies(desk), 1);
}

static void a_file_larger_than_its_kind_may_be_is_left(void **state) {
    struct desk *desk = *state;
    off_t len = 0;
    put(desk, "a.tpk", 1, 5);
    put(desk, "a.fresh", 1, 5);
    int pack = openat(desk->stick, "a.tpk", O_WRONLY), token = openat(desk->stick, "a.fresh", O_WRONLY);
    assert_int_equal(ftruncate(pack, LIMIT_PACK_BYTES + 1), 0);
    assert_int_equal(ftruncate(token, LIMIT_STICK_TOKEN_BYTES + 1), 0);
    close(pack);
    close(token);
    expect_failure(desk, ERR_STICK_LARGE);
    put(desk, "b.tpk", 1, 1);
    assert_ok(stick_take(&desk->store, &desk->source));
    assert_int_equal(letter_of(desk, STICK_PACK, 0, &len), 'b');
    assert_int_equal(copies(desk), 1);
}

static void a_crowded_stick_is_refused(void **state) {
    struct desk *desk = *state;
    for (unsigned i = 0; i < 10000; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "n%u.tpk", i);
        int file = openat(desk->stick, name, O_WRONLY | O_CREAT, 0644);
        assert_true(file >= 0);
        close(file);
    }
    expect_failure(desk, ERR_STICK_CROWDED);
}

static ssize_t pulled_out(void *ctx, int file, void *bytes, size_t len) {
    struct desk *desk = ctx;
    if (desk->readable == 0) {
        errno = EIO;
        return -1;
    }
    size_t most = len < (size_t)desk->readable ? len : (size_t)desk->readable;
    ssize_t got = read(file, bytes, most);
    desk->readable -= got > 0 ? got : 0;
    return got;
}

/* Three files of 300 bytes: wherever the stick goes, nothing of it is there, not even the files that were whole. */
static void a_stick_that_is_pulled_out_leaves_nothing(void **state) {
    struct desk *desk = *state;
    put(desk, "a.tpk", 300, 3);
    put(desk, "b.tpk", 300, 2);
    put(desk, "c.fresh", 300, 1);
    desk->source.read = pulled_out;
    desk->source.ctx = desk;
    for (int64_t readable = 0; readable < 900; readable += 50) {
        desk->readable = readable;
        expect_failure(desk, ERR_STICK_READ);
    }
    desk->readable = 901;
    assert_ok(stick_take(&desk->store, &desk->source));
    assert_int_equal(copies(desk), 3);
}

static ssize_t ends_early(void *ctx, int file, void *bytes, size_t len) {
    struct desk *desk = ctx;
    ssize_t got = read(file, bytes, len);
    return got > desk->short_by ? got - desk->short_by : 0;
}

static ssize_t goes_on(void *ctx, int file, void *bytes, size_t len) {
    (void)ctx;
    (void)file;
    memset(bytes, 'x', len);
    return (ssize_t)len;
}

static void a_file_of_another_length_than_it_had_is_not_taken(void **state) {
    struct desk *desk = *state;
    put(desk, "a.tpk", 300, 3);
    desk->source.ctx = desk;
    desk->source.read = ends_early;
    desk->short_by = 1;
    expect_failure(desk, ERR_STICK_READ);
    desk->source.read = goes_on;
    expect_failure(desk, ERR_STICK_READ);
}

/* A disk of which one step after the other fails. */
static enum err step(struct desk *desk) {
    if (desk->steps_left == 0) {
        return ERR_STORE_WRITE;
    }
    desk->steps_left -= desk->steps_left > 0 ? 1 : 0;
    return ERR_OK;
}

static enum err failing_create(void *ctx, const char *path, int *descriptor) {
    struct desk *desk = ctx;
    TRY(step(desk));
    return desk->disk.create(desk->disk.ctx, path, descriptor);
}

static enum err failing_append(void *ctx, int descriptor, struct span bytes) {
    struct desk *desk = ctx;
    TRY(step(desk));
    return desk->disk.append(desk->disk.ctx, descriptor, bytes);
}

static enum err failing_sync(void *ctx, int descriptor) {
    struct desk *desk = ctx;
    TRY(step(desk));
    return desk->disk.sync(desk->disk.ctx, descriptor);
}

static enum err failing_rename(void *ctx, const char *from, const char *to) {
    struct desk *desk = ctx;
    TRY(step(desk));
    return desk->disk.rename(desk->disk.ctx, from, to);
}

static enum err failing_sync_folder(void *ctx, const char *path) {
    struct desk *desk = ctx;
    TRY(step(desk));
    return desk->disk.sync_folder(desk->disk.ctx, path);
}

static enum err passed_make_folder(void *ctx, const char *path) {
    struct desk *desk = ctx;
    return desk->disk.make_folder(desk->disk.ctx, path);
}

static enum err passed_remove(void *ctx, const char *path) {
    struct desk *desk = ctx;
    return desk->disk.remove(desk->disk.ctx, path);
}

static void passed_close(void *ctx, int descriptor) {
    struct desk *desk = ctx;
    desk->disk.close(desk->disk.ctx, descriptor);
}

/* Only a copy that is whole is ever called ready. */
static void a_disk_that_fails_at_any_step_makes_nothing_ready(void **state) {
    struct desk *desk = *state;
    put(desk, "a.tpk", 300, 3);
    put(desk, "b.fresh", 300, 3);
    desk->disk = desk->store;
    struct store_port failing = {.ctx = desk,
                                 .create = failing_create,
                                 .append = failing_append,
                                 .sync = failing_sync,
                                 .rename = failing_rename,
                                 .sync_folder = failing_sync_folder,
                                 .make_folder = passed_make_folder,
                                 .remove = passed_remove,
                                 .close = passed_close};
    int steps = 0;
    for (enum err err = ERR_STORE_WRITE; err != ERR_OK; steps++) {
        desk->steps_left = steps;
        err = stick_take(&failing, &desk->source);
        struct stick_status status = status_of(desk);
        assert_true(err == ERR_OK || err == ERR_STORE_WRITE);
        assert_true(status.step != STICK_READY || copies(desk) == 2);
        assert_ok(stick_forget(&desk->store));
    }
    assert_true(steps > 15);
}

static void a_stick_that_goes_takes_along_what_brought_nothing(void **state) {
    struct desk *desk = *state;
    expect_failure(desk, ERR_STICK_EMPTY);
    assert_ok(stick_gone(&desk->store));
    assert_int_equal(status_of(desk).step, STICK_NONE);
    put(desk, "a.tpk", 9, 1);
    assert_ok(stick_take(&desk->store, &desk->source));
    assert_ok(stick_gone(&desk->store));
    assert_int_equal(status_of(desk).step, STICK_READY);
    assert_int_equal(copies(desk), 1);
    assert_ok(stick_forget(&desk->store));
    assert_int_equal(status_of(desk).step, STICK_NONE);
    assert_int_equal(copies(desk), 0);
}

static void a_status_that_is_none_of_ours_is_no_status(void **state) {
    struct desk *desk = *state;
    static const char *const texts[] = {"",
                                        "ready",
                                        "ready 1 2 ERR_OK",
                                        "ready 1 2 ERR_OK\nready",
                                        "ready 4 2 ERR_OK\n",
                                        "ready 1 5 ERR_OK\n",
                                        "ready 1 -1 ERR_OK\n",
                                        "ready 1 2 ERR_NOTHING\n",
                                        "none 0 0 ERR_OK\n",
                                        "READY 1 2 ERR_OK\n",
                                        "ready  2 ERR_OK\n"};
    struct stick_status status = {0};
    assert_int_equal(mkdirat(desk->data, "stick", 0700), 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int file = openat(desk->data, "stick/status", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        assert_int_equal(write(file, texts[i], strlen(texts[i])), (ssize_t)strlen(texts[i]));
        close(file);
        assert_err(stick_status_read(&desk->store, &status), ERR_STORE_READ);
    }
    assert_int_equal(status.step, STICK_NONE);
}

static void the_lock_tells_whether_somebody_is_at_work(void **state) {
    struct desk *desk = *state;
    int lock = -1, other = -1;
    assert_false(stick_try_lock(desk->data, &other));
    assert_ok(stick_lock(desk->data, &lock));
    assert_false(stick_try_lock(desk->data, &other));
    close(lock);
    assert_true(stick_try_lock(desk->data, &other));
    close(other);
    assert_int_equal(unlinkat(desk->data, "stick", AT_REMOVEDIR), 0);
    assert_int_equal(symlinkat("/tmp", desk->data, "stick"), 0);
    assert_err(stick_lock(desk->data, &lock), ERR_STORE_WRITE);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(the_newest_few_of_each_kind_are_copied),
        CASE(files_of_equal_age_are_taken_by_name),
        CASE(only_regular_files_are_taken),
        CASE(a_file_larger_than_its_kind_may_be_is_left),
        CASE(a_crowded_stick_is_refused),
        CASE(a_stick_that_is_pulled_out_leaves_nothing),
        CASE(a_file_of_another_length_than_it_had_is_not_taken),
        CASE(a_disk_that_fails_at_any_step_makes_nothing_ready),
        CASE(a_stick_that_goes_takes_along_what_brought_nothing),
        CASE(a_status_that_is_none_of_ours_is_no_status),
        CASE(the_lock_tells_whether_somebody_is_at_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
