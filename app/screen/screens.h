/* screens: one function for each screen, each in a file of its own; screen_draw chooses. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_SCREENS_H
#define SCREEN_SCREENS_H

#include "screen/page.h"

void screens_boot(struct page *page);
void screens_scan(struct page *page);
void screens_checking(struct page *page);
void screens_verdict(struct page *page);
/* Gives the number of pages there are. */
unsigned screens_details(struct page *page);
void screens_out_of_order(struct page *page);

/* The colour band of the verdict with its icon and word: `height` units, taken off the top of the body. */
void screens_band(struct page *page, int height);

/* The place of the camera's picture; the rest of the body is for words. */
struct box screens_picture(struct page *page, struct box *rest);

/* Dots for the parts of a code in several pictures, full where one was seen; gives the height used. */
int screens_parts(struct page *page, struct box box);
/* How many were seen. */
unsigned screens_parts_seen(const struct screen_view *view);
/* A sentence with %1, how many were seen, and %2, how many there are; in `words`. */
struct span screens_parts_count(struct page *page, const char *pattern, struct words *words);

/* The text of a shown field; empty when its length is no length. */
struct span screens_text(const struct shown *shown);

#endif
