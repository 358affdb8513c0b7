/* sort: an array put in order without asking for memory, in n log n steps whatever the input. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>

/* Items are at most this large. */
#define SORT_ITEM_BYTES 64u

/* Below zero where the item at `a` stands before that at `b`, above where it stands behind, zero if alike. */
typedef int sort_order(void *ctx, const void *a, const void *b);

/*
 * Sort `count` items of `size` bytes (at most SORT_ITEM_BYTES). Those that compare alike end in any order. The C
 * library's qsort asks the system how much memory there is, which a sandbox answers by killing the process.
 */
void sort_items(void *items, size_t count, size_t size, sort_order *order, void *ctx);

#endif
