/* desk_keypad: a keypad of digits as telephones have them, with keys that erase and enter. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_DESK_KEYPAD_H
#define SCREEN_DESK_KEYPAD_H

#include "screen/page.h"

/*
 * Draw it into a box of the page; 1 stands at the upper left in every language.
 *
 * on  false: the keys are drawn pale and ask for nothing
 */
void desk_keypad_draw(struct page *page, struct box box, bool on);

/* The body of a page with a keypad: the keypad's place at its end (below when upright); what is left is for words. */
struct box desk_keypad_place(struct page *page, struct box *rest);

#endif
