/* both_ways: an encoding that has one right text for each value. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_BOTH_WAYS_H
#define TESTS_LIB_BOTH_WAYS_H

#include "base/room.h"

/* The longest that is decoded. */
#define BOTH_WAYS_BYTES (1u << 20)

/* Whatever is decoded was written in the one right way: encoding gives the text back. Else the program aborts. */
void both_ways(struct span text, enum err (*decode)(struct span, struct room *),
               enum err (*encode)(struct span, struct room *));

#endif
