/* band: what whoever reads a result must know beside it: that the list is due or has ended, that a stick was found. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_BAND_H
#define SCREEN_BAND_H

#include "screen/page.h"

/* How old the list in use is, by a clock that may not know. */
enum band_age {
    BAND_FRESH = 0, /* provably before its next update; also where there is no list: the footer says so */
    BAND_DUE,       /* its next update may have come */
    BAND_ENDED      /* it certainly ended */
};
enum band_age band_age_of(const struct screen_view *view);

/* Take what has to be said off the top of the body. */
void band_draw(struct page *page);

#endif
