/* difference_walk: a comparison in progress; for difference.c alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_DIFFERENCE_WALK_H
#define PACK_DIFFERENCE_WALK_H

#include "pack/difference_side.h"

/* A key with all of its scope, twice; and the issuer's name. */
#define DIFFERENCE_WALK_ARENA_BYTES (128u * 1024u)

/* Both sides and what was found. Large: not for the stack. */
struct difference_walk {
    struct difference_side before, after;
    struct difference found;
    const struct difference_listener *listener; /* or NULL */
    uint64_t steps;
    max_align_t memory[DIFFERENCE_WALK_ARENA_BYTES / sizeof(max_align_t)];
};

/* Give a line to the listener. What it gives. */
MUST_USE enum err difference_walk_line(const struct difference_walk *walk,
                                       const struct difference_line *line);

/*
 * Compare an issuer of both sides, and count it and its keys; a row of 0 is a side where it is not.
 *
 * identifier  for the lines
 * changed     whether anything of it has
 *
 * ERR_PACK_DAMAGED, ERR_NO_ROOM, and what the listener gives
 */
MUST_USE enum err difference_walk_issuer(struct difference_walk *walk, struct span identifier,
                                         int64_t before_row, int64_t after_row, bool *changed);

/* Compare the status lists. Errors as above. */
MUST_USE enum err difference_walk_status(struct difference_walk *walk);

#endif
