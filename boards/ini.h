/* ini: files of sections and "key = value" lines, read strictly and line by line. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_INI_H
#define BOARDS_INI_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"

/* Characters of a line; inih would split a longer one in two. */
#define INI_LINE_MAX 190u

/* Takes one line's value; texts are borrowed for the call. False stops the reading. */
typedef bool (*ini_take)(void *ctx, unsigned line, const char *section, const char *key, const char *value);

/*
 * Read all lines of a text. Comments begin with ';' or '#' at the start of a line, or with " ;" behind a
 * value.
 *
 * line  of the fault, from 1; set with either error
 *
 * ERR_INI_LINE     a line that is neither section, key, comment nor empty, is indented (which would continue
 * the value before), is longer than INI_LINE_MAX, or holds control characters ERR_INI_REFUSED  `take` said no
 * ERR_NO_MEMORY
 */
MUST_USE enum err ini_read(struct span text, ini_take take, void *ctx, unsigned *line);

#endif
