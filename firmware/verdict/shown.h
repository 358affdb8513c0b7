/* shown: hostile text made safe to draw, character by character. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VERDICT_SHOWN_H
#define VERDICT_SHOWN_H

#include "verdict/verdict.h"

/* Combining marks kept on one character; Arabic and Hebrew with vowel signs need two, a heap of a hundred
 * hides lines. */
#define SHOWN_MARKS_MAX 2u

/* What stands in place of a character that may not be drawn: U+25A1, a box. */
#define SHOWN_BOX 0x25A1u

/* What a character becomes: itself, a space, or a box. `code` may be UTF8_INVALID. */
uint32_t shown_character(uint32_t code);

/* The character is drawn upon the one before it (general categories Mn and Me), and takes no place of its
 * own. */
bool shown_is_mark(uint32_t code);

#endif
