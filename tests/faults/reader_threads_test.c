/* SPDX-License-Identifier: Apache-2.0 */
/* The reader as a process: its threads, their lock, and what they hold. */
#include "tests/lib/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/pipe_frame.h"
#include "kiosk/child.h"
#include "kiosk/ending.h"
#include "kiosk/lookout.h"
#include "kiosk/sandbox_extra.h"
#include "tests/lib/reader_scene.h"
#include "tests/lib/scene.h"

static int start(void **state) {
    return reader_scene_start(state, 0);
}

static int start_every(void **state) {
    return reader_scene_start(state, READER_EVERY_FRAME | READER_THOROUGH);
}

/* However large its pictures, a camera does not make it grow beyond what face allows: that would replace it for ever. */
static void the_largest_pictures_are_not_too_many(void **state) {
    struct reader_scene *rig = *state;
    if (sandbox_extra.memory_times > 0) {
        skip(); /* a sanitizer keeps what is freed */
    }
    struct grey picture = scene_blank(LIMIT_FRAME_SIDE_PX, LIMIT_FRAME_SIDE_PX);
    for (unsigned i = 0; i < 12; i++) {
        reader_scene_show(rig, &picture);
    }
    free(picture.pixels);
    reader_scene_reads_on(rig, "alive");
    struct child child = {.pid = rig->reader.child};
    size_t resident = child_resident_bytes(&child);
    assert_in_range(resident, 1, LIMIT_CHILD_BYTES);
}

/* What libraries keep of each code that they read is given back in time: codes of different lengths in turn, which is
 * what zbar's memory grows by. */
static void a_thousand_codes_leave_no_memory_behind(void **state) {
    struct reader_scene *rig = *state;
    if (sandbox_extra.memory_times > 0) {
        skip(); /* a sanitizer keeps what is freed */
    }
    static uint8_t text[1000];
    memset(text, 'x', sizeof text);
    struct grey codes[] = {scene_qr(span_of_bytes(text, sizeof text), 2), scene_qr(span_of_text("short"), 3)};
    struct child child = {.pid = rig->reader.child};
    size_t before = 0;
    for (unsigned i = 0; i < 1500; i++) {
        before = i == 500 ? child_resident_bytes(&child) : before;
        reader_scene_show(rig, &codes[i % 2]);
        assert_int_equal(reader_rig_next(&rig->reader, 5000, NULL).type, MESSAGE_SYMBOL);
    }
    size_t after = child_resident_bytes(&child);
    free(codes[0].pixels);
    free(codes[1].pixels);
    assert_in_range(after, 1, before + 64 * 1024);
}

/* The threads of a process, at most `most`; how many. */
static size_t threads_of(pid_t process, pid_t *out, size_t most) {
    char path[64];
    size_t count = 0;
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL && count < most; entry = readdir(folder)) {
        pid_t thread = (pid_t)strtol(entry->d_name, NULL, 10);
        if (thread > 0) {
            out[count++] = thread;
        }
    }
    closedir(folder);
    return count;
}

/* A file of a thread in /proc. */
static void read_of(pid_t process, pid_t thread, const char *file, char *out, size_t size) {
    char path[96];
    snprintf(path, sizeof path, "/proc/%d/task/%d/%s", (int)process, (int)thread, file);
    FILE *opened = fopen(path, "r");
    assert_non_null(opened);
    out[fread(out, 1, size - 1, opened)] = 0;
    fclose(opened);
}

static void every_thread_is_locked_in(void **state) {
    struct reader_scene *rig = *state;
    pid_t threads[16];
    char status[4096];
    reader_scene_reads_on(rig, "at work");
    size_t count = threads_of(rig->reader.child, threads, 16);
    assert_int_equal(count, 2 + lookout_lookers(sysconf(_SC_NPROCESSORS_ONLN)));
    for (size_t i = 0; i < count; i++) {
        read_of(rig->reader.child, threads[i], "status", status, sizeof status);
        assert_non_null(strstr(status, "\nSeccomp:\t2\n"));
        assert_non_null(strstr(status, "\nNoNewPrivs:\t1\n"));
    }
}

/* Stop one thread of a process and no other, as nothing but a debugger can; -1: that is not allowed here. */
static pid_t stop_thread(pid_t process, const char *name) {
    pid_t threads[16];
    char called[32];
    size_t count = threads_of(process, threads, 16);
    for (size_t i = 0; i < count; i++) {
        read_of(process, threads[i], "comm", called, sizeof called);
        if (strcmp(called, name) == 0) {
            bool stopped = ptrace(PTRACE_SEIZE, threads[i], NULL, NULL) == 0 &&
                           ptrace(PTRACE_INTERRUPT, threads[i], NULL, NULL) == 0 &&
                           waitpid(threads[i], NULL, __WALL) == threads[i];
            return stopped ? threads[i] : -1;
        }
    }
    fail_msg("no thread is called %s", name);
    return -1;
}

/* The process ends itself, by ERR_LOOKOUT_STUCK, though all its other threads are well. */
static void a_thread_that_does_not_come_back_ends_it(void **state) {
    static const char *const names[] = {"looker 0\n", "decoder\n"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(start(state), 0);
        struct reader_scene *rig = *state;
        reader_scene_reads_on(rig, "at work");
        pid_t thread = stop_thread(rig->reader.child, names[i]);
        if (thread < 0) {
            assert_int_equal(reader_scene_stop(state), 0);
            skip();
        }
        struct grey picture = scene_blank(64, 64);
        struct frame frame = reader_scene_frame(&picture);
        for (unsigned turn = 0; pipe_frame_write(rig->camera, &frame) == ERR_OK; turn++) {
            assert_true(turn < 200);
            assert_int_equal(reader_rig_next(&rig->reader, 100, NULL).type, MESSAGE_NONE);
        }
        assert_int_equal(waitpid(thread, NULL, __WALL), thread);
        free(picture.pixels);
        close(rig->camera);
        int status = reader_rig_stop(&rig->reader);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == ENDING_WORK);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_largest_pictures_are_not_too_many, start, reader_scene_stop),
        cmocka_unit_test_setup_teardown(a_thousand_codes_leave_no_memory_behind, start_every,
                                        reader_scene_stop),
        cmocka_unit_test_setup_teardown(every_thread_is_locked_in, start, reader_scene_stop),
        cmocka_unit_test(a_thread_that_does_not_come_back_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
