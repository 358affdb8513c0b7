/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "symbol/bent.h"
#include "symbol/corner.h"
#include "symbol/geometry.h"
#include "tests/lib/meshing.h"

/* A code on its way from a picture to modules. */
struct rig {
    struct grey picture;
    struct view view;
    struct threshold threshold;
    struct finders finders;
    struct triple triples[TRIPLES_MAX];
    int count;
    struct finder corners[CORNERS];
    struct bent bent;
    struct mesh mesh;
};

static struct rig rig;

static void draw(const struct plate *plate) {
    uint32_t side = (uint32_t)(2 * plate->middle.x);
    rig.picture = plate_draw(plate, side, side);
    rig.view = view_of(&rig.picture);
    threshold_map(&rig.threshold, &rig.view);
    finders_guess(&rig.finders, &rig.view, &rig.threshold, 2);
    finders_confirm(&rig.finders, &rig.view, &rig.threshold, FINDERS_LOOKS_MAX);
    rig.count = triples_rank(&rig.view, &rig.finders, rig.triples);
    rig.view.inverted = plate->inverted;
}

static void finish(void) {
    free(rig.picture.pixels);
    rig.picture = (struct grey){0};
}

/* Whether a triple makes a code of bent paper. */
static bool find(void) {
    double fit;
    for (int i = 0; i < rig.count; i++) {
        for (int corner = 0; corner < CORNERS; corner++) {
            rig.corners[corner] = rig.finders.found[rig.triples[i].finder[corner]];
        }
        if (bent_find(&rig.view, rig.corners, rig.triples[i].size, &rig.bent, &rig.mesh, &fit)) {
            return true;
        }
    }
    return false;
}

static bool is_plane(void) {
    static struct geometry geometry;
    for (int i = 0; i < rig.count; i++) {
        if (geometry_solve(&rig.view, &rig.finders, &rig.triples[i], &geometry)) {
            return true;
        }
    }
    return false;
}

/* Whether two finders make a code without its third, in the right way. */
static bool find_pair(int hidden) {
    double fit;
    for (int i = 0; i < rig.finders.count * rig.finders.count; i++) {
        const struct finder *a = &rig.finders.found[i % rig.finders.count];
        const struct finder *b = &rig.finders.found[i / rig.finders.count];
        for (int way = 0; way < CORNERS && a != b; way++) {
            if (bent_find_pair(&rig.view, a, b, way, &rig.bent, &rig.mesh, &fit)) {
                assert_int_equal(way, hidden);
                return true;
            }
        }
    }
    return false;
}

/* Leaves the picture. */
static void expect_followed(const struct plate *plate, double modules) {
    draw(plate);
    if (!find() || rig.mesh.size != (int)plate->code->side ||
        meshing_worst_place(plate, &rig.mesh) > modules ||
        meshing_wrong_modules(plate, &rig.view, &rig.mesh, 0.35) != 0) {
        fail_msg("version %u, %d modules found, off by up to %.2f, bow %.1f, %.0f degrees",
                 plate->code->version, rig.mesh.size, meshing_worst_place(plate, &rig.mesh), plate->bow,
                 plate->turn_degrees);
    }
}

/* Bent by a tenth of its side, which is no plane at all. */
static void follows_bent_paper(void **state) {
    (void)state;
    int planes = 0;
    for (unsigned version = 7; version <= VERSION_MAX; version += 7) {
        struct render_code code;
        plate_code(version, &code);
        struct plate plate = plate_of(&code, 3);
        plate.bow = (version % 2 == 0 ? 0.08 : -0.08) * code.side;
        plate.turn_degrees = 50 * version;
        plate.tilt_x = version % 3 * 0.1;
        plate.inverted = version % 2 == 1;
        plate.middle.x *= 1.2; /* room for what is bent */
        plate.middle.y *= 1.2;
        expect_followed(&plate, 0.3);
        planes += is_plane();
        finish();
    }
    assert_in_range(planes, 0, 2);
}

/* They say nothing of their version. */
static void follows_small_codes(void **state) {
    (void)state;
    for (unsigned version = 1; version < VERSION_WRITTEN; version++) {
        struct render_code code;
        plate_code(version, &code);
        struct plate plate = plate_of(&code, 5);
        plate.bow = 0.06 * code.side;
        plate.turn_degrees = 35 * version;
        expect_followed(&plate, 0.3);
        finish();
    }
}

/* Alignment patterns say how creases run, and between them the modules. */
static void follows_creases(void **state) {
    (void)state;
    struct render_code code;
    plate_code(25, &code);
    struct plate plate = plate_of(&code, 4);
    plate.ripple = 2;
    plate.turn_degrees = 30;
    expect_followed(&plate, 0.3);
    finish();
}

/* Patterns under a sticker are passed over, and the paper goes on beneath. */
static void goes_on_under_a_sticker(void **state) {
    (void)state;
    struct render_code code;
    plate_code(25, &code);
    struct plate plate = plate_of(&code, 3);
    plate.bow = 5;
    plate.cover = (struct box){50, 50, 45, 45};
    draw(&plate);
    assert_true(find());
    assert_in_range(rig.bent.seen, 14, rig.bent.patterns - 4);
    plate.cover = (struct box){0};
    assert_true(meshing_worst_place(&plate, &rig.mesh) < 1);
    assert_in_range(meshing_wrong_modules(&plate, &rig.view, &rig.mesh, 0.35), 400, 45 * 45 * 6 / 10);
    finish();
}

/* Whichever finder is under a sticker. */
static void does_without_a_finder(void **state) {
    (void)state;
    struct render_code code;
    for (unsigned version = 7; version <= 31; version += 12) {
        plate_code(version, &code);
        for (int hidden = 0; hidden < CORNERS; hidden++) {
            struct plate plate = plate_of(&code, 3);
            int far = (int)code.side - 8;
            plate.bow = 0.02 * code.side;
            plate.turn_degrees = 100 * hidden + (int)version;
            plate.inverted = hidden == 1;
            plate.cover = (struct box){hidden == CORNER_U ? far : -1, hidden == CORNER_V ? far : -1, 9, 9};
            draw(&plate);
            assert_true(find_pair(hidden));
            assert_int_equal(rig.mesh.size, code.side);
            assert_true(meshing_worst_place(&plate, &rig.mesh) < 0.5);
            assert_in_range(meshing_wrong_modules(&plate, &rig.view, &rig.mesh, 0.35), 0, 100);
            finish();
        }
    }
}

static void finds_no_code_in_finders_alone(void **state) {
    (void)state;
    struct render_code code;
    for (unsigned version = 4; version <= 24; version += 10) {
        plate_code(version, &code);
        struct plate plate = plate_of(&code, 4);
        for (unsigned i = 0; i < code.side * code.side; i++) {
            unsigned u = i % code.side, v = i / code.side;
            bool finder = (u < 8 && (v < 8 || v >= code.side - 8)) || (u >= code.side - 8 && v < 8);
            code.dark[v][u] = finder ? code.dark[v][u] : u * u * v * 7 / 16 % 2;
        }
        draw(&plate);
        assert_true(rig.count > 0);
        assert_false(find());
        finish();
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_bent_paper),    cmocka_unit_test(follows_small_codes),
        cmocka_unit_test(follows_creases),       cmocka_unit_test(goes_on_under_a_sticker),
        cmocka_unit_test(does_without_a_finder), cmocka_unit_test(finds_no_code_in_finders_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
