/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sort.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

/* Up to here moving bytes is cheaper than comparing more often. */
#define INSERTION_MAX 96u

struct sorting {
    uint8_t *items;
    size_t size;
    sort_order *order;
    void *ctx;
};

static uint8_t *item(const struct sorting *sorting, size_t at) {
    return sorting->items + at * sorting->size;
}

static int compare(const struct sorting *sorting, const void *a, const void *b) {
    return sorting->order(sorting->ctx, a, b);
}

/* Where among the first `count` items, which are in order, the one at `count` belongs. */
static size_t place(const struct sorting *sorting, size_t count) {
    size_t from = 0;
    size_t to = count;
    if (compare(sorting, item(sorting, count - 1), item(sorting, count)) <= 0) {
        return count; /* often so: what comes is in order already */
    }
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare(sorting, item(sorting, middle), item(sorting, count)) <= 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

static void insertion(const struct sorting *sorting, size_t count) {
    uint8_t held[SORT_ITEM_BYTES];
    for (size_t i = 1; i < count; i++) {
        size_t at = place(sorting, i);
        if (at < i) {
            memcpy(held, item(sorting, i), sorting->size);
            memmove(item(sorting, at + 1), item(sorting, at), (i - at) * sorting->size);
            memcpy(item(sorting, at), held, sorting->size);
        }
    }
}

static void swap(const struct sorting *sorting, size_t a, size_t b) {
    uint8_t held[SORT_ITEM_BYTES];
    memcpy(held, item(sorting, a), sorting->size);
    memcpy(item(sorting, a), item(sorting, b), sorting->size);
    memcpy(item(sorting, b), held, sorting->size);
}

static void sift_down(const struct sorting *sorting, size_t root, size_t count) {
    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && compare(sorting, item(sorting, child), item(sorting, child + 1)) < 0) {
            child++;
        }
        if (compare(sorting, item(sorting, root), item(sorting, child)) >= 0) {
            return;
        }
        swap(sorting, root, child);
        root = child;
    }
}

static void heap(const struct sorting *sorting, size_t count) {
    for (size_t root = count / 2; root > 0; root--) {
        sift_down(sorting, root - 1, count);
    }
    for (size_t left = count - 1; left > 0; left--) {
        swap(sorting, 0, left);
        sift_down(sorting, 0, left);
    }
}

void sort_items(void *items, size_t count, size_t size, sort_order *order, void *ctx) {
    assert(size <= SORT_ITEM_BYTES);
    struct sorting sorting = {items, size, order, ctx};
    if (count <= INSERTION_MAX) {
        insertion(&sorting, count);
    } else {
        heap(&sorting, count);
    }
}
