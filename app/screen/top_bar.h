/* top_bar: the venue, the time of day, and DEMO where nothing is real. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_TOP_BAR_H
#define SCREEN_TOP_BAR_H

#include "screen/page.h"

/* Draw it into the page's top; page_begin does so for every screen. */
void top_bar_draw(struct page *page);

#endif
