/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "symbol/diagnosis.h"
#include "symbol/symbol.h"
#include "tests/lib/looker.h"
#include "tests/lib/guidance_frames.h"
#include "tests/lib/plate.h"
#include "tests/lib/render.h"
#include "tests/lib/scene.h"

/* Frames of a kind, and the seed of frames that nothing was tuned to. */
#define FRAMES 3u
#define SEED   4711u
/* Of those that show a code, so many must be told what keeps it from being read, or be read; of the others all. */
#define RIGHT_LEAST 2u

static enum guidance look(const struct grey *picture) {
    struct symbols out;
    assert_ok(symbol_read(looker_reader, picture, false, &out));
    return out.guidance;
}

static enum guidance look_and_free(struct grey picture) {
    enum guidance guidance = look(&picture);
    free(picture.pixels);
    return guidance;
}

static enum guidance seen_in(const struct guidance_frames *kind, unsigned number) {
    struct render_spec spec = guidance_frames_spec(kind, SEED, number);
    struct render_stage stage;
    render_open(&spec, &stage);
    struct grey picture = render_take(&stage, &spec);
    render_close(&stage);
    return look_and_free(picture);
}

static void print_row(const char *name, const unsigned counts[GUIDANCE_COUNT]) {
    printf("# %-14s", name);
    for (unsigned i = 0; i < GUIDANCE_COUNT; i++) {
        printf("%11u", counts[i]);
    }
    printf("\n");
}

static void print_head(void) {
    printf("# %-14s", "");
    for (unsigned i = 0; i < GUIDANCE_COUNT; i++) {
        printf("%11s", guidance_name((enum guidance)i));
    }
    printf("\n");
}

/* Rows say what is shown, columns what was said. */
static void says_what_keeps_a_code_from_being_read(void **state) {
    (void)state;
    unsigned wrong = 0;
    print_head();
    for (unsigned k = 0; k < guidance_frames_count; k++) {
        const struct guidance_frames *kind = &guidance_frames[k];
        unsigned counts[GUIDANCE_COUNT] = {0};
        for (unsigned i = 0; i < FRAMES; i++) {
            counts[seen_in(kind, i)]++;
        }
        print_row(kind->name, counts);
        bool negative = kind->expected == GUIDANCE_NOTHING;
        unsigned right = counts[kind->expected] + (kind->also != kind->expected ? counts[kind->also] : 0);
        wrong += right < (negative ? FRAMES : RIGHT_LEAST);
    }
    assert_int_equal(wrong, 0);
}

/* A drawn code of a version in a picture of 1280 x 720: `blur` in modules, `out_px` to the left. */
static struct grey drawn(unsigned version, double module_px, double blur, double out_px) {
    static struct render_code code;
    plate_code(version, &code);
    struct plate plate = {
        .code = &code, .module_px = module_px, .middle = {640 - out_px, 360}, .blur_px = blur * module_px};
    return plate_draw(&plate, 1280, 720);
}

/* So much of what is drawn is light. */
static struct grey dimmed(struct grey picture, double part) {
    for (size_t i = 0; i < (size_t)picture.width_px * picture.height_px; i++) {
        picture.pixels[i] = (uint8_t)(picture.pixels[i] * part);
    }
    return picture;
}

/* A round lamp, so far off the middle to the left and down. */
static struct grey with_lamp(struct grey picture, int radius_px, int off_px) {
    for (int y = -radius_px; y <= radius_px; y++) {
        for (int x = -radius_px; x <= radius_px; x++) {
            if (x * x + y * y <= radius_px * radius_px) {
                picture.pixels[(size_t)(360 + off_px + y) * picture.width_px + (size_t)(640 - off_px + x)] =
                    255;
            }
        }
    }
    return picture;
}

/* The clear cases, of every size of code that credentials make. */
static void drawings_are_told_apart_every_time(void **state) {
    (void)state;
    for (unsigned version = 16; version <= 40; version += 8) {
        double side = 17 + 4 * version;
        double half = 360 / side;
        assert_int_equal(look_and_free(drawn(version, 0.7, 0.3, 0)), GUIDANCE_FAR);
        assert_int_equal(look_and_free(drawn(version, 3.1 * half, 0.1, 0)), GUIDANCE_NEAR);
        assert_int_equal(look_and_free(drawn(version, half, 1.8, 0)), GUIDANCE_BLURRED);
        assert_int_equal(look_and_free(drawn(version, half, 0.1, 640)), GUIDANCE_PARTLY_OUT);
        assert_int_equal(look_and_free(dimmed(drawn(version, half, 1, 0), 0.12)), GUIDANCE_DARK);
        assert_int_equal(look_and_free(with_lamp(drawn(version, half, 0.1, 0), 110, 0)), GUIDANCE_GLARE);
        assert_int_equal(look_and_free(with_lamp(drawn(version, half, 0.1, 0), 150, 90)), GUIDANCE_GLARE);
    }
}

static void a_code_that_is_read_needs_no_advice(void **state) {
    (void)state;
    assert_int_equal(look_and_free(scene_qr(span_of_text("read me"), 4)), GUIDANCE_READ);
    assert_int_equal(look_and_free(scene_qr_part(span_of_text("one of two"), 4)), GUIDANCE_READ);
}

static void pictures_of_nothing_and_of_hardly_any_pixels_say_nothing(void **state) {
    (void)state;
    static const uint32_t sizes[][2] = {{1, 1},   {3, 2},     {15, 4000},  {4096, 1},
                                        {33, 33}, {640, 480}, {4096, 4096}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_int_equal(look_and_free(scene_blank(sizes[i][0], sizes[i][1])), GUIDANCE_NOTHING);
    }
}

static void a_black_picture_is_too_dark(void **state) {
    (void)state;
    struct grey picture = scene_blank(640, 480);
    memset(picture.pixels, 12, (size_t)picture.width_px * picture.height_px);
    assert_int_equal(look_and_free(picture), GUIDANCE_DARK);
}

/* Noise, checkers, bars and moire of any size, with any region in them: nothing is read beyond the picture, and what
 * is said is a word. The sanitizers watch. */
static void any_picture_and_any_region_are_borne(void **state) {
    (void)state;
    static struct cells cells;
    struct render_dice dice = render_dice_of(SEED, 1);
    for (unsigned i = 0; i < 300; i++) {
        struct grey picture =
            scene_blank(1 + render_dice_below(&dice, 500), 1 + render_dice_below(&dice, 400));
        unsigned side = 1 + render_dice_below(&dice, 30);
        for (unsigned k = 0; k < picture.width_px * picture.height_px; k++) {
            unsigned x = k % picture.width_px / side, y = k / picture.width_px / side;
            const unsigned kinds[] = {x ^ y, (x * 7919 + y * 104729) * 2654435761u >> 31, x, x * y};
            picture.pixels[k] = kinds[i % 4] % 2 == 0 ? 20 : 235;
        }
        struct view view = view_of(&picture);
        struct box box = {(int)render_dice_below(&dice, picture.width_px),
                          (int)render_dice_below(&dice, picture.height_px), 0, 0};
        box.width = (int)render_dice_below(&dice, picture.width_px - (unsigned)box.left + 1);
        box.height = (int)render_dice_below(&dice, picture.height_px - (unsigned)box.top + 1);
        assert_non_null(guidance_name(diagnosis_of(&cells, &view, box)));
        free(picture.pixels);
    }
}

static void every_guidance_has_a_name(void **state) {
    (void)state;
    for (unsigned i = 0; i < GUIDANCE_COUNT; i++) {
        assert_non_null(guidance_name((enum guidance)i));
    }
    assert_null(guidance_name(GUIDANCE_COUNT));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawings_are_told_apart_every_time),
        cmocka_unit_test(a_code_that_is_read_needs_no_advice),
        cmocka_unit_test(pictures_of_nothing_and_of_hardly_any_pixels_say_nothing),
        cmocka_unit_test(a_black_picture_is_too_dark),
        cmocka_unit_test(any_picture_and_any_region_are_borne),
        cmocka_unit_test(every_guidance_has_a_name),
        cmocka_unit_test(says_what_keeps_a_code_from_being_read),
    };
    return cmocka_run_group_tests(tests, looker_start, looker_stop);
}
