/* SPDX-License-Identifier: Apache-2.0 */
/* An eye in a process of its own. */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/eye.h"

#define PAYLOAD_MAX 8192u

extern char **environ;

struct peer {
    pid_t pid;
    FILE *to, *from;
    char *line;
    size_t line_size;
    uint8_t payloads[EYE_PAYLOADS][PAYLOAD_MAX];
};

static int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes of hex digits up to a blank. */
static struct span take_hex(const char **at, uint8_t *out) {
    size_t len = 0;
    for (; len < PAYLOAD_MAX && digit_of((*at)[0]) >= 0 && digit_of((*at)[1]) >= 0; *at += 2) {
        out[len++] = (uint8_t)(digit_of((*at)[0]) * 16 + digit_of((*at)[1]));
    }
    return span_of_bytes(out, len);
}

static void peer_look(void *ctx, const struct grey *picture, struct eye_answer *out) {
    struct peer *peer = ctx;
    fprintf(peer->to, "P5\n%u %u\n255\n", picture->width_px, picture->height_px);
    fwrite(picture->pixels, picture->width_px, picture->height_px, peer->to);
    fflush(peer->to);
    if (getline(&peer->line, &peer->line_size, peer->from) <= 0) {
        fputs("eye_peer: a peer died\n", stderr);
        exit(1);
    }
    char *end = NULL;
    out->cpu_ms = strtod(peer->line, &end) / 1e3;
    const char *at = end;
    while (*at == ' ' && out->count < EYE_PAYLOADS) {
        at++;
        out->payloads[out->count] = take_hex(&at, peer->payloads[out->count]);
        out->count++;
    }
}

static void peer_close(void *ctx) {
    struct peer *peer = ctx;
    fclose(peer->to);
    fclose(peer->from);
    (void)waitpid(peer->pid, NULL, 0);
    free(peer->line);
    free(peer);
}

/* Start it between two pipes. */
static bool start(struct peer *peer, const char *program) {
    int to[2], from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) {
        return false;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    char *arguments[] = {(char *)(uintptr_t)program, NULL};
    int failed = posix_spawn(&peer->pid, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(to[0]);
    close(from[1]);
    peer->to = fdopen(to[1], "w");
    peer->from = fdopen(from[0], "r");
    return failed == 0;
}

bool eye_peer(const char *program, struct eye *out) {
    struct peer *peer = calloc(1, sizeof *peer);
    struct eye eye = {.ctx = peer, .look = peer_look, .close = peer_close};
    static const char ready[] = "ready ";
    signal(SIGPIPE, SIG_IGN);
    ssize_t len = start(peer, program) ? getline(&peer->line, &peer->line_size, peer->from) : 0;
    if (len <= 0 || strncmp(peer->line, ready, sizeof ready - 1) != 0) {
        printf("%s: %s", program, len <= 0 ? "does not start\n" : peer->line);
        peer_close(peer);
        return false;
    }
    peer->line[len - 1] = 0;
    snprintf(eye.name, sizeof eye.name, "%s", peer->line + sizeof ready - 1);
    *out = eye;
    return true;
}
