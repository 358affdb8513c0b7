/* hint: what whoever holds a code should do, as a word, a reason and a drawing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_HINT_H
#define SCREEN_HINT_H

#include "screen/page.h"

/* Of the hints from SCREEN_HINT_FAR on; NULL of all others. English, to be translated. Static. */
const char *hint_word(enum screen_hint hint);
const char *hint_reason(enum screen_hint hint);

/* Draw it into a box twice as wide as high; `step` of 8 moves what moves. Nothing for a hint without a word. */
void hint_draw(struct page *page, struct box box, enum screen_hint hint, unsigned step);

#endif
