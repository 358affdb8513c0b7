/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "symbol/alignment.h"
#include "symbol/canonical.h"
#include "symbol/format.h"
#include "symbol/geometry.h"
#include "symbol/settle.h"
#include "tests/lib/meshing.h"

/* A code on its way from a picture to modules. */
struct rig {
    struct grey picture;
    struct view view;
    struct threshold threshold;
    struct finders finders;
    struct triple triples[TRIPLES_MAX];
    struct geometry geometry;
    struct warp warp;
    struct mesh mesh;
    uint8_t modules[SAMPLING_MODULES];
    float margins[SAMPLING_MODULES];
};

static struct rig rig;

/* Draw it, find it: whether its plane was found. */
static bool solve(const struct plate *plate) {
    rig.picture = plate_draw(plate, plate_side(plate), plate_side(plate));
    rig.view = view_of(&rig.picture);
    threshold_map(&rig.threshold, &rig.view);
    finders_guess(&rig.finders, &rig.view, &rig.threshold, 2);
    finders_confirm(&rig.finders, &rig.view, &rig.threshold, FINDERS_LOOKS_MAX);
    int count = triples_rank(&rig.view, &rig.finders, rig.triples);
    rig.view.inverted = plate->inverted;
    bool solved = false;
    for (int i = 0; i < count && !solved; i++) {
        solved = geometry_solve(&rig.view, &rig.finders, &rig.triples[i], &rig.geometry);
    }
    return solved;
}

static void align(void) {
    alignment_find(&rig.view, &rig.geometry, &rig.warp);
    alignment_mesh(&rig.warp, rig.geometry.size, &rig.mesh);
}

static void finish(void) {
    free(rig.picture.pixels);
    rig.picture = (struct grey){0};
}

static void tells_all_versions(void **state) {
    (void)state;
    for (unsigned version = 1; version <= VERSION_MAX; version++) {
        struct render_code code;
        plate_code(version, &code);
        struct plate plate = plate_of(&code, 3);
        plate.turn_degrees = 7 * version;
        plate.tilt_x = version % 3 * 0.1;
        plate.inverted = version % 2 == 0;
        if (!solve(&plate) || rig.geometry.size != (int)code.side) {
            fail_msg("version %u is taken for %d modules", version, rig.geometry.size);
        }
        align();
        assert_true(meshing_worst_place(&plate, &rig.mesh) < 0.45);
        assert_int_equal(meshing_wrong_modules(&plate, &rig.view, &rig.mesh, 0.35), 0);
        finish();
    }
}

/* ISO/IEC 18004, table E.1. */
static void knows_where_alignment_patterns_stand(void **state) {
    (void)state;
    int line[ALIGNMENT_LINES];
    assert_int_equal(alignment_lines(1, line), 0);
    assert_int_equal(alignment_lines(2, line), 2);
    assert_int_equal(line[1], 18);
    assert_int_equal(alignment_lines(32, line), 6);
    const int of_32[] = {6, 34, 60, 86, 112, 138};
    assert_memory_equal(line, of_32, sizeof of_32);
    assert_int_equal(alignment_lines(36, line), 7);
    const int of_36[] = {6, 24, 50, 76, 102, 128, 154};
    assert_memory_equal(line, of_36, sizeof of_36);
    assert_false(alignment_stands(7, 6, 0));
    assert_true(alignment_stands(7, 6, 6));
}

static void follows_a_lens(void **state) {
    (void)state;
    struct render_code code;
    plate_code(25, &code);
    for (int i = -2; i <= 2; i++) {
        struct plate plate = plate_of(&code, 4);
        plate.bulge = i * 0.03;
        plate.turn_degrees = 20;
        assert_true(solve(&plate));
        align();
        assert_true(rig.warp.found >= 18);
        assert_true(meshing_worst_place(&plate, &rig.mesh) < 0.45);
        assert_int_equal(meshing_wrong_modules(&plate, &rig.view, &rig.mesh, 0.35), 0);
        finish();
    }
}

/* Three sides of a code with one alignment pattern say little about creases between them; the modules say all. */
static void follows_creases(void **state) {
    (void)state;
    static struct settle settle;
    struct render_code code;
    plate_code(5, &code);
    struct plate plate = plate_of(&code, 5);
    plate.ripple = 0.8;
    plate.turn_degrees = 30;
    assert_true(solve(&plate));
    align();
    int wrong_before = meshing_wrong_modules(&plate, &rig.view, &rig.mesh, 0.35);
    settle_mesh(&rig.view, &settle, &rig.mesh, SETTLE_ROUNDS);
    int wrong_after = meshing_wrong_modules(&plate, &rig.view, &rig.mesh, 0.35);
    if (wrong_before < 100 || wrong_after * 5 > wrong_before) {
        fail_msg("%d modules wrong, then %d", wrong_before, wrong_after);
    }
    finish();
}

static void samples_what_is_blurred(void **state) {
    (void)state;
    struct render_code code;
    plate_code(15, &code);
    struct plate plate = plate_of(&code, 4);
    plate.blur_px = 1.8;
    assert_true(solve(&plate));
    align();
    int unsharpened = meshing_wrong_modules(&plate, &rig.view, &rig.mesh, 0);
    int sharpened = meshing_wrong_modules(&plate, &rig.view, &rig.mesh, 0.8);
    assert_true(sharpened <= unsharpened);
    assert_true(sharpened < (int)(code.side * code.side) / 50);
    finish();
}

static void knows_a_mirror_by_the_format(void **state) {
    (void)state;
    struct render_code code;
    plate_code(6, &code);
    struct plate plate = plate_of(&code, 4);
    plate.mirrored = true;
    assert_true(solve(&plate));
    align();
    meshing_modules(&rig.view, &rig.mesh, 0, rig.modules, rig.margins);
    assert_int_equal(format_errors(rig.modules, rig.geometry.size, true), 0);
    assert_true(format_errors(rig.modules, rig.geometry.size, false) > 0);
    canonical_mirror(rig.modules, rig.margins, rig.geometry.size);
    for (unsigned i = 0; i < code.side * code.side; i++) {
        assert_int_equal(rig.modules[i], code.dark[i / code.side][i % code.side]);
    }
    finish();
}

static void draws_modules_of_one_and_two_pixels(void **state) {
    (void)state;
    struct render_code code;
    static uint8_t modules[21 * 21], pixels[CANONICAL_SIDE_MAX * CANONICAL_SIDE_MAX];
    plate_code(1, &code);
    for (int i = 0; i < 21 * 21; i++) {
        modules[i] = code.dark[i / 21][i % 21];
    }
    for (int px = 1; px <= CANONICAL_MODULE_PX_MAX; px++) {
        int side = CANONICAL_SIDE(21, px);
        canonical_draw(modules, 21, px, pixels);
        for (int i = 0; i < side * side; i++) {
            int u = i % side / px - CANONICAL_QUIET;
            int v = i / side / px - CANONICAL_QUIET;
            bool dark = u >= 0 && v >= 0 && u < 21 && v < 21 && modules[v * 21 + u] != 0;
            assert_int_equal(pixels[i], dark ? 0 : 255);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_all_versions),
        cmocka_unit_test(knows_where_alignment_patterns_stand),
        cmocka_unit_test(follows_a_lens),
        cmocka_unit_test(follows_creases),
        cmocka_unit_test(samples_what_is_blurred),
        cmocka_unit_test(knows_a_mirror_by_the_format),
        cmocka_unit_test(draws_modules_of_one_and_two_pixels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
