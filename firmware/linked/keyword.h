/* keyword: the words that JSON-LD keeps for itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_KEYWORD_H
#define LINKED_KEYWORD_H

#include "base/span.h"

/* KEYWORD_NOT is zero: any other text. */
enum keyword {
    KEYWORD_NOT = 0,
#define KEYWORD(name, text) KEYWORD_##name,
#include "linked/keyword.def"
#undef KEYWORD
};

/* Which keyword a text is. */
enum keyword keyword_of(struct span text);

/* The text has the form of a keyword, "@" and letters, known or not: those not known are ignored. */
bool keyword_like(struct span text);

#endif
