/* icon_desk: the signs of the staff's screens. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_ICON_DESK_H
#define SCREEN_ICON_DESK_H

#include "screen/page.h"

/* All fill a square box; `ink` is the sign's colour, `ground` what it stands on. */

/* A padlock: behind it is the staff's part. */
void icon_desk_lock(struct page *page, struct box box, uint32_t ink, uint32_t ground);
/* A sheet with lines and a seal. */
void icon_desk_list(struct page *page, struct box box, uint32_t ink, uint32_t ground);
/* A USB stick. */
void icon_desk_stick(struct page *page, struct box box, uint32_t ink, uint32_t ground);
/* A clock's face at ten past ten; clocks do not turn round with the page. */
void icon_desk_clock(struct page *page, struct box box, uint32_t ink, uint32_t ground);
/* A key that points back, with a cross: erase the last digit. */
void icon_desk_erase(struct page *page, struct box box, uint32_t ink, uint32_t ground);

#endif
