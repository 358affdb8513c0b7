/* SPDX-License-Identifier: Apache-2.0 */
/* The reader, locked in as it ships, fed with good, odd and hostile pictures. */
#include "tests/lib/check.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "base/limits.h"
#include "kiosk/child.h"
#include "kiosk/ending.h"
#include "kiosk/lookout.h"
#include "kiosk/sandbox_extra.h"
#include "tests/lib/reader_rig.h"
#include "tests/lib/scene.h"

/* A reader with a pipe for a camera. */
struct rig {
    struct reader_rig reader;
    int camera;
};

static int plug(struct rig *rig, enum message_type type, uint32_t flags) {
    int ends[2];
    if (pipe(ends) != 0) {
        return -1;
    }
    reader_rig_camera(&rig->reader, type, CAMERA_PIPE, ends[0], flags);
    close(ends[0]);
    rig->camera = ends[1];
    return 0;
}

static int start_with(void **state, uint32_t flags) {
    static struct rig rig;
    signal(SIGPIPE, SIG_IGN);
    reader_rig_start(&rig.reader);
    *state = &rig;
    return plug(&rig, MESSAGE_READER_START, flags);
}

static int start(void **state) {
    return start_with(state, 0);
}

static int start_every(void **state) {
    return start_with(state, READER_EVERY_FRAME | READER_THOROUGH);
}

/* It must still be there, and leave in peace. */
static int stop(void **state) {
    struct rig *rig = *state;
    close(rig->camera);
    return reader_rig_stop(&rig->reader) == 0 ? 0 : -1;
}

static struct frame frame_of(const struct grey *picture) {
    return (struct frame){
        FRAME_GREY,
        picture->width_px,
        picture->height_px,
        picture->width_px,
        span_of_bytes(picture->pixels, (size_t)picture->width_px * picture->height_px),
        0,
    };
}

static void send_grey(struct rig *rig, const struct grey *picture) {
    struct frame frame = frame_of(picture);
    assert_ok(pipe_frame_write(rig->camera, &frame));
}

static void send_and_free(struct rig *rig, struct grey picture) {
    assert_non_null(picture.pixels);
    send_grey(rig, &picture);
    free(picture.pixels);
}

static void assert_symbol(struct rig *rig, struct span expected) {
    struct message message = reader_rig_next(&rig->reader, 5000, NULL);
    struct message_symbol symbol = {0};
    assert_int_equal(message.type, MESSAGE_SYMBOL);
    assert_ok(messages_get_symbol(message.body, &symbol));
    assert_true(span_equal(symbol.payload, expected));
    assert_true(symbol.captured_us > 0);
}

/* Whatever was sent before did not kill it: it reads the next code. */
static void assert_reads_on(struct rig *rig, const char *text) {
    send_and_free(rig, scene_qr(span_of_text(text), 4));
    assert_symbol(rig, span_of_text(text));
}

static void hands_over_the_exact_bytes_once(void **state) {
    struct rig *rig = *state;
    uint8_t all[256];
    for (size_t i = 0; i < sizeof all; i++) {
        all[i] = (uint8_t)i;
    }
    struct grey picture = scene_qr(span_of_bytes(all, sizeof all), 4);
    for (unsigned i = 0; i < 20; i++) {
        send_grey(rig, &picture);
    }
    free(picture.pixels);
    assert_symbol(rig, span_of_bytes(all, sizeof all));
    assert_reads_on(rig, "the next one");
}

static void says_that_there_are_two_codes(void **state) {
    struct rig *rig = *state;
    struct grey one = scene_qr(span_of_text("one"), 5);
    struct grey two = scene_qr(span_of_text("two"), 5);
    send_and_free(rig, scene_beside(&one, &two));
    assert_int_equal(reader_rig_next(&rig->reader, 5000, NULL).type, MESSAGE_TWO_CODES);
    free(one.pixels);
    free(two.pixels);
    assert_reads_on(rig, "three");
}

static void damaged_pictures_are_dropped_and_counted(void **state) {
    struct rig *rig = *state;
    struct message_stats stats = {0};
    struct grey qr = scene_qr(span_of_text("cut"), 4);
    struct span jpeg = scene_jpeg(&qr);
    for (size_t len = 1; len < jpeg.len; len += jpeg.len / 20) {
        struct frame frame = {.format = FRAME_MJPEG, .bytes = span_of_bytes(jpeg.ptr, len)};
        assert_ok(pipe_frame_write(rig->camera, &frame));
    }
    assert_reads_on(rig, "whole");
    while (stats.frames < 21) {
        assert_int_equal(reader_rig_next(&rig->reader, 300, &stats).type, MESSAGE_NONE);
    }
    assert_int_equal(stats.dropped, stats.frames - 1);
    free(qr.pixels);
    free((void *)(uintptr_t)jpeg.ptr);
}

/* zbar asks iconv for character sets by what a stranger's code says; the lock must not kill for it. */
static void no_character_set_kills_it(void **state) {
    struct rig *rig = *state;
    static const unsigned sets[] = {0,  1,  2,  3,  4,  9,  11, 12,  13,  14,  15,
                                    16, 17, 18, 20, 25, 26, 28, 170, 899, 5000};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        send_and_free(rig, scene_qr_eci(sets[i], span_of_text("\xE1\xE2\xFF\x81"), 4));
    }
    send_and_free(rig, scene_qr(span_of_text("\x83\x65\x83\x58\x83\x67"), 4));
    send_and_free(rig, scene_qr(span_of_text("\xB4\xFA\xB8\xD5"), 4));
    struct message message;
    do {
        message = reader_rig_next(&rig->reader, 1500, NULL);
    } while (message.type == MESSAGE_SYMBOL);
    assert_int_equal(message.type, MESSAGE_NONE);
    assert_reads_on(rig, "alive");
}

static void odd_sizes_do_not_matter(void **state) {
    struct rig *rig = *state;
    static const uint32_t sizes[][2] = {{1, 1}, {1, 4096}, {4096, 1}, {3, 5}, {4096, 300}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        send_and_free(rig, scene_blank(sizes[i][0], sizes[i][1]));
    }
    assert_reads_on(rig, "alive");
}

/* However large its pictures, a camera does not make it grow beyond what face allows: that would replace it for ever. */
static void the_largest_pictures_are_not_too_many(void **state) {
    struct rig *rig = *state;
    struct grey picture = scene_blank(LIMIT_FRAME_SIDE_PX, LIMIT_FRAME_SIDE_PX);
    for (size_t i = 0; i < (size_t)LIMIT_FRAME_SIDE_PX * LIMIT_FRAME_SIDE_PX; i++) {
        picture.pixels[i] = (uint8_t)(i * i * 2654435761u >> 24);
    }
    for (unsigned i = 0; i < 12; i++) {
        send_grey(rig, &picture);
    }
    free(picture.pixels);
    assert_reads_on(rig, "alive");
    struct child child = {.pid = rig->reader.child};
    size_t resident = child_resident_bytes(&child);
    assert_in_range(resident, 1, (size_t)LIMIT_CHILD_BYTES * (1 + sandbox_extra.memory_times));
}

static enum err lost(struct rig *rig, int timeout_ms) {
    struct message message = reader_rig_next(&rig->reader, timeout_ms, NULL);
    struct message_lost cause = {0};
    assert_int_equal(message.type, MESSAGE_CAMERA_LOST);
    assert_ok(messages_get_lost(message.body, &cause));
    return cause.cause;
}

static void a_camera_that_goes_away_is_said_and_another_taken(void **state) {
    struct rig *rig = *state;
    for (unsigned i = 0; i < 3; i++) {
        assert_reads_on(rig, i == 0 ? "a" : i == 1 ? "b" : "c");
        close(rig->camera);
        assert_int_equal(lost(rig, 5000), ERR_CAMERA_GONE);
        assert_int_equal(plug(rig, MESSAGE_CAMERA, 0), 0);
    }
    assert_reads_on(rig, "d");
}

static void a_stall_is_a_camera_lost(void **state) {
    struct rig *rig = *state;
    assert_reads_on(rig, "a");
    assert_int_equal(lost(rig, 5000), ERR_CAMERA_TIMEOUT);
    close(rig->camera);
    assert_int_equal(plug(rig, MESSAGE_CAMERA, 0), 0);
    assert_reads_on(rig, "b");
}

static void garbage_on_the_pipe_is_a_camera_lost(void **state) {
    struct rig *rig = *state;
    static const uint8_t garbage[300] = {1, 2, 3};
    assert_int_equal(write(rig->camera, garbage, sizeof garbage), sizeof garbage);
    assert_int_equal(lost(rig, 5000), ERR_CAMERA_GONE);
    close(rig->camera);
    assert_int_equal(plug(rig, MESSAGE_CAMERA, 0), 0);
    assert_reads_on(rig, "alive");
}

static void something_that_is_no_camera_is_refused(void **state) {
    struct rig *rig = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    reader_rig_camera(&rig->reader, MESSAGE_CAMERA, CAMERA_V4L2, ends[0], 0);
    assert_int_equal(lost(rig, 5000), ERR_CAMERA_REFUSED);
    close(ends[0]);
    close(ends[1]);
    close(rig->camera);
    assert_int_equal(plug(rig, MESSAGE_CAMERA, 0), 0);
    assert_reads_on(rig, "alive");
}

static void every_frame_is_told_where_that_is_asked(void **state) {
    struct rig *rig = *state;
    struct grey same = scene_qr(span_of_text("same"), 4);
    struct grey inverted = scene_inverted(&same);
    for (unsigned i = 0; i < 4; i++) {
        send_grey(rig, &same);
    }
    send_grey(rig, &inverted);
    close(rig->camera);
    rig->camera = -1;
    struct message_stats stats = {0};
    unsigned codes = 0;
    struct message message;
    while ((message = reader_rig_next(&rig->reader, 5000, &stats)).type == MESSAGE_SYMBOL) {
        codes++;
    }
    assert_int_equal(message.type, MESSAGE_CAMERA_LOST);
    assert_int_equal(codes, 5);
    assert_int_equal(stats.frames, 5);
    free(same.pixels);
    free(inverted.pixels);
}

/* What one picture alone gives with these flags. */
static unsigned codes_of_one(void **state, uint32_t flags, const struct grey *picture) {
    struct message_stats stats = {0};
    struct message message = {0};
    unsigned codes = 0;
    assert_int_equal(start_with(state, flags), 0);
    struct rig *rig = *state;
    send_grey(rig, picture);
    while (message.type != MESSAGE_NONE || stats.frames == 0) {
        message = reader_rig_next(&rig->reader, 300, &stats);
        codes += message.type == MESSAGE_SYMBOL;
    }
    assert_int_equal(stats.codes, codes);
    assert_int_equal(stop(state), 0);
    return codes;
}

static void a_picture_without_a_code_is_looked_at_again_where_that_is_asked(void **state) {
    struct grey picture =
        scene_beside_a_wall(span_of_text("persist 0123456789 abcdefghijklmnopqrstuvwxyz 0123456789"));
    assert_int_equal(codes_of_one(state, READER_EVERY_FRAME, &picture), 0);
    assert_int_equal(codes_of_one(state, READER_EVERY_FRAME | READER_PERSIST, &picture), 1);
    free(picture.pixels);
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
    struct rig *rig = *state;
    pid_t threads[16];
    char status[4096];
    assert_reads_on(rig, "at work");
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
        struct rig *rig = *state;
        assert_reads_on(rig, "at work");
        pid_t thread = stop_thread(rig->reader.child, names[i]);
        if (thread < 0) {
            assert_int_equal(stop(state), 0);
            skip();
        }
        struct grey picture = scene_blank(64, 64);
        struct frame frame = frame_of(&picture);
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

static void a_message_that_it_does_not_know_ends_it(void **state) {
    (void)state;
    struct reader_rig reader;
    reader_rig_start(&reader);
    assert_int_equal(write(reader.socket, "hello", 5), 5);
    assert_int_equal(reader_rig_next(&reader, 5000, NULL).type, MESSAGE_NONE);
    int status = reader_rig_stop(&reader);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == ENDING_WORK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hands_over_the_exact_bytes_once, start, stop),
        cmocka_unit_test_setup_teardown(says_that_there_are_two_codes, start, stop),
        cmocka_unit_test_setup_teardown(damaged_pictures_are_dropped_and_counted, start_every, stop),
        cmocka_unit_test_setup_teardown(no_character_set_kills_it, start_every, stop),
        cmocka_unit_test_setup_teardown(odd_sizes_do_not_matter, start_every, stop),
        cmocka_unit_test_setup_teardown(the_largest_pictures_are_not_too_many, start, stop),
        cmocka_unit_test_setup_teardown(a_camera_that_goes_away_is_said_and_another_taken, start, stop),
        cmocka_unit_test_setup_teardown(a_stall_is_a_camera_lost, start, stop),
        cmocka_unit_test_setup_teardown(garbage_on_the_pipe_is_a_camera_lost, start, stop),
        cmocka_unit_test_setup_teardown(something_that_is_no_camera_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(every_frame_is_told_where_that_is_asked, start_every, stop),
        cmocka_unit_test(a_picture_without_a_code_is_looked_at_again_where_that_is_asked),
        cmocka_unit_test_setup_teardown(every_thread_is_locked_in, start, stop),
        cmocka_unit_test(a_thread_that_does_not_come_back_ends_it),
        cmocka_unit_test(a_message_that_it_does_not_know_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
