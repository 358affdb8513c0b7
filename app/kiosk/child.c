/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kiosk/messages.h"
#include "kiosk/sandbox_extra.h"

#define RETRY_FIRST_MS 50
#define RETRY_MOST_MS  800
/* How long its end is awaited by somebody who has nothing else to do, and by face. */
#define END_MOST_MS 2000
#define END_SOON_MS 50
/* Variables that a child may inherit at most. */
#define ENVIRONMENT_MAX 8u

int64_t child_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What may be inherited of the environment; `out` points into it. */
static void pick_environment(char *out[ENVIRONMENT_MAX + 1]) {
    size_t count = 0;
    for (char **entry = environ; *entry != NULL; entry++) {
        size_t len = strcspn(*entry, "=");
        for (size_t i = 0; i < sandbox_extra.environment_count && count < ENVIRONMENT_MAX; i++) {
            const char *name = sandbox_extra.environment[i];
            if (strlen(name) == len && strncmp(*entry, name, len) == 0) {
                out[count++] = *entry;
            }
        }
    }
    out[count] = NULL;
}

/* Signals as a fresh process has them, and the socket as descriptor 3. */
static enum err spawn(const char *path, int socket, pid_t *out) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return ERR_CHILD_START;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return ERR_CHILD_START;
    }
    char *arguments[] = {(char *)(uintptr_t)path, NULL}, *environment[ENVIRONMENT_MAX + 1];
    pick_environment(environment);
    int failed = posix_spawn_file_actions_adddup2(&actions, socket, MESSAGES_SOCKET) |
                 posix_spawnattr_setsigmask(&attributes, &none) |
                 posix_spawnattr_setsigdefault(&attributes, &all) |
                 posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    failed = failed != 0 ? failed : posix_spawn(out, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? ERR_OK : ERR_CHILD_START;
}

enum err child_start(const char *folder, const char *program, struct child *out) {
    char path[PATH_MAX];
    int ends[2];
    if (snprintf(path, sizeof path, "%s/%s", folder, program) >= (int)sizeof path ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return ERR_CHILD_START;
    }
    struct child child = {.open = true, .socket = ends[0]};
    enum err err =
        fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 ? spawn(path, ends[1], &child.pid) : ERR_CHILD_START;
    close(ends[1]);
    if (err != ERR_OK) {
        close(ends[0]);
        return err;
    }
    child.started_ms = child.heard_ms = child_now_ms();
    *out = child;
    return ERR_OK;
}

/* Has it gone, or does it within so many milliseconds? Its status then; one that was reaped already has none. */
static bool gone(pid_t pid, int wait_ms, int *status) {
    const struct timespec pause = {0, 1000000};
    for (int64_t until_ms = child_now_ms() + wait_ms;;) {
        pid_t found = waitpid(pid, status, WNOHANG);
        if (found == pid || (found < 0 && errno != EINTR)) {
            return true;
        }
        if (child_now_ms() >= until_ms) {
            return false;
        }
        (void)nanosleep(&pause, NULL);
    }
}

static struct child_ending end(struct child *child, int wait_ms, struct child_left *left) {
    struct child_ending ending = {0, 0};
    if (!child->open) {
        return ending;
    }
    int status = 0;
    (void)kill(child->pid, SIGKILL);
    if (gone(child->pid, wait_ms, &status)) {
        ending.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
        ending.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    } else {
        ending.signal = SIGKILL;
        if (left != NULL && left->count < CHILD_LEFT_MAX) {
            left->pids[left->count++] = child->pid;
        }
    }
    close(child->socket);
    *child = (struct child){0};
    return ending;
}

struct child_ending child_end(struct child *child) {
    return end(child, END_MOST_MS, NULL);
}

struct child_ending child_end_soon(struct child *child, struct child_left *left) {
    return end(child, END_SOON_MS, left);
}

void child_reap(struct child_left *left) {
    size_t count = 0;
    for (size_t i = 0; i < left->count; i++) {
        int status = 0;
        if (!gone(left->pids[i], 0, &status)) {
            left->pids[count++] = left->pids[i];
        }
    }
    left->count = count;
}

size_t child_resident_bytes(const struct child *child) {
    char path[64], text[128] = "";
    snprintf(path, sizeof path, "/proc/%d/statm", (int)child->pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file >= 0 ? read(file, text, sizeof text - 1) : -1;
    if (file >= 0) {
        close(file);
    }
    char *resident = got > 0 ? strchr(text, ' ') : NULL;
    return resident != NULL ? strtoull(resident, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

void child_retry_failed(struct child_retry *retry, int64_t now_ms, enum err cause) {
    int64_t wait_ms = retry->failures == 0 ? 0 : RETRY_FIRST_MS;
    for (unsigned i = 1; i < retry->failures && wait_ms < RETRY_MOST_MS; i++) {
        wait_ms *= 2;
    }
    retry->next_ms = now_ms + wait_ms;
    retry->failures++;
    retry->cause = cause;
}

void child_retry_well(struct child_retry *retry) {
    *retry = (struct child_retry){0};
}
