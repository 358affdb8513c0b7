/* icon: the signs of the screens, drawn from circles and polygons so that each has a shape of its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_ICON_H
#define SCREEN_ICON_H

#include "screen/page.h"

/* All fill a square box; `ink` is the sign's colour, `ground` what it stands on. */

/* A verdict: tick in a disc, exclamation mark in a triangle, cross in an octagon, question in a diamond. */
void icon_verdict(struct page *page, struct box box, enum verdict_class class, uint32_t ink, uint32_t ground);
/* The tick alone. */
void icon_tick(struct page *page, struct box box, uint32_t ink);
/* A check line: tick in a disc, cross in an octagon, question mark in a diamond, dash in a ring. */
void icon_result(struct page *page, struct box box, enum verdict_result result);
/* A warning: exclamation mark in a triangle. */
void icon_warning(struct page *page, struct box box, uint32_t ink, uint32_t ground);
/* A person, whose identity is to be checked. */
void icon_person(struct page *page, struct box box, uint32_t ink);
/* A cross in an octagon: here it ends. */
void icon_stop(struct page *page, struct box box, uint32_t ink, uint32_t ground);
/* An arrow that says what to do next; turns with the page. */
void icon_next(struct page *page, struct box box, uint32_t ink);
/* Two bars: the timer stands still. */
void icon_pause(struct page *page, struct box box, uint32_t ink);
/* A badge with a QR code moving towards the camera; `step` of 8. */
void icon_show_code(struct page *page, struct box box, unsigned step);
/* Modules of a card's side: a code of 17, and its margin. */
#define ICON_CARD_MODULES 23
/* A card of `paper` with a QR code; (x, y) is its upper start, `module` units a module. */
void icon_card(struct page *page, int x, int y, int module, uint32_t paper);
/* The camera: a lens around (x, y). */
void icon_lens(struct page *page, int x, int y, int radius);
/* A lamp around (x, y) with rays as far as `radius`; they grow and shrink with `step`. */
void icon_sun(struct page *page, int x, int y, int radius, unsigned step);
/* An arrow that turns round: tilt it. */
void icon_turn(struct page *page, struct box box, uint32_t ink);
/* A ring of dots, one of eight the largest. */
void icon_busy(struct page *page, struct box box, unsigned step, uint32_t ink);

#endif
