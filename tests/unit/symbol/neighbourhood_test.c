/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/neighbourhood.h"

#define SIZE 21

static struct neighbourhood memory;

/* The slow way. */
static double mean_around(const float *values, int column, int row) {
    double sum = 0;
    int count = 0;
    for (int k = 0; k < SIZE * SIZE; k++) {
        if (abs(k % SIZE - column) <= NEIGHBOURHOOD_REACH && abs(k / SIZE - row) <= NEIGHBOURHOOD_REACH) {
            sum += (double)values[k];
            count++;
        }
    }
    return sum / count;
}

static void is_the_mean_of_what_is_around_also_at_borders(void **state) {
    (void)state;
    float values[SIZE * SIZE];
    for (int k = 0; k < SIZE * SIZE; k++) {
        values[k] = (float)(k * k % 251);
    }
    neighbourhood_sum(&memory, values, SIZE);
    for (int k = 0; k < SIZE * SIZE; k++) {
        double mean = (double)neighbourhood_mean(&memory, SIZE, k % SIZE, k / SIZE);
        assert_true(fabs(mean - mean_around(values, k % SIZE, k / SIZE)) < 0.01);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_the_mean_of_what_is_around_also_at_borders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
