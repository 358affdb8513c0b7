/* card: a printable badge: an SVG page of A6 with the code on its left and the badge's text beside it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_PICTURE_CARD_H
#define CREDCTL_PICTURE_CARD_H

#include "base/err.h"
#include "base/room.h"
#include "credctl/picture/matrix.h"

/* Room that any card fits into. */
#define CARD_BYTES (1u << 20)

/* What stands beside the code, UTF-8 without control characters; empty parts are left out. */
struct card {
    struct span title, holder, issuer, dates, description, id;
};

/*
 * Append the page. Text is escaped (XML 1.0), wrapped, and cut with an ellipsis where the page ends; a line
 * whose first strong character is Arabic, Hebrew or of a neighbouring script runs from the right.
 *
 * ERR_NO_ROOM
 */
MUST_USE enum err card_svg(const struct card *card, const struct matrix *code, struct room *out);

#endif
