/* clock_words: which clock the kiosk goes by, in words. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_CLOCK_WORDS_H
#define SCREEN_CLOCK_WORDS_H

#include "base/interval.h"
#include "screen/words.h"

/* "checked (battery clock)", "not set"; English, to be translated. Static. */
const char *clock_words_state(const struct interval *now);

/* Does anything bound the present from above? Without it no list can be called fresh. */
bool clock_words_is_set(const struct interval *now);

#endif
