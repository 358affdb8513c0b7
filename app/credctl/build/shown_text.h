/* shown_text: what strangers wrote, on a terminal. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_SHOWN_TEXT_H
#define CREDCTL_BUILD_SHOWN_TEXT_H

#include <stdio.h>

#include "base/room.h"

/* Append text as kiosks show it, without a character that a terminal would obey; cut where the room ends. */
void shown_text_put(struct span text, struct room *out);

/* The same onto a stream. */
void shown_text_print(FILE *out, struct span text);

#endif
