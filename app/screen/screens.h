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
void screens_token(struct page *page);
/* The staff's. */
void screens_pin(struct page *page);
void screens_admin(struct page *page);
void screens_trust(struct page *page);
void screens_import(struct page *page);
void screens_clock(struct page *page);

/* How the class of a verdict looks: its word, and the band's colours. */
struct screens_look {
    const char *word;
    uint32_t ground, ink;
};
struct screens_look screens_look_of(const struct verdict *verdict);

/* A tile with its sign for each credential of a presentation, taken off the top of the body; nothing for a single one. */
void screens_strip(struct page *page);
/* "Credential 2 of 3", in `words`. */
struct span screens_which(const struct page *page, struct words *words);
/* "Signed by its holder just now.", in `words`; empty where no holder has signed. */
struct span screens_holder(const struct page *page, struct words *words);
/* The same for a line that begins with a result: "just now", in `words`; empty where no age can be told. */
struct span screens_holder_age(const struct page *page, struct words *words);

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
