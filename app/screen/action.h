/* action: what touching a place on the screen asks for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_ACTION_H
#define SCREEN_ACTION_H

#include "base/limits.h"
#include "base/span.h"

/* Zero is nothing. ACTION_DIGIT + 7 is the key 7, ACTION_LANGUAGE + an enum language asks for that language,
 * ACTION_CREDENTIAL + an index for that credential of a presentation. */
enum action {
    ACTION_NONE = 0,
    ACTION_PAUSE, /* hold the result: the timer bar stands still, or runs again */
    ACTION_DETAILS,
    ACTION_DONE, /* away with the result, back to scanning */
    ACTION_BACK, /* from details to the result; from a staff's screen to the tiles */
    ACTION_PAGE_NEXT,
    ACTION_PAGE_PREVIOUS,
    ACTION_STAFF, /* the lock: ask for the PIN */
    ACTION_LEAVE, /* from any of the staff's screens back to scanning */
    ACTION_TILE_TRUST,
    ACTION_TILE_IMPORT,
    ACTION_TILE_CLOCK,
    ACTION_CONFIRM, /* install what was found */
    ACTION_CANCEL,  /* leave it */
    ACTION_ERASE,   /* the last digit */
    ACTION_ENTER,   /* what was typed is all */
    ACTION_DIGIT,
    ACTION_DIGIT_LAST = ACTION_DIGIT + 9,
    ACTION_LANGUAGE,
    ACTION_CREDENTIAL = ACTION_LANGUAGE + 16,
    ACTION_COUNT = ACTION_CREDENTIAL + LIMIT_PRESENTED
};

/* The action of a name: "staff", "enter", a digit, a language's code; ACTION_NONE where there is none of that name. For
 * scripts that touch the screen. */
enum action action_of_name(struct span name);

#endif
