/* turns: which of the ways to look a camera's picture gets, and where, when the usual ones have found nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_TURNS_H
#define SYMBOL_TURNS_H

#include "symbol/passes.h"

/* These ways take turns. */
#define TURNS_FROM  PASS_DOUBLE
#define TURNS_COUNT (PASS_DRAWING - PASS_DOUBLE)

/* Whose turn it is. All zero: the first one's. */
struct turns {
    unsigned turn;
    unsigned beat;
    unsigned hope;    /* pictures for which a way is kept */
    bool keeps;       /* this picture is for that one */
    enum pass kept;   /* which */
    struct box focus; /* and where it was */
};

/* Begin at a place of one's own among `count` that share a camera's pictures: index 0 to count - 1. */
void turns_stagger(struct turns *turns, unsigned index, unsigned count);

/* The way for this picture: the next in turn; where one gives hope, that one, but for one picture of three. */
enum pass turns_choose(struct turns *turns);

/* Times that all have had their turn: ways of several kinds go through these by it. */
unsigned turns_round(const struct turns *turns);

/* Which of `count` regions, the busiest first, is looked at: where there is hope, else the busiest every other round,
 * and one of the rest between. 0 where there is none. */
int turns_region(const struct turns *turns, const struct box *regions, int count);

/* Take note that the way was tried. where: the region in which it found a code or took a sample of one, which gives
 * hope for some pictures; NULL: it did neither. */
void turns_note(struct turns *turns, enum pass pass, const struct box *where);

/* Give up hope. */
void turns_forget(struct turns *turns);

#endif
