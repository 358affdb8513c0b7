/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/difference.h"

#include <stdlib.h>

#include "pack/difference_walk.h"

/* Identifiers between two steps of a progress. */
#define STEP_IDENTIFIERS 1000u

/* What stands at hand on both sides; the smaller identifier counts. */
struct pair {
    bool has_before, has_after;
    struct span identifier;
    int64_t before_row, after_row; /* 0 where it is not */
};

/* The next identifier of both; neither is there behind the last. */
static enum err next_pair(struct difference_walk *walk, struct pair *pair) {
    struct span before = {0}, after = {0};
    *pair = (struct pair){0};
    TRY(difference_side_current(&walk->before, &pair->has_before, &before, &pair->before_row));
    TRY(difference_side_current(&walk->after, &pair->has_after, &after, &pair->after_row));
    bool both = pair->has_before && pair->has_after;
    int order = both ? span_order(before, after) : 0;
    pair->has_before = pair->has_before && order <= 0;
    pair->has_after = pair->has_after && order >= 0;
    pair->before_row = pair->has_before ? pair->before_row : 0;
    pair->after_row = pair->has_after ? pair->after_row : 0;
    pair->identifier = pair->has_before ? before : after;
    return ERR_OK;
}

static void advance(struct difference_walk *walk, const struct pair *pair) {
    if (pair->has_before) {
        difference_side_next(&walk->before);
    }
    if (pair->has_after) {
        difference_side_next(&walk->after);
    }
}

/* Which issuers are on both sides, by whatever identifier. */
static enum err match(struct difference_walk *walk) {
    for (;;) {
        struct pair pair;
        TRY(next_pair(walk, &pair));
        if (!pair.has_before && !pair.has_after) {
            return ERR_OK;
        }
        if (pair.has_before && pair.has_after) {
            (void)difference_side_mark(&walk->before, DIFFERENCE_SIDE_MATCHED, pair.before_row);
            (void)difference_side_mark(&walk->after, DIFFERENCE_SIDE_MATCHED, pair.after_row);
        }
        advance(walk, &pair);
    }
}

static void count_changed(struct difference_walk *walk, struct difference_side *side, int64_t row) {
    bool before = difference_side_mark(side, DIFFERENCE_SIDE_CHANGED, row);
    walk->found.issuers.changed += before ? 0 : 1;
}

/* An identifier on one side alone: of an issuer that is there alone too, or a name that another issuer has lost or got. */
static enum err take_one(struct difference_walk *walk, const struct pair *pair) {
    bool added = pair->has_after, changed = false;
    struct difference_side *side = added ? &walk->after : &walk->before;
    int64_t row = added ? pair->after_row : pair->before_row;
    struct difference_count *count = &walk->found.issuers;
    if (difference_side_marked(side, DIFFERENCE_SIDE_MATCHED, row)) {
        struct difference_line line = {.what = added ? DIFFERENCE_IDENTIFIER_ADDED
                                                     : DIFFERENCE_IDENTIFIER_REMOVED,
                                       .identifier = pair->identifier};
        count_changed(walk, side, row);
        return difference_walk_line(walk, &line);
    }
    if (difference_side_mark(side, DIFFERENCE_SIDE_SEEN, row)) {
        return ERR_OK;
    }
    *(added ? &count->after : &count->before) += 1;
    *(added ? &count->added : &count->removed) += 1;
    return difference_walk_issuer(walk, pair->identifier, pair->before_row, pair->after_row, &changed);
}

/* An identifier on both sides: its issuers are compared once. */
static enum err take_both(struct difference_walk *walk, const struct pair *pair) {
    bool before = difference_side_mark(&walk->before, DIFFERENCE_SIDE_SEEN, pair->before_row);
    bool after = difference_side_mark(&walk->after, DIFFERENCE_SIDE_SEEN, pair->after_row);
    bool changed = false;
    walk->found.issuers.before += before ? 0 : 1;
    walk->found.issuers.after += after ? 0 : 1;
    if (before && after) {
        return ERR_OK;
    }
    TRY(difference_walk_issuer(walk, pair->identifier, pair->before_row, pair->after_row, &changed));
    if (changed) {
        count_changed(walk, &walk->after, pair->after_row);
    }
    return ERR_OK;
}

static enum err tell(struct difference_walk *walk) {
    const struct difference_listener *listener = walk->listener;
    bool tells = listener != NULL && listener->step != NULL && ++walk->steps % STEP_IDENTIFIERS == 0;
    return tells ? listener->step(listener->ctx, walk->steps) : ERR_OK;
}

static enum err compare(struct difference_walk *walk) {
    for (;;) {
        struct pair pair;
        TRY(next_pair(walk, &pair));
        if (!pair.has_before && !pair.has_after) {
            return ERR_OK;
        }
        TRY(pair.has_before && pair.has_after ? take_both(walk, &pair) : take_one(walk, &pair));
        advance(walk, &pair);
        TRY(tell(walk));
    }
}

static enum err walk_all(struct difference_walk *walk, struct pack *before, struct pack *after) {
    TRY(difference_side_open(before, &walk->before));
    TRY(difference_side_open(after, &walk->after));
    TRY(match(walk));
    difference_side_rewind(&walk->before);
    difference_side_rewind(&walk->after);
    TRY(compare(walk));
    return difference_walk_status(walk);
}

enum err difference_walk(struct pack *before, struct pack *after, const struct difference_listener *listener,
                         struct difference *out) {
    struct difference_walk *walk = calloc(1, sizeof *walk);
    if (walk == NULL) {
        return ERR_NO_MEMORY;
    }
    walk->listener = listener;
    enum err err = walk_all(walk, before, after);
    if (err == ERR_OK) {
        *out = walk->found;
    }
    difference_side_close(&walk->before);
    difference_side_close(&walk->after);
    free(walk);
    return err;
}

/* Compared as a product, so that no small number is rounded away. */
static bool shrinks(const struct difference_count *count) {
    uint64_t lost = count->removed + count->withdrawn;
    return lost > count->before / 100 * DIFFERENCE_SHRINK_PERCENT +
                      count->before % 100 * DIFFERENCE_SHRINK_PERCENT / 100;
}

bool difference_shrinks(const struct difference *difference) {
    return shrinks(&difference->issuers) || shrinks(&difference->keys);
}
