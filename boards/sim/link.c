/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "boards/pipe_frame.h"

int64_t link_now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void say(const struct link *link, enum link_word word) {
    uint8_t byte = (uint8_t)word;
    if (link->control >= 0) {
        (void)send(link->control, &byte, 1, MSG_NOSIGNAL);
    }
}

static void close_output(struct link *link) {
    if (link->output >= 0) {
        close(link->output);
    }
    link->output = -1;
}

/* One request of the board's; a new pipe takes the place of the old one. */
static enum err take_request(struct link *link) {
    uint8_t word = 0;
    struct iovec part = {&word, 1};
    union {
        struct cmsghdr align;
        uint8_t bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr packet = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes};
    ssize_t got = recvmsg(link->control, &packet, MSG_CMSG_CLOEXEC);
    if (got <= 0) {
        return got < 0 && errno == EINTR ? ERR_OK : ERR_CAMERA_GONE;
    }
    const struct cmsghdr *entry = CMSG_FIRSTHDR(&packet);
    if (word != LINK_OPEN || entry == NULL || entry->cmsg_type != SCM_RIGHTS) {
        return ERR_OK;
    }
    int descriptor = -1;
    memcpy(&descriptor, CMSG_DATA(entry), sizeof descriptor);
    if (link->unplugged) {
        close(descriptor);
        say(link, LINK_NO);
        return ERR_OK;
    }
    close_output(link);
    link->output = descriptor;
    say(link, LINK_YES);
    return ERR_OK;
}

/* Serve the board for at most timeout_ms (-1: until it says something). */
static enum err serve(struct link *link, int timeout_ms) {
    struct pollfd poller = {.fd = link->control, .events = POLLIN};
    int ready = poll(&poller, 1, timeout_ms);
    return ready > 0 ? take_request(link) : ERR_OK;
}

static void say_ready(struct link *link) {
    if (!link->said_ready) {
        say(link, LINK_READY);
        link->said_ready = true;
    }
}

enum err link_wait(struct link *link, int64_t until_us) {
    say_ready(link);
    int64_t left_us = until_us - link_now_us();
    do {
        TRY(serve(link, left_us > 0 ? (int)((left_us + 999) / 1000) : 0));
        left_us = until_us - link_now_us();
    } while (left_us > 0);
    return ERR_OK;
}

enum err link_watched(struct link *link) {
    say_ready(link);
    while (!link->unplugged && link->output < 0) {
        if (link->control < 0) {
            return ERR_CAMERA_GONE;
        }
        TRY(serve(link, -1));
    }
    return ERR_OK;
}

enum err link_send(struct link *link, const struct frame *frame) {
    for (;;) {
        TRY(link_watched(link));
        if (link->unplugged || pipe_frame_write(link->output, frame) != ERR_CAMERA_GONE) {
            return ERR_OK;
        }
        close_output(link);
    }
}

void link_unplug(struct link *link) {
    close_output(link);
    link->unplugged = true;
}

void link_plug(struct link *link) {
    link->unplugged = false;
}

void link_complain(const struct link *link, const char *text) {
    char packet[LINK_PACKET_MAX];
    size_t len = strnlen(text, sizeof packet - 1);
    packet[0] = (char)LINK_ERROR;
    memcpy(packet + 1, text, len);
    if (link->control >= 0) {
        (void)send(link->control, packet, len + 1, MSG_NOSIGNAL);
    }
}
