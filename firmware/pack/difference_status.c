/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/difference_walk.h"
#include "pack/pack_walk.h"

/* The same list in another pack; not found where there is no such pack. */
static enum err find(struct pack *pack, const struct pack_walk_status *step, struct arena *arena,
                     struct pack_status *out) {
    return pack == NULL ? ERR_OK : pack_find_status(pack, step->address, step->list.purpose, arena, out);
}

static bool alike(const struct pack_status *a, const struct pack_status *b) {
    return a->entries == b->entries && a->bits == b->bits && a->as_of_s == b->as_of_s &&
           a->expires_s == b->expires_s && span_equal(a->issuer, b->issuer) && span_equal(a->kind, b->kind);
}

/* A list of the pack before (`gone`) or after, against the other one. */
static enum err compare(struct difference_walk *walk, const struct pack_walk_status *step,
                        struct arena *arena, bool gone) {
    struct difference_count *count = &walk->found.status_lists;
    struct pack_status other = {0};
    TRY(find(gone ? walk->after.pack : walk->before.pack, step, arena, &other));
    *(gone ? &count->before : &count->after) += 1;
    struct difference_line line = {.identifier = step->address, .name = step->list.purpose};
    if (!other.found) {
        *(gone ? &count->removed : &count->added) += 1;
        line.what = gone ? DIFFERENCE_STATUS_REMOVED : DIFFERENCE_STATUS_ADDED;
        return difference_walk_line(walk, &line);
    }
    if (gone || alike(&step->list, &other)) {
        return ERR_OK;
    }
    count->changed++;
    line.what = DIFFERENCE_STATUS_CHANGED;
    line.parts = DIFFERENCE_PART_CONTENTS;
    return difference_walk_line(walk, &line);
}

static enum err each(struct difference_walk *walk, struct pack *pack, bool gone) {
    struct pack_walk_status step = {0};
    for (;;) {
        struct arena arena = arena_over(walk->memory, sizeof walk->memory);
        TRY(pack_walk_next_status(pack, &arena, &step));
        if (!step.list.found) {
            return ERR_OK;
        }
        TRY(compare(walk, &step, &arena, gone));
    }
}

enum err difference_walk_status(struct difference_walk *walk) {
    if (walk->before.pack != NULL) {
        TRY(each(walk, walk->before.pack, true));
    }
    return each(walk, walk->after.pack, false);
}
