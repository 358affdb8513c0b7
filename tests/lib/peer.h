/* peer: a program of others between two pipes, asked line by line, for comparison in the same run. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_PEER_H
#define TESTS_LIB_PEER_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/* A peer that runs. All zero is none. */
struct peer {
    pid_t pid;
    FILE *to, *from;
    char *line; /* its last one, without the line's end */
    size_t line_size;
    const char *name; /* what its first line called it; inside `first` */
    char *first;
};

/*
 * Start a program. Its first line is "ready NAME"; or "skipped WHY", and then there is no such peer here: the line is
 * printed and false comes back.
 */
bool peer_start(const char *program, struct peer *out);

/* Its next line, in `line`. A peer that died ends the program. */
void peer_answer(struct peer *peer);

/* End it; takes one that is all zero. */
void peer_stop(struct peer *peer);

#endif
