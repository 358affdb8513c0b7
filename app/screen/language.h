/* language: the languages of the screens, each with its own name and its side of the page. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_LANGUAGE_H
#define SCREEN_LANGUAGE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"

/* In the order of their buttons. Zero is English, the language of the keys. */
enum language { LANGUAGE_ENGLISH = 0, LANGUAGE_RUSSIAN, LANGUAGE_ARABIC, LANGUAGE_COUNT };

/* "en"; NULL outside the enum. Static. */
const char *language_code(enum language language);
/* Its name in itself, "English"; NULL outside the enum. Static. */
const char *language_name(enum language language);
/* Written from right to left. */
bool language_is_rtl(enum language language);
/* The language of a code such as "ru". ERR_LANGUAGE_UNKNOWN: none of these. */
MUST_USE enum err language_of_code(struct span code, enum language *out);

/* Which of a language's plural forms counts n things; the order of the forms is that of its .po file. */
unsigned language_plural_form(enum language language, uint64_t n);

#endif
