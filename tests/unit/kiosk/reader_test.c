/* SPDX-License-Identifier: Apache-2.0 */
/* The reader over a played V4L2 camera that is unplugged, or falls silent. */
#include "tests/lib/check.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "kiosk/reader.h"
#include "tests/lib/reader_rig.h"
#include "tests/lib/scene.h"
#include "tests/lib/webcam.h"

WEBCAM_STANDS_IN_FOR_THE_KERNEL;

/* The reader in a child, over the played camera; the parent is face. */
static pid_t start_reader(int *socket) {
    int sockets[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets), 0);
    pid_t child = fork();
    if (child == 0) {
        struct reader reader = {.socket = sockets[1]};
        close(sockets[0]);
        bool good = reader_open(&reader, 2) == ERR_OK && reader_start(&reader) == ERR_OK &&
                    reader_serve(&reader) == ERR_OK;
        reader_close(&reader);
        _exit(good ? 0 : 1);
    }
    close(sockets[1]);
    *socket = sockets[0];
    return child;
}

static void give_camera(int socket, enum message_type type, enum camera_kind kind, int camera) {
    struct reader_rig rig = {.socket = socket};
    reader_rig_camera(&rig, type, kind, camera, 0);
}

/* The code that the reader sees, then the loss of its camera. */
static void assert_seen_and_lost(int socket, enum err expected) {
    struct reader_rig rig = {.socket = socket};
    struct message_symbol symbol = {0};
    struct message_lost lost = {0};
    struct message message = reader_rig_next(&rig, 5000, NULL);
    assert_int_equal(message.type, MESSAGE_SYMBOL);
    assert_ok(messages_get_symbol(message.body, &symbol));
    assert_span_text(symbol.payload, "by V4L2");
    message = reader_rig_next(&rig, 5000, NULL);
    assert_int_equal(message.type, MESSAGE_CAMERA_LOST);
    assert_ok(messages_get_lost(message.body, &lost));
    assert_int_equal(lost.cause, expected);
}

/* The code is still in view, as nothing else was seen meanwhile: it is not told again. */
static void assert_only_lost(int socket) {
    struct reader_rig rig = {.socket = socket};
    struct message_stats stats = {0};
    assert_int_equal(reader_rig_next(&rig, 5000, &stats).type, MESSAGE_CAMERA_LOST);
    assert_int_equal(stats.codes, 1);
}

static void the_reader_says_unplug_and_stall_and_takes_another(void **state) {
    (void)state;
    static const struct {
        int end;
        enum err expected;
    } cases[] = {{POLLERR | POLLHUP, ERR_CAMERA_GONE}, {0, ERR_CAMERA_TIMEOUT}};
    struct grey qr = scene_qr(span_of_text("by V4L2"), 5);
    struct span jpeg = scene_jpeg(&qr);
    struct frame frame = {.format = FRAME_MJPEG, .bytes = jpeg};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int socket = -1, status = 0, ends[2];
        webcam_plug_in(V4L2_PIX_FMT_MJPEG, 0);
        webcam.jpeg = jpeg;
        webcam.frames_left = 5;
        webcam.end = cases[i].end;
        pid_t child = start_reader(&socket);
        give_camera(socket, MESSAGE_READER_START, CAMERA_V4L2, webcam.descriptor);
        assert_seen_and_lost(socket, cases[i].expected);
        assert_int_equal(pipe(ends), 0);
        give_camera(socket, MESSAGE_CAMERA, CAMERA_PIPE, ends[0]);
        assert_ok(pipe_frame_write(ends[1], &frame));
        close(ends[0]);
        close(ends[1]);
        assert_only_lost(socket);
        close(socket);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        close(webcam.descriptor);
        webcam_forget();
    }
    free((void *)(uintptr_t)jpeg.ptr);
    free(qr.pixels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_says_unplug_and_stall_and_takes_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
