/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/covered.h"
#include "symbol/symbol.h"
#include "tests/lib/looker.h"
#include "tests/lib/plate.h"

static struct threshold threshold;
static struct finders finders;

/* Hide all that is nearer than some modules to a place, module coordinates. */
static void cover(const struct plate *plate, struct grey *picture, struct point middle, double modules,
                  uint8_t with) {
    for (size_t i = 0; i < (size_t)picture->width_px * picture->height_px; i++) {
        struct point at = {(double)(i % picture->width_px) + 0.5, (double)(i / picture->width_px) + 0.5};
        struct point module = plate_module(plate, at);
        if (hypot(module.x - middle.x, module.y - middle.y) < modules) {
            picture->pixels[i] = with;
        }
    }
}

/* The middle of a finder: of the origin, the one along u, the one along v. */
static struct point finder_of(const struct plate *plate, int corner) {
    double far = plate->code->side - 3.5;
    return (struct point){corner == CORNER_U ? far : 3.5, corner == CORNER_V ? far : 3.5};
}

/* A disc over its outer corner, which takes half of the core with it. */
static struct grey draw_covered(const struct plate *plate, int corner, uint8_t with) {
    struct grey picture = plate_draw(plate, plate_side(plate), plate_side(plate));
    struct point middle = finder_of(plate, corner);
    middle.x += corner == CORNER_U ? 2.6 : -2.6;
    middle.y += corner == CORNER_V ? 2.6 : -2.6;
    cover(plate, &picture, middle, 3.4, with);
    return picture;
}

static void reads_codes_with_a_finder_half_hidden(void **state) {
    (void)state;
    const unsigned versions[] = {2, 9, 25};
    for (int i = 0; i < 3 * CORNERS * 4; i++) {
        struct render_code code;
        plate_code(versions[i % 3], &code);
        struct plate plate = plate_of(&code, 3.6);
        plate.turn_degrees = i * 25;
        plate.inverted = i % 2 == 1;
        plate.tilt_x = i % 4 == 2 ? 0.08 : 0;
        struct grey picture = draw_covered(&plate, i / 3 % CORNERS, i % 5 < 3 ? 255 : 120);
        struct symbols out;
        assert_ok(symbol_read(looker_reader, &picture, true, &out));
        free(picture.pixels);
        if (out.count != 1 || !span_equal(out.payloads[0], span_of_bytes(code.payload, code.payload_len))) {
            fail_msg("version %u, corner %d, %.0f degrees", code.version, i / 3 % CORNERS,
                     plate.turn_degrees);
        }
    }
}

/* The guess is where the finder is, and its place in the code is right. */
static void guesses_where_the_third_is(void **state) {
    (void)state;
    struct render_code code;
    plate_code(9, &code);
    for (int corner = 0; corner < CORNERS; corner++) {
        struct triple triples[COVERED_TRIPLES];
        struct plate plate = plate_of(&code, 4);
        plate.turn_degrees = 20;
        struct grey picture = draw_covered(&plate, corner, 255);
        struct view view = view_of(&picture);
        view.effort = &(struct effort){.most = 1000000000};
        threshold_map(&threshold, &view);
        finders_guess(&finders, &view, &threshold, 2);
        finders_confirm(&finders, &view, &threshold, FINDERS_LOOKS_MAX);
        assert_true(covered_triples(&view, &finders, triples) >= 1);
        for (int i = 0; i < CORNERS; i++) {
            struct point module = plate_module(&plate, finders.found[triples->finder[i]].centre);
            struct point want = finder_of(&plate, i);
            if (hypot(module.x - want.x, module.y - want.y) > 0.5) {
                fail_msg("corner %d hidden, %d at %.2f %.2f, want %.2f %.2f", corner, i, module.x, module.y,
                         want.x, want.y);
            }
        }
        assert_true(fabs(triples->size - code.side) < 2);
        free(picture.pixels);
    }
}

/* Two finders alone, and nothing where a third might be. */
static void guesses_none_where_there_is_none(void **state) {
    (void)state;
    struct render_code code;
    plate_code(9, &code);
    struct triple triples[COVERED_TRIPLES];
    struct plate plate = plate_of(&code, 4);
    struct grey picture = plate_draw(&plate, plate_side(&plate), plate_side(&plate));
    cover(&plate, &picture, (struct point){code.side / 2.0 + 9, code.side / 2.0 + 9}, code.side * 0.55, 255);
    cover(&plate, &picture, finder_of(&plate, CORNER_V), 6, 255);
    struct view view = view_of(&picture);
    threshold_map(&threshold, &view);
    finders_guess(&finders, &view, &threshold, 2);
    finders_confirm(&finders, &view, &threshold, FINDERS_LOOKS_MAX);
    assert_int_equal(finders.count, 2);
    assert_int_equal(covered_triples(&view, &finders, triples), 0);
    assert_int_equal(finders.count, 2);
    free(picture.pixels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_codes_with_a_finder_half_hidden),
        cmocka_unit_test(guesses_where_the_third_is),
        cmocka_unit_test(guesses_none_where_there_is_none),
    };
    return cmocka_run_group_tests(tests, looker_start, looker_stop);
}
