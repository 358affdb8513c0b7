/* top_bar: the venue, the time of day, and DEMO where nothing is real. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_TOP_BAR_H
#define SCREEN_TOP_BAR_H

#include "screen/page.h"

/* Draw it into the page's top; page_begin does so for every screen. */
void top_bar_draw(struct page *page);

/* Where the staff's lock is touched: it may reach below the bar. Of no size on screens without one. */
struct box top_bar_lock(const struct page *page);

#endif
