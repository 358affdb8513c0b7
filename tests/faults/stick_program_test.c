/* SPDX-License-Identifier: Apache-2.0 */
/* credkiosk-stick as it is started: locked in, with a real block device where this machine lets a test have one. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <linux/loop.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/stick.h"
#include "tests/lib/temp_folder.h"

struct desk {
    char path[TEMP_FOLDER_SIZE];
    int data;
    struct store_port store;
};

/* Run a command line; its exit status, or -1 for a death by signal. */
__attribute__((format(printf, 1, 2))) static int run(const char *format, ...) {
    char line[2048];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(line, sizeof line, format, args);
    va_end(args);
    char *const words[] = {"/bin/sh", "-c", line, NULL};
    pid_t child = 0;
    int status = 0;
    assert_int_equal(posix_spawn(&child, words[0], NULL, NULL, words, environ), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) < 128 ? WEXITSTATUS(status) : -1;
}

static const char *program(void) {
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/credkiosk-stick", getenv("BIN"));
    return path;
}

static int start(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    assert_true(temp_folder_make(desk->path));
    assert_int_equal(run("mkdir %s/stick %s/data", desk->path, desk->path), 0);
    char data[TEMP_FOLDER_SIZE + 8];
    (void)snprintf(data, sizeof data, "%s/data", desk->path);
    desk->data = open(data, O_RDONLY | O_DIRECTORY);
    assert_ok(store_open(desk->data, &desk->store));
    *state = desk;
    return 0;
}

static int stop(void **state) {
    struct desk *desk = *state;
    store_close(&desk->store);
    close(desk->data);
    assert_true(temp_folder_remove(desk->path));
    free(desk);
    return 0;
}

/* A good pack between all that somebody could put beside it. */
static void fill(const struct desk *desk) {
    assert_int_equal(
        run("cd %s/stick && head -c 300000 /dev/zero >good.tpk && echo token >good.fresh && "
            "mkdir folder.tpk && ln -s /etc/passwd link.tpk && ln -s /etc/shadow link.fresh && "
            "mkdir deep && cp good.tpk deep/deep.tpk && : >empty.tpk && touch -d 2001-01-01 empty.tpk",
            desk->path),
        0);
}

static void expect_copies(const struct desk *desk) {
    struct stick_status status = {0};
    assert_ok(stick_status_read(&desk->store, &status));
    assert_int_equal(status.step, STICK_READY);
    assert_int_equal(status.packs, 2);
    assert_int_equal(status.tokens, 1);
    assert_int_equal(run("cmp %s/stick/good.tpk %s/data/stick/pack-0", desk->path, desk->path), 0);
    assert_int_equal(run("cmp %s/stick/good.fresh %s/data/stick/token-0", desk->path, desk->path), 0);
    assert_int_equal(
        run("test \"$(ls %s/data/stick | tr '\\n' ' ')\" = 'pack-0 pack-1 status token-0 '", desk->path), 0);
}

static void expect_failure(const struct desk *desk, enum err err) {
    struct stick_status status = {0};
    assert_ok(stick_status_read(&desk->store, &status));
    assert_int_equal(status.step, STICK_FAILED);
    assert_int_equal(status.err, err);
    assert_int_equal(run("test \"$(ls %s/data/stick)\" = status", desk->path), 0);
}

static void copies_a_folder_behind_its_lock(void **state) {
    struct desk *desk = *state;
    fill(desk);
    assert_int_equal(run("mkfifo %s/stick/pipe.tpk", desk->path), 0);
    assert_int_equal(run("%s --data %s/data --folder %s/stick", program(), desk->path, desk->path), 0);
    expect_copies(desk);
    assert_int_equal(run("%s --data %s/data --gone", program(), desk->path), 0);
    expect_copies(desk);
}

static void says_what_was_wrong_and_leaves_nothing(void **state) {
    struct desk *desk = *state;
    fill(desk);
    assert_int_equal(run("%s --data %s/data --folder %s/stick", program(), desk->path, desk->path), 0);
    assert_int_equal(
        run("%s --data %s/data --folder %s/stick/deep/none 2>/dev/null", program(), desk->path, desk->path),
        65);
    expect_failure(desk, ERR_STICK_READ);
    assert_int_equal(
        run("%s --data %s/data --folder %s/stick/folder.tpk 2>/dev/null", program(), desk->path, desk->path),
        65);
    expect_failure(desk, ERR_STICK_EMPTY);
    static const char *const devices[] = {"/dev/null", "/dev/none", "/etc/passwd"};
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        assert_int_equal(run("%s --data %s/data %s 2>/dev/null", program(), desk->path, devices[i]), 65);
        expect_failure(desk, ERR_STICK_MOUNT);
    }
    assert_int_equal(run("%s --data %s/data --gone", program(), desk->path), 0);
    assert_int_equal(run("test -z \"$(ls %s/data/stick)\"", desk->path), 0);
}

static void asks_for_what_it_needs(void **state) {
    struct desk *desk = *state;
    static const char *const lines[] = {"", "--data /tmp", "--data /tmp --gone /dev/null", "--data /tmp a b",
                                        "--what"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(run("%s %s 2>/dev/null", program(), lines[i]), 64);
    }
    assert_int_equal(run("%s --data %s/none --gone 2>/dev/null", program(), desk->path), 65);
}

/* A disk of 66 MB has room for the pack, but not for its installation and what a kiosk writes beside. */
static void a_disk_without_room_is_said(void **state) {
    struct desk *desk = *state;
    fill(desk);
    if (run("unshare -rm mount -t tmpfs none %s/data 2>/dev/null", desk->path) != 0) {
        skip();
    }
    assert_int_equal(run("head -c 2000000 /dev/zero >%s/stick/good.tpk", desk->path), 0);
    assert_int_equal(
        run("unshare -rm sh -c 'mount -t tmpfs -o size=66m none %s/data && "
            "! %s --data %s/data --folder %s/stick 2>/dev/null && cat %s/data/stick/status >%s/said && "
            "ls %s/data/stick >%s/left'",
            desk->path, program(), desk->path, desk->path, desk->path, desk->path, desk->path, desk->path),
        0);
    assert_int_equal(run("grep -qx 'failed 0 0 %s' %s/said", err_name(ERR_STICK_SPACE), desk->path), 0);
    assert_int_equal(run("test \"$(cat %s/left)\" = status", desk->path), 0);
}

/* A loop device over a file; -1 where the machine gives none. */
static int attach(const char *image, char device[32]) {
    int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC), file = open(image, O_RDWR | O_CLOEXEC);
    int number = control < 0 ? -1 : ioctl(control, LOOP_CTL_GET_FREE), loop = -1;
    (void)snprintf(device, 32, "/dev/loop%d", number);
    loop = number < 0 ? -1 : open(device, O_RDWR | O_CLOEXEC);
    if (loop >= 0 && ioctl(loop, LOOP_SET_FD, file) != 0) {
        close(loop);
        loop = -1;
    }
    close(control);
    close(file);
    return loop;
}

static bool mounts(const char *name) {
    return run("grep -qw %s /proc/filesystems", name) == 0;
}

/* The same of a real file system on a real device, made by `make`; nothing of it is mounted afterwards. */
static void copies_from(struct desk *desk, const char *make) {
    char image[TEMP_FOLDER_SIZE + 8], device[32];
    (void)snprintf(image, sizeof image, "%s/image", desk->path);
    assert_int_equal(run("truncate -s 32M %s && %s", image, make), 0);
    assert_int_equal(run("sha256sum %s >%s/before", image, desk->path), 0);
    int loop = attach(image, device);
    if (loop < 0) {
        skip();
    }
    int ended = run("%s --data %s/data %s", program(), desk->path, device);
    int mounted = run("grep -q %s /proc/mounts", device);
    assert_int_equal(ioctl(loop, LOOP_CLR_FD, 0), 0);
    close(loop);
    assert_int_equal(ended, 0);
    assert_int_equal(mounted, 1);
    expect_copies(desk);
    assert_int_equal(run("sha256sum -c --quiet %s/before", desk->path), 0);
}

static void copies_from_an_ext4_stick_and_writes_nothing_to_it(void **state) {
    struct desk *desk = *state;
    char make[512];
    if (geteuid() != 0 || !mounts("ext4") || run("command -v mkfs.ext4 >/dev/null") != 0) {
        skip();
    }
    fill(desk);
    (void)snprintf(make, sizeof make, "mkfs.ext4 -q -F -d %s/stick %s/image", desk->path, desk->path);
    copies_from(desk, make);
}

static void copies_from_a_vfat_stick(void **state) {
    struct desk *desk = *state;
    char make[512];
    if (geteuid() != 0 || !mounts("vfat") || run("command -v mkfs.vfat mcopy >/dev/null") != 0) {
        skip();
    }
    fill(desk);
    assert_int_equal(run("rm %s/stick/link.*", desk->path), 0);
    (void)snprintf(make, sizeof make,
                   "mkfs.vfat %s/image >/dev/null && mcopy -smi %s/image %s/stick/* ::", desk->path,
                   desk->path, desk->path);
    copies_from(desk, make);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(copies_a_folder_behind_its_lock),
        CASE(says_what_was_wrong_and_leaves_nothing),
        CASE(asks_for_what_it_needs),
        CASE(a_disk_without_room_is_said),
        CASE(copies_from_an_ext4_stick_and_writes_nothing_to_it),
        CASE(copies_from_a_vfat_stick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
