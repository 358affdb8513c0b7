/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/reader_rig.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/lib/check.h"

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* In the child: the socket becomes descriptor MESSAGES_SOCKET. */
static _Noreturn void become_reader(int socket) {
    char path[512];
    const char *folder = getenv("BIN");
    snprintf(path, sizeof path, "%s/credkiosk-reader", folder == NULL ? "build/bin" : folder);
    if (socket == MESSAGES_SOCKET) {
        fcntl(socket, F_SETFD, 0);
    } else {
        dup2(socket, MESSAGES_SOCKET);
    }
    setenv("ASAN_OPTIONS", "detect_leaks=0:symbolize=0:exitcode=86", 1);
    execl(path, path, (char *)NULL);
    _exit(127);
}

void reader_rig_start(struct reader_rig *rig) {
    int sockets[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets), 0);
    *rig = (struct reader_rig){.socket = sockets[0]};
    rig->child = fork();
    if (rig->child == 0) {
        become_reader(sockets[1]);
    }
    close(sockets[1]);
    struct message message = reader_rig_next(rig, 5000, NULL);
    assert_int_equal(message.type, MESSAGE_READY);
}

void reader_rig_camera(struct reader_rig *rig, enum message_type type, enum camera_kind kind, int camera,
                       uint32_t flags) {
    uint8_t bytes[64];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_camera orders = {.kind = kind, .wish = {1280, 720, 30, false}, .flags = flags};
    assert_ok(messages_put_camera(&orders, &body));
    assert_ok(messages_send(rig->socket, type, room_span(&body), &camera, 1));
}

struct message reader_rig_next(struct reader_rig *rig, int timeout_ms, struct message_stats *stats) {
    int64_t end_ms = now_ms() + timeout_ms;
    for (int64_t left_ms = timeout_ms; left_ms > 0; left_ms = end_ms - now_ms()) {
        struct pollfd poller = {.fd = rig->socket, .events = POLLIN};
        struct room buffer = room_over(rig->incoming, sizeof rig->incoming);
        struct message message = {0};
        if (poll(&poller, 1, (int)left_ms) <= 0) {
            break;
        }
        if (messages_receive(rig->socket, MESSAGES_FROM_READER, &buffer, &message) != ERR_OK) {
            break;
        }
        if (message.type != MESSAGE_READER_STATS) {
            return message;
        }
        if (stats != NULL) {
            assert_ok(messages_get_stats(message.body, stats));
        }
    }
    return (struct message){0};
}

int reader_rig_stop(struct reader_rig *rig) {
    int status = 0;
    close(rig->socket);
    waitpid(rig->child, &status, 0);
    return status;
}
