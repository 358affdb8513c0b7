/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/turns.h"

/* A way that found a code, or took a sample of one, is kept for so many pictures: what the next one adds may be enough.
 * Of so many pictures one is for the others all the same. */
#define HOPE_PICTURES 8
#define BEAT          3

/* Each goes on by one from its own beginning: with two readers and three turns 0, 2, 1, 0, 2, 1. */
void turns_stagger(struct turns *turns, unsigned index, unsigned count) {
    turns->turn = (index * TURNS_COUNT + count - 1) / count;
}

enum pass turns_choose(struct turns *turns) {
    turns->keeps = turns->hope > 0 && turns->beat++ % BEAT != 0;
    return turns->keeps ? turns->kept : (enum pass)(TURNS_FROM + turns->turn % TURNS_COUNT);
}

unsigned turns_round(const struct turns *turns) {
    return turns->turn / TURNS_COUNT;
}

int turns_region(const struct turns *turns, const struct box *regions, int count) {
    int x = turns->focus.left + turns->focus.width / 2;
    int y = turns->focus.top + turns->focus.height / 2;
    for (int i = 0; i < count && turns->hope > 0; i++) {
        if (box_holds(&regions[i], x, y)) {
            return i;
        }
    }
    unsigned round = turns_round(turns);
    return count < 2 || round % 2 == 0 ? 0 : 1 + (int)(round / 2 % (unsigned)(count - 1));
}

void turns_note(struct turns *turns, enum pass pass, const struct box *where) {
    turns->turn += !turns->keeps;
    turns->hope -= turns->hope > 0;
    if (where != NULL) {
        turns->kept = pass;
        turns->hope = HOPE_PICTURES;
        turns->beat = turns->keeps ? turns->beat : 1;
        turns->focus = *where;
    }
}

void turns_forget(struct turns *turns) {
    turns->hope = 0;
}
