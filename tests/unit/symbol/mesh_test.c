/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/corner.h"
#include "symbol/regrow.h"
#include "symbol/settle.h"
#include "tests/lib/plate.h"

static const struct view nowhere = {0};

/* Bent paper: the place of a module. */
static struct point bent(double u, double v) {
    return (struct point){100 + 4 * u + 0.5 * v - 0.004 * u * v, 50 - 0.3 * u + 5 * v + 0.02 * u * u};
}

static void surround(struct surface *surface, double u, double v) {
    for (int k = 0; k < 4; k++) {
        double x = u + (k % 2 == 0 ? -3.5 : 3.5);
        double y = v + (k < 2 ? -3.5 : 3.5);
        surface_add(surface, (struct point){x, y}, bent(x, y));
    }
}

static void expect_near(struct point a, struct point b, double px) {
    if (hypot(a.x - b.x, a.y - b.y) > px) {
        fail_msg("(%.2f, %.2f) is not (%.2f, %.2f)", a.x, a.y, b.x, b.y);
    }
}

/* Three finders alone determine a quadric. */
static void a_surface_goes_on_from_three_corners(void **state) {
    (void)state;
    struct surface surface = {.size = 57};
    struct tangent tangent;
    assert_false(surface_at(&nowhere, &surface, (struct point){3.5, 53.5}, &tangent));
    surround(&surface, 3.5, 3.5);
    surround(&surface, 53.5, 3.5);
    surround(&surface, 3.5, 53.5);
    for (int i = 0; i <= 57; i += 19) {
        assert_true(surface_at(&nowhere, &surface, (struct point){i, 57 - i / 2.0}, &tangent));
        expect_near(tangent.at, bent(i, 57 - i / 2.0), 1.5);
        struct point next = bent(i + 1, 57 - i / 2.0);
        expect_near(tangent_place(&tangent, 1, 0), next, 1.5);
    }
}

/* Where paper is creased, what is near says more than what is far. */
static void a_surface_believes_what_is_near(void **state) {
    (void)state;
    struct surface surface = {.size = 57};
    struct tangent tangent;
    surround(&surface, 3.5, 3.5);
    surround(&surface, 53.5, 3.5);
    surround(&surface, 3.5, 53.5);
    struct point lifted = bent(28, 28);
    lifted.y += 10;
    surface_add(&surface, (struct point){28, 28}, lifted);
    assert_true(surface_at(&nowhere, &surface, (struct point){28, 28}, &tangent));
    expect_near(tangent.at, lifted, 1);
    assert_true(surface_at(&nowhere, &surface, (struct point){4, 4}, &tangent));
    expect_near(tangent.at, bent(4, 4), 1);
}

static struct mesh mesh_of(int size, struct point place(double, double)) {
    struct mesh mesh;
    mesh_begin(size, &mesh);
    for (int k = 0; k < (mesh.cells + 1) * (mesh.cells + 1); k++) {
        int row = k / (mesh.cells + 1), column = k % (mesh.cells + 1);
        mesh.node[row][column] = place(column * mesh.cell_modules, row * mesh.cell_modules);
    }
    return mesh;
}

static void a_line_has_the_places_of_its_modules(void **state) {
    (void)state;
    for (int version = 1; version <= VERSION_MAX; version += 3) {
        int size = version_size(version);
        struct mesh mesh = mesh_of(size, bent);
        struct tangent line[VERSION_SIZE_MAX];
        for (int row = 0; row < size; row++) {
            mesh_line(&mesh, row, line);
            for (int i = 0; i < size; i++) {
                expect_near(line[i].at, mesh_place(&mesh, i + 0.5, row + 0.5), 1e-6);
                expect_near(line[i].at, bent(i + 0.5, row + 0.5), 0.15);
                expect_near(tangent_place(&line[i], 0.4, 0.4), bent(i + 0.9, row + 0.9), 0.25);
            }
        }
    }
}

static struct point square(double u, double v) {
    return (struct point){2 * u, 3 * v};
}

static void a_mesh_knows_the_size_of_its_modules(void **state) {
    (void)state;
    struct mesh mesh = mesh_of(25, square);
    assert_true(fabs(mesh_module_px(&mesh) - sqrt(6)) < 1e-6);
}

static void a_mesh_knows_what_lies_in_it(void **state) {
    (void)state;
    struct mesh mesh = mesh_of(57, bent);
    for (int k = 0; k < 4; k++) {
        double end = k % 2 == 0 ? -2 : 59, along = k < 2 ? 5 : 50;
        assert_true(mesh_holds(&mesh, bent(end, along), 3));
        assert_false(mesh_holds(&mesh, bent(end, along), 1));
        assert_true(mesh_holds(&mesh, bent(along, end), 3));
        assert_false(mesh_holds(&mesh, bent(along, end), 1));
    }
    assert_true(mesh_holds(&mesh, bent(28, 28), 0));
}

static struct plate plate;

/* Off by 0.4 modules along u, and by 0.3 the other way along v. */
static struct point off(double u, double v) {
    struct point middle = plate.middle;
    double half = plate.code->side / 2.0;
    return (struct point){middle.x + (u + 0.4 - half) * plate.module_px,
                          middle.y + (v - 0.3 - half) * plate.module_px};
}

static void modules_pull_a_mesh_to_where_they_are(void **state) {
    (void)state;
    static struct settle settle;
    struct render_code code;
    plate_code(12, &code);
    for (int blurred = 0; blurred < 2; blurred++) {
        plate = plate_of(&code, 4);
        plate.blur_px = blurred * 2;
        plate.cover = (struct box){20, 20, 14, 14};
        struct grey picture = plate_draw(&plate, plate_side(&plate), plate_side(&plate));
        struct view view = view_of(&picture);
        struct mesh mesh = mesh_of((int)code.side, off);
        settle_mesh(&view, &settle, &mesh, SETTLE_ROUNDS);
        for (int i = 0; i <= mesh.size; i++) {
            struct point m = plate_module(&plate, mesh_place(&mesh, i, mesh.size - i * 0.7));
            expect_near(m, (struct point){i, mesh.size - i * 0.7}, 0.2);
        }
        free(picture.pixels);
    }
}

/* Right near the finders, off by up to two modules at the corner without one. */
static struct point strayed(double u, double v) {
    struct point middle = plate.middle;
    double half = plate.code->side / 2.0;
    double stray = fmax(u + v - plate.code->side, 0) * 2 / plate.code->side;
    return (struct point){middle.x + (u + stray - half) * plate.module_px,
                          middle.y + (v - stray - half) * plate.module_px};
}

static void a_mesh_grows_from_where_it_is_right(void **state) {
    (void)state;
    static struct settle settle;
    struct render_code code;
    plate_code(16, &code);
    for (int large = 0; large < 2; large++) {
        plate = plate_of(&code, large == 0 ? 3 : 7);
        plate.blur_px = 1;
        struct grey picture = plate_draw(&plate, plate_side(&plate), plate_side(&plate));
        struct view view = view_of(&picture);
        struct mesh mesh = mesh_of((int)code.side, strayed);
        settle_mesh(&view, &settle, &mesh, SETTLE_ROUNDS);
        double far = mesh.size - 0.5;
        struct point before = plate_module(&plate, mesh_place(&mesh, far, far));
        assert_true(hypot(before.x - far, before.y - far) > 1);
        assert_true(regrow_mesh(&view, &settle, &mesh));
        for (int i = 0; i <= mesh.size; i++) {
            struct point m = plate_module(&plate, mesh_place(&mesh, i, mesh.size - i * 0.1));
            expect_near(m, (struct point){i, mesh.size - i * 0.1}, 0.45);
        }
        assert_false(regrow_mesh(&view, &settle, &mesh)); /* all is right */
        free(picture.pixels);
    }
}

/* Axes that are guessed 12 degrees off; a code that leans and is longer than wide. */
static void a_corner_finds_its_own_axes(void **state) {
    (void)state;
    static struct threshold threshold;
    struct render_code code;
    plate_code(7, &code);
    plate = plate_of(&code, 6);
    plate.turn_degrees = 10;
    plate.bow = 0.12 * code.side;
    struct grey picture = plate_draw(&plate, plate_side(&plate), plate_side(&plate));
    struct view view = view_of(&picture);
    static struct finders finders;
    threshold_map(&threshold, &view);
    finders_guess(&finders, &view, &threshold, 2);
    finders_confirm(&finders, &view, &threshold, FINDERS_LOOKS_MAX);
    int found = 0;
    for (int i = 0; i < finders.count; i++) {
        struct point m = plate_module(&plate, finders.found[i].centre);
        bool is_finder = fabs(fabs(m.x - code.side / 2.0) - fabs(m.y - code.side / 2.0)) < 0.5 &&
                         fabs(fabs(m.x - code.side / 2.0) - code.side / 2.0 + 3.5) < 0.5;
        found += is_finder;
        if (!is_finder) {
            continue; /* data may look like one */
        }
        int which = m.x > 20 ? CORNER_U : m.y > 20 ? CORNER_V : CORNER_ORIGIN;
        double turned = (plate.turn_degrees + (i % 2 == 0 ? 12 : -12)) * M_PI / 180;
        struct point u = {cos(turned), sin(turned)}, v = {-sin(turned), cos(turned)};
        struct tangent corner;
        assert_true(corner_fit(&view, &finders.found[i], which, u, v, &corner));
        double from_u = which == CORNER_U ? code.side - 3.5 : 3.5,
               from_v = which == CORNER_V ? code.side - 3.5 : 3.5;
        for (int k = 0; k < 4; k++) {
            double du = k % 2 * 7 - 3.5, dv = k / 2 * 7 - 3.5;
            struct point at = plate_module(&plate, tangent_place(&corner, du, dv));
            expect_near(at, (struct point){from_u + du, from_v + dv}, 0.15);
        }
    }
    assert_int_equal(found, 3);
    free(picture.pixels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_surface_goes_on_from_three_corners),
        cmocka_unit_test(a_surface_believes_what_is_near),
        cmocka_unit_test(a_line_has_the_places_of_its_modules),
        cmocka_unit_test(a_mesh_knows_the_size_of_its_modules),
        cmocka_unit_test(a_mesh_knows_what_lies_in_it),
        cmocka_unit_test(modules_pull_a_mesh_to_where_they_are),
        cmocka_unit_test(a_mesh_grows_from_where_it_is_right),
        cmocka_unit_test(a_corner_finds_its_own_axes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
