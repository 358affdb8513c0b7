/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/sort.h"

struct counting {
    size_t compared;
};

static int by_value(void *ctx, const void *left, const void *right) {
    ((struct counting *)ctx)->compared++;
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Fill with a pattern: random, falling, rising, few values. */
static void fill(uint32_t *items, size_t count, unsigned pattern) {
    uint32_t state = 12345;
    for (size_t i = 0; i < count; i++) {
        state = state * 1664525u + 1013904223u;
        const uint32_t patterns[] = {state, (uint32_t)(count - i), (uint32_t)i, state >> 30};
        items[i] = patterns[pattern];
    }
}

static void sorts_any_pattern_of_any_length(void **state) {
    (void)state;
    for (size_t count = 0; count < 3000; count = count < 130 ? count + 1 : count * 2) {
        for (unsigned pattern = 0; pattern < 4; pattern++) {
            uint32_t *items = calloc(count + 1, sizeof *items);
            struct counting counting = {0};
            uint32_t sum = 0;
            fill(items, count, pattern);
            for (size_t i = 0; i < count; i++) {
                sum += items[i];
            }
            sort_items(items, count, sizeof *items, by_value, &counting);
            for (size_t i = 0; i < count; i++) {
                sum -= items[i];
                assert_true(i == 0 || items[i - 1] <= items[i]);
            }
            assert_int_equal(sum, 0);
            assert_true(counting.compared <= 2 * count * 13); /* n log n at the worst */
            free(items);
        }
    }
}

static void moves_large_items_whole(void **state) {
    (void)state;
    struct item {
        uint32_t key;
        uint8_t rest[SORT_ITEM_BYTES - 4];
    } items[200];
    struct counting counting = {0};
    for (uint32_t i = 0; i < 200; i++) {
        items[i].key = (i * 77) % 200;
        memset(items[i].rest, (int)items[i].key, sizeof items[i].rest);
    }
    sort_items(items, 200, sizeof *items, by_value, &counting);
    for (uint32_t i = 0; i < 200; i++) {
        assert_int_equal(items[i].key, i);
        assert_int_equal(items[i].rest[0], i);
        assert_int_equal(items[i].rest[sizeof items[i].rest - 1], i);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_any_pattern_of_any_length),
        cmocka_unit_test(moves_large_items_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
