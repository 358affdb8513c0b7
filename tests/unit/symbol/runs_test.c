/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/noise.h"
#include "symbol/runs.h"
#include "tests/lib/render_dice.h"
#include "tests/lib/scene.h"

#define DARK  30
#define LIGHT 220

static struct threshold threshold;
static struct runs_line line;

/* A picture of one line, over and over: from `at`, runs of so many modules, dark first. */
static struct grey striped(uint32_t width_px, double at, double module_px, const double *modules, int count,
                           bool inverted) {
    struct grey out = scene_blank(width_px, 48);
    for (uint32_t x = 0; x < width_px; x++) {
        double light = 1;
        double from = at;
        for (int i = 0; i < count; from += modules[i++] * module_px) {
            double to = from + modules[i] * module_px;
            double part = fmin(to, x + 1.0) - fmax(from, x);
            light -= i % 2 == 0 && part > 0 ? part : 0;
        }
        double shade = inverted ? 1 - light : light;
        for (uint32_t y = 0; y < out.height_px; y++) {
            out.pixels[y * width_px + x] = (uint8_t)lrint(DARK + shade * (LIGHT - DARK));
        }
    }
    return out;
}

/* How many finds there are on the line in the middle; the first one is left in `runs`. */
static int find(const struct grey *picture, struct runs *first) {
    struct view view = view_of(picture);
    struct runs runs;
    int from = 0;
    int count = 0;
    threshold_map(&threshold, &view);
    runs_begin(&line);
    runs_split(&line, &view, &threshold, 24);
    while (runs_next(&line, &from, &runs)) {
        if (count++ == 0) {
            *first = runs;
        }
    }
    return count;
}

static const double FINDER[5] = {1, 1, 3, 1, 1};

static void measures_between_pixels(void **state) {
    (void)state;
    for (int i = 0; i < 28; i++) { /* larger ones are for smaller versions of a picture */
        double module_px = 1.8 + 0.37 * i;
        double at = 20 + 0.13 * i;
        struct grey picture = striped(240, at, module_px, FINDER, 5, i % 2 == 1);
        struct runs runs;
        assert_int_equal(find(&picture, &runs), 1);
        assert_int_equal(runs.inverted, i % 2 == 1);
        assert_true(fabs(runs.module_px - module_px) < 0.25);
        assert_true(fabs((runs.border[2] + runs.border[3]) / 2 - at - 3.5 * module_px) < 0.25);
        free(picture.pixels);
    }
}

static void finds_no_other_ratios(void **state) {
    (void)state;
    const double others[][5] = {
        {1, 1, 1, 1, 1}, {2, 1, 3, 1, 1}, {1, 1, 8, 1, 1}, {1, 3, 3, 1, 1}, {1, 1, 3, 1, 3}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct grey picture = striped(240, 40, 3, others[i], 5, false);
        struct runs runs;
        if (find(&picture, &runs) != 0) {
            fail_msg("ratios %zu are taken for a finder's", i);
        }
        free(picture.pixels);
    }
}

/* Long lines, whose ends and words of eight are looked at like any other place. */
static void finds_them_wherever_they_stand(void **state) {
    (void)state;
    for (uint32_t x = 1; x < 200; x++) {
        struct grey picture = striped(x + 32, x, 4, FINDER, 5, false);
        struct runs runs;
        assert_int_equal(find(&picture, &runs), 1);
        free(picture.pixels);
    }
}

static void takes_a_line_of_the_largest_picture(void **state) {
    (void)state;
    struct grey picture = scene_blank(LIMIT_FRAME_SIDE_PX, 48);
    for (uint32_t i = 0; i < picture.width_px * picture.height_px; i++) {
        picture.pixels[i] = i % 2 == 0 ? DARK : LIGHT;
    }
    struct runs runs;
    assert_int_equal(find(&picture, &runs), 0);
    assert_int_equal(line.count, LIMIT_FRAME_SIDE_PX - 1);
    free(picture.pixels);
}

/* Noise beside something busy is measured where it is calm. */
static void measures_the_noise_of_calm_parts(void **state) {
    (void)state;
    for (int deviation = 0; deviation <= 20; deviation += 5) {
        struct render_dice dice = render_dice_of(1, (uint64_t)deviation);
        struct grey picture = scene_blank(640, 400);
        for (uint32_t i = 0; i < 640 * 400; i++) {
            double value = i % 640 < 300 && (i / 3 + i / 1920) % 2 == 0 ? 30 : 130;
            picture.pixels[i] = (uint8_t)lrint(value + deviation * render_dice_normal(&dice));
        }
        struct view view = view_of(&picture);
        double noise = noise_of(&view);
        if (noise < 0.8 * deviation || noise > 1.2 * deviation + 0.1) {
            fail_msg("deviation %d is measured as %.1f", deviation, noise);
        }
        free(picture.pixels);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_between_pixels),
        cmocka_unit_test(finds_no_other_ratios),
        cmocka_unit_test(finds_them_wherever_they_stand),
        cmocka_unit_test(takes_a_line_of_the_largest_picture),
        cmocka_unit_test(measures_the_noise_of_calm_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
