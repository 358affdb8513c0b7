/* screen_text: a drawing list as text, one operation a line, for golden files. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SCREEN_TEXT_H
#define TESTS_LIB_SCREEN_TEXT_H

#include <stdio.h>

#include "screen/draw.h"

/* One of the lines says this, or a part of one does. */
bool screen_text_says(const struct draw_list *list, const char *text);

/* Write the list to a stream. */
void screen_text_write(FILE *to, const struct draw_list *list);

#endif
