/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <string.h>

#include "symbol/equaliser.h"
#include "tests/lib/plate.h"

#define DARK  40
#define LIGHT 200

static struct relief contrast;
static struct equaliser equaliser;
static struct render_code code;
static float sampled[SAMPLING_MODULES], relief[SAMPLING_MODULES], out[SAMPLING_MODULES];

static int size_of(void) {
    return (int)code.side;
}

static bool is_dark(int column, int row) {
    int last = size_of() - 1;
    return column >= 0 && row >= 0 && column <= last && row <= last && code.dark[row][column];
}

/* Each module takes its part of those around it, by 5 x 5 weights. */
static void sample(const double weights[EQUALISER_TAPS], double noise) {
    struct render_dice dice = {.state = 5};
    int size = size_of();
    for (int k = 0; k < size * size; k++) {
        double value = noise * render_dice_normal(&dice);
        for (int i = 0; i < EQUALISER_TAPS; i++) {
            bool dark = is_dark(k % size + i % 5 - 2, k / size + i / 5 - 2);
            value += weights[i] * (dark ? DARK : LIGHT);
        }
        sampled[k] = (float)value;
    }
    relief_measure(&contrast, sampled, size, relief);
}

/* Modules that are not what the code has, of 1000. */
static int wrong(const float *values) {
    int count = 0;
    int size = size_of();
    for (int k = 0; k < size * size; k++) {
        count += (values[k] < 0) != is_dark(k % size, k / size);
    }
    return count * 1000 / (size * size);
}

/* A disc of so many modules' radius. */
static void disc(double radius, double weights[EQUALISER_TAPS]) {
    double sum = 0;
    for (int i = 0; i < EQUALISER_TAPS; i++) {
        weights[i] = 0;
        for (int k = 0; k < 400; k++) {
            weights[i] += hypot(i % 5 - 2 + (k % 20 - 9.5) / 20, i / 5 - 2 + (k / 20 - 9.5) / 20) < radius;
        }
        sum += weights[i];
    }
    for (int i = 0; i < EQUALISER_TAPS; i++) {
        weights[i] /= sum;
    }
}

static void undoes_defocus(void **state) {
    static const unsigned versions[] = {2, 7, 20, 40};
    double weights[EQUALISER_TAPS];
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        plate_code(versions[i], &code);
        disc(0.95, weights);
        sample(weights, 2);
        int before = wrong(relief);
        equaliser_apply(&equaliser, relief, size_of(), out);
        if (before < 20 || wrong(out) * 3 > before) {
            fail_msg("version %u: %d before, %d after", versions[i], before, wrong(out));
        }
    }
}

/* Along one line that leans. */
static void undoes_motion(void **state) {
    static const double weights[EQUALISER_TAPS] = {[6] = 0.23, [12] = 0.54, [18] = 0.23};
    (void)state;
    plate_code(15, &code);
    sample(weights, 8);
    int before = wrong(relief);
    equaliser_apply(&equaliser, relief, size_of(), out);
    if (before < 30 || wrong(out) * 2 > before) {
        fail_msg("%d before, %d after", before, wrong(out));
    }
}

/* Half a module beside the place where it should be. */
static void undoes_a_grid_that_lies_wrong(void **state) {
    static const double weights[EQUALISER_TAPS] = {[12] = 0.56, [13] = 0.44};
    (void)state;
    plate_code(15, &code);
    sample(weights, 25);
    int before = wrong(relief);
    equaliser_apply(&equaliser, relief, size_of(), relief);
    assert_in_range(wrong(relief), 0, (uintmax_t)before * 2 / 3);
}

static void leaves_a_sharp_code_alone(void **state) {
    static const double weights[EQUALISER_TAPS] = {[12] = 1};
    (void)state;
    for (unsigned version = 1; version <= 40; version += 13) {
        plate_code(version, &code);
        sample(weights, 10);
        assert_int_equal(wrong(relief), 0);
        equaliser_apply(&equaliser, relief, size_of(), out);
        assert_int_equal(wrong(out), 0);
    }
}

/* Whatever comes in, numbers come out. */
static void bears_anything(void **state) {
    (void)state;
    struct render_dice dice = {.state = 6};
    for (int round = 0; round < 6; round++) {
        int size = round % 2 == 0 ? VERSION_SIZE_MAX : 21;
        for (int k = 0; k < size * size; k++) {
            relief[k] = round < 2 ? 0 : round < 4 ? RELIEF_MOST : (float)render_dice_between(&dice, -3, 3);
        }
        equaliser_apply(&equaliser, relief, size, out);
        for (int k = 0; k < size * size; k++) {
            assert_true(isfinite(out[k]));
        }
    }
}

/* The same wherever it stands in light and shadow, and nothing where all is alike. */
static void measures_relief_in_any_light(void **state) {
    static const double weights[EQUALISER_TAPS] = {[12] = 1};
    (void)state;
    plate_code(15, &code);
    sample(weights, 0);
    int size = size_of();
    for (int k = 0; k < size * size; k++) {
        sampled[k] = k / size < size / 2 ? sampled[k] * (0.1F + 0.4F * (float)(k % size) / (float)size) : 255;
    }
    relief_measure(&contrast, sampled, size, relief);
    for (int k = 0; k < size * size; k++) {
        float expected = is_dark(k % size, k / size) ? -1 : 1;
        if (k / size < size / 2 - 8 && relief[k] * expected < 0.2F) {
            fail_msg("module %d is %.2f", k, (double)relief[k]);
        }
        assert_true(k / size < size / 2 + 15 || fabsf(relief[k]) < 0.01F);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undoes_defocus),
        cmocka_unit_test(undoes_motion),
        cmocka_unit_test(undoes_a_grid_that_lies_wrong),
        cmocka_unit_test(leaves_a_sharp_code_alone),
        cmocka_unit_test(bears_anything),
        cmocka_unit_test(measures_relief_in_any_light),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
