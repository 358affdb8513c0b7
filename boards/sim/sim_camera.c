/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/sim_camera.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/sim/link.h"

/* The child's descriptor of the control socket. */
#define CONTROL 3
/* How long it may take to load its pictures, and to answer a request. */
#define START_MS  10000
#define ANSWER_MS 1000

extern char **environ;

static enum err spawn(struct sim_camera *camera, int theirs) {
    char control_option[] = "--control", control[] = "3", state[] = "--state", size[] = "--size",
         rate[] = "--rate", play[] = "--play", loop[] = "--loop";
    char *argv[14] = {camera->program, control_option, control,     state, camera->data, size,
                      camera->size,    rate,           camera->rate};
    size_t count = 9;
    if (camera->play != NULL) {
        argv[count++] = play;
        argv[count++] = camera->play;
    }
    if (camera->loop) {
        argv[count++] = loop;
    }
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return ERR_NO_MEMORY;
    }
    bool spawned = posix_spawn_file_actions_adddup2(&actions, theirs, CONTROL) == 0 &&
                   posix_spawn(&camera->child, camera->program, &actions, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    if (!spawned) {
        camera->child = 0;
    }
    return spawned ? ERR_OK : ERR_CAMERA_REFUSED;
}

/* The child ends when its socket closes; one that does not is killed. */
static void end_child(struct sim_camera *camera) {
    if (camera->child <= 0) {
        return;
    }
    close(camera->control);
    if (waitpid(camera->child, NULL, WNOHANG) == 0) {
        kill(camera->child, SIGKILL);
        while (waitpid(camera->child, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    camera->child = 0;
    camera->control = -1;
}

/* The next packet's word, its text into `why`; LINK_ERROR when it died or says nothing. */
static enum link_word answer(const struct sim_camera *camera, int timeout_ms, struct profile_complaint *why) {
    struct pollfd poller = {.fd = camera->control, .events = POLLIN};
    char packet[LINK_PACKET_MAX + 1];
    ssize_t got = poll(&poller, 1, timeout_ms) > 0 ? recv(camera->control, packet, LINK_PACKET_MAX, 0) : 0;
    if (got <= 0) {
        return LINK_ERROR;
    }
    packet[got] = '\0';
    if (packet[0] == LINK_ERROR) {
        snprintf(why->text, sizeof why->text, "%.300s", packet + 1);
    }
    return packet[0] == LINK_YES     ? LINK_YES
           : packet[0] == LINK_NO    ? LINK_NO
           : packet[0] == LINK_READY ? LINK_READY
                                     : LINK_ERROR;
}

/* Start a child and hear that it is ready. */
static enum err begin(struct sim_camera *camera, struct profile_complaint *why) {
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) {
        return ERR_CAMERA_REFUSED;
    }
    /* dup2 onto itself would leave close-on-exec set */
    int theirs = fcntl(sockets[1], F_DUPFD_CLOEXEC, 10);
    close(sockets[1]);
    enum err err = theirs < 0 ? ERR_CAMERA_REFUSED : spawn(camera, theirs);
    if (theirs >= 0) {
        close(theirs);
    }
    if (err != ERR_OK) {
        close(sockets[0]);
        snprintf(why->text, sizeof why->text, "%.200s: %s", camera->program, err_sentence(err));
        return err;
    }
    camera->control = sockets[0];
    snprintf(why->text, sizeof why->text, "%.200s ended without a word", camera->program);
    if (answer(camera, START_MS, why) != LINK_READY) {
        end_child(camera);
        return ERR_SCRIPT;
    }
    why->text[0] = '\0';
    return ERR_OK;
}

enum err sim_camera_start(struct sim_camera *camera, const struct board_wish *wish,
                          const struct profile *profile, struct profile_complaint *why) {
    struct sim_camera started = {.control = -1, .loop = wish->loop};
    if (asprintf(&started.program, "%s/credkiosk-simcam", wish->programs) < 0) {
        return ERR_NO_MEMORY;
    }
    started.data = strdup(wish->data);
    started.play = wish->play != NULL ? strdup(wish->play) : NULL;
    snprintf(started.size, sizeof started.size, "%ux%u", profile->camera_width_px, profile->camera_height_px);
    snprintf(started.rate, sizeof started.rate, "%u", profile->camera_rate_fps);
    bool complete = started.data != NULL && (wish->play == NULL || started.play != NULL);
    enum err err = complete ? begin(&started, why) : ERR_NO_MEMORY;
    if (err != ERR_OK) {
        sim_camera_stop(&started);
        return err;
    }
    *camera = started;
    return ERR_OK;
}

/* Send the writing end of a pipe with a request for frames. */
static bool ask(const struct sim_camera *camera, int writing) {
    uint8_t word = LINK_OPEN;
    struct iovec part = {&word, 1};
    union {
        struct cmsghdr align;
        uint8_t bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr packet = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes};
    struct cmsghdr *entry = CMSG_FIRSTHDR(&packet);
    entry->cmsg_level = SOL_SOCKET;
    entry->cmsg_type = SCM_RIGHTS;
    entry->cmsg_len = CMSG_LEN(sizeof writing);
    memcpy(CMSG_DATA(entry), &writing, sizeof writing);
    return sendmsg(camera->control, &packet, MSG_NOSIGNAL) == 1;
}

/* One request. ERR_CAMERA_REFUSED: the child is dead or deaf. */
static enum err request(struct sim_camera *camera, int *descriptor) {
    int ends[2];
    struct profile_complaint why;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return ERR_CAMERA_REFUSED;
    }
    /* room for a few frames, so that a busy reader does not hold up the script; less is fine */
    (void)fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    bool asked = ask(camera, ends[1]);
    close(ends[1]);
    enum link_word word = asked ? answer(camera, ANSWER_MS, &why) : LINK_ERROR;
    if (word != LINK_YES) {
        close(ends[0]);
        return word == LINK_NO ? ERR_CAMERA_GONE : ERR_CAMERA_REFUSED;
    }
    *descriptor = ends[0];
    return ERR_OK;
}

enum err sim_camera_open(struct sim_camera *camera, int *descriptor) {
    struct profile_complaint why = {{0}};
    enum err err = camera->child > 0 ? request(camera, descriptor) : ERR_CAMERA_REFUSED;
    if (err == ERR_CAMERA_REFUSED) {
        end_child(camera);
        TRY(begin(camera, &why));
        err = request(camera, descriptor);
    }
    return err;
}

void sim_camera_stop(struct sim_camera *camera) {
    end_child(camera);
    free(camera->program);
    free(camera->play);
    free(camera->data);
    *camera = (struct sim_camera){0};
}
