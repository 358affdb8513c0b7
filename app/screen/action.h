/* action: what touching a place on the screen asks for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_ACTION_H
#define SCREEN_ACTION_H

#include "base/limits.h"

/* Zero is nothing. ACTION_LANGUAGE + an enum language asks for that language, ACTION_CREDENTIAL + an index for that
 * credential of a presentation. */
enum action {
    ACTION_NONE = 0,
    ACTION_PAUSE, /* hold the result: the timer bar stands still, or runs again */
    ACTION_DETAILS,
    ACTION_DONE, /* away with the result, back to scanning */
    ACTION_BACK, /* from details to the result */
    ACTION_PAGE_NEXT,
    ACTION_PAGE_PREVIOUS,
    ACTION_LANGUAGE,
    ACTION_CREDENTIAL = ACTION_LANGUAGE + 16,
    ACTION_COUNT = ACTION_CREDENTIAL + LIMIT_PRESENTED
};

#endif
