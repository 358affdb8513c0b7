/* footer: under which lists and which clock this kiosk judges, in one sentence. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_FOOTER_H
#define SCREEN_FOOTER_H

#include "screen/screen.h"
#include "screen/words.h"

/* Append the sentence to words. */
void footer_words(const struct screen_view *view, struct words *words);

#endif
