/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/sight.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "kiosk/messages.h"

#define INSTALLED_READER "/usr/libexec/credkiosk/credkiosk-reader"

/* A reader process and this side's end of its socket. */
struct child {
    pid_t pid;
    int socket;
};

static void find_reader(char path[PATH_MAX]) {
    ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 32);
    path[len > 0 ? len : 0] = 0;
    char *slash = strrchr(path, '/');
    if (slash != NULL) {
        snprintf(slash + 1, 32, "credkiosk-reader");
    }
    if (slash == NULL || access(path, X_OK) != 0) {
        snprintf(path, PATH_MAX, "%s", INSTALLED_READER);
    }
}

/* In the child: its socket becomes descriptor MESSAGES_SOCKET, and the reader takes over. */
static void become_reader(const char *path, int socket) {
    char *const arguments[] = {(char[]){"credkiosk-reader"}, NULL};
    if (socket == MESSAGES_SOCKET ? fcntl(socket, F_SETFD, 0) == 0 : dup2(socket, MESSAGES_SOCKET) >= 0) {
        execv(path, arguments);
    }
    _exit(127);
}

static enum err start(struct child *out) {
    char path[PATH_MAX];
    int pair[2];
    find_reader(path);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        return ERR_SIGHT_START;
    }
    pid_t pid = fork();
    if (pid == 0) {
        become_reader(path, pair[1]);
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return ERR_SIGHT_START;
    }
    *out = (struct child){pid, pair[0]};
    return ERR_OK;
}

/* Kill what does not end by itself: it holds nothing that would be lost. */
static void end(struct child *child) {
    close(child->socket);
    kill(child->pid, SIGKILL);
    waitpid(child->pid, NULL, 0);
}

/* A file in memory that reads like a camera's pipe holding this one frame. */
static enum err camera_of(const struct frame *frame, int *out) {
    int descriptor = memfd_create("picture", MFD_CLOEXEC);
    if (descriptor < 0) {
        return ERR_NO_MEMORY;
    }
    enum err err = pipe_frame_write(descriptor, frame);
    if (err == ERR_OK && lseek(descriptor, 0, SEEK_SET) != 0) {
        err = ERR_NO_MEMORY;
    }
    if (err != ERR_OK) {
        close(descriptor);
        return err;
    }
    *out = descriptor;
    return ERR_OK;
}

static enum err show(const struct child *child, const struct frame *frame) {
    uint8_t bytes[256];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_camera orders = {.kind = CAMERA_PIPE, .flags = READER_EVERY_FRAME | READER_THOROUGH};
    int camera = -1;
    TRY(messages_put_camera(&orders, &body));
    TRY(camera_of(frame, &camera));
    enum err err = messages_send(child->socket, MESSAGE_READER_START, room_span(&body), &camera, 1);
    close(camera);
    return err;
}

/* The next message, within the time; the body points into the buffer. */
static enum err next_message(const struct child *child, struct room *buffer, struct message *out) {
    struct pollfd poller = {.fd = child->socket, .events = POLLIN};
    if (poll(&poller, 1, SIGHT_ANSWER_MS) <= 0) {
        return ERR_SIGHT_SILENT;
    }
    return messages_receive(child->socket, MESSAGES_FROM_READER, buffer, out);
}

static enum err take_symbol(const struct message *message, enum sight_kind *kind, struct room *payload) {
    struct message_symbol symbol = {0};
    TRY(messages_get_symbol(message->body, &symbol));
    *kind = message->type == MESSAGE_SYMBOL ? SIGHT_ONE : SIGHT_TWO_CODES;
    return message->type == MESSAGE_SYMBOL ? room_put(payload, symbol.payload) : ERR_OK;
}

/* Show the picture when the reader is ready, and listen until its camera, this one frame, is over. */
static enum err converse(const struct child *child, const struct frame *frame, struct room *buffer,
                         enum sight_kind *kind, struct room *payload) {
    struct message message = {0};
    if (next_message(child, buffer, &message) != ERR_OK || message.type != MESSAGE_READY) {
        return ERR_SIGHT_START;
    }
    TRY(show(child, frame));
    while (message.type != MESSAGE_CAMERA_LOST) {
        if (next_message(child, buffer, &message) != ERR_OK) {
            return ERR_SIGHT_SILENT;
        }
        if (message.type == MESSAGE_SYMBOL || message.type == MESSAGE_TWO_CODES) {
            TRY(take_symbol(&message, kind, payload));
        }
    }
    return ERR_OK;
}

enum err sight_read(const struct frame *frame, enum sight_kind *kind, struct room *payload) {
    struct child child = {0};
    enum sight_kind seen = SIGHT_NOTHING;
    uint8_t *bytes = malloc(MESSAGES_SMALL_ROOM);
    struct room buffer = room_over(bytes, MESSAGES_SMALL_ROOM);
    enum err err = bytes == NULL ? ERR_NO_MEMORY : start(&child);
    if (err == ERR_OK) {
        err = converse(&child, frame, &buffer, &seen, payload);
        end(&child);
    }
    free(bytes);
    if (err == ERR_OK) {
        *kind = seen;
    }
    return err;
}
