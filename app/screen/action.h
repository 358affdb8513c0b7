/* action: what touching a place on the screen asks for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_ACTION_H
#define SCREEN_ACTION_H

/* Zero is nothing. ACTION_LANGUAGE + an enum language asks for that language. */
enum action {
    ACTION_NONE = 0,
    ACTION_PAUSE, /* hold the result: the timer bar stands still, or runs again */
    ACTION_DETAILS,
    ACTION_DONE, /* away with the result, back to scanning */
    ACTION_BACK, /* from details to the result */
    ACTION_PAGE_NEXT,
    ACTION_PAGE_PREVIOUS,
    ACTION_LANGUAGE,
    ACTION_COUNT = ACTION_LANGUAGE + 16
};

#endif
