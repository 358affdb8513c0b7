/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/viewer.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#define PROGRAM          "credkiosk-reader"
#define INSTALLED_FOLDER "/usr/libexec/credkiosk"

/* The folder of this program where the reader lies beside it, else the installed one. */
static void find_reader(char folder[PATH_MAX]) {
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - sizeof "/" PROGRAM);
    path[len > 0 ? len : 0] = 0;
    char *slash = strrchr(path, '/');
    bool beside = false;
    if (slash != NULL) {
        memcpy(slash, "/" PROGRAM, sizeof "/" PROGRAM);
        beside = access(path, X_OK) == 0;
        *slash = 0;
    }
    snprintf(folder, PATH_MAX, "%s", beside ? path : INSTALLED_FOLDER);
}

enum err viewer_start(struct room *buffer, struct child *out) {
    char folder[PATH_MAX];
    struct child child = {0};
    struct message message = {0};
    find_reader(folder);
    if (child_start(folder, PROGRAM, &child) != ERR_OK) {
        return ERR_SIGHT_START;
    }
    if (viewer_hear(&child, buffer, &message) != ERR_OK || message.type != MESSAGE_READY) {
        (void)child_end(&child);
        return ERR_SIGHT_START;
    }
    *out = child;
    return ERR_OK;
}

enum err viewer_watch(const struct child *child, int camera, uint32_t flags) {
    uint8_t bytes[256];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_camera orders = {.kind = CAMERA_PIPE, .flags = flags};
    TRY(messages_put_camera(&orders, &body));
    enum err err = messages_send(child->socket, MESSAGE_READER_START, room_span(&body), &camera, 1);
    return err == ERR_MESSAGE_SEND ? ERR_SIGHT_SILENT : err;
}

enum err viewer_hear(const struct child *child, struct room *buffer, struct message *out) {
    struct pollfd poller = {.fd = child->socket, .events = POLLIN};
    if (poll(&poller, 1, VIEWER_ANSWER_MS) <= 0) {
        return ERR_SIGHT_SILENT;
    }
    return messages_receive(child->socket, MESSAGES_FROM_READER, buffer, out) == ERR_OK ? ERR_OK
                                                                                        : ERR_SIGHT_SILENT;
}
