/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/peer.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Start it between two pipes. */
static bool spawn(struct peer *peer, const char *program) {
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

static bool next_line(struct peer *peer) {
    ssize_t len = getline(&peer->line, &peer->line_size, peer->from);
    if (len > 0 && peer->line[len - 1] == '\n') {
        peer->line[len - 1] = 0;
    }
    return len > 0;
}

bool peer_start(const char *program, struct peer *out) {
    static const char ready[] = "ready ";
    struct peer peer = {0};
    signal(SIGPIPE, SIG_IGN);
    bool there = spawn(&peer, program) && next_line(&peer);
    if (!there || strncmp(peer.line, ready, sizeof ready - 1) != 0) {
        printf("%s: %s\n", program, there ? peer.line : "does not start");
        peer_stop(&peer);
        return false;
    }
    peer.first = strdup(peer.line);
    peer.name = peer.first + sizeof ready - 1;
    *out = peer;
    return true;
}

void peer_answer(struct peer *peer) {
    fflush(peer->to);
    if (!next_line(peer)) {
        fprintf(stderr, "peer: %s died\n", peer->name);
        exit(1);
    }
}

void peer_stop(struct peer *peer) {
    if (peer->to != NULL && peer->from != NULL) {
        fclose(peer->to);
        fclose(peer->from);
        (void)waitpid(peer->pid, NULL, 0);
    }
    free(peer->line);
    free(peer->first);
    *peer = (struct peer){0};
}
