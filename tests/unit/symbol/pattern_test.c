/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/alignment.h"
#include "symbol/pattern.h"
#include "tests/lib/plate.h"

/* What plate_draw() puts between dark and light, grey levels, is at least this. */
#define CONTRAST 100

/* The paper around a module of a plate, by small steps back from the picture. */
static struct tangent tangent_at(const struct plate *plate, double u, double v) {
    double angle = plate->turn_degrees * M_PI / 180;
    double side = plate->code->side / 2.0;
    struct tangent t = {.u = {plate->module_px * cos(angle), plate->module_px * sin(angle)},
                        .v = {-plate->module_px * sin(angle), plate->module_px * cos(angle)}};
    t.at = (struct point){plate->middle.x + (u - side) * t.u.x + (v - side) * t.v.x,
                          plate->middle.y + (u - side) * t.u.y + (v - side) * t.v.y};
    return t;
}

static void finds_patterns_off_their_place(void **state) {
    (void)state;
    struct render_code code;
    int line[ALIGNMENT_LINES];
    plate_code(14, &code);
    int lines = alignment_lines(14, line);
    struct plate plate = plate_of(&code, 3.3);
    plate.turn_degrees = 25;
    struct grey picture = plate_draw(&plate, plate_side(&plate), plate_side(&plate));
    struct view view = view_of(&picture);
    for (int k = 0; k < lines * lines; k++) {
        struct point off = {(k % 5 - 2) * 0.7, (k % 7 - 3) * 0.5};
        struct point found;
        if (alignment_stands(lines, k % lines, k / lines)) {
            struct tangent near =
                tangent_at(&plate, line[k % lines] + 0.5 - off.x, line[k / lines] + 0.5 - off.y);
            assert_true(pattern_search(&view, &near, 2.4, &found) > CONTRAST);
            if (hypot(found.x - off.x, found.y - off.y) > 0.1) {
                fail_msg("a pattern is found %.2f modules off", hypot(found.x - off.x, found.y - off.y));
            }
        }
    }
    free(picture.pixels);
}

static void finds_none_on_blank_paper(void **state) {
    (void)state;
    struct render_code code;
    plate_code(2, &code);
    struct plate plate = plate_of(&code, 4);
    struct grey picture = plate_draw(&plate, plate_side(&plate), plate_side(&plate));
    struct view view = view_of(&picture);
    struct tangent near = tangent_at(&plate, -12, -12);
    struct point found;
    for (double reach = 0.1; reach < 40; reach *= 3) {
        assert_true(pattern_search(&view, &near, reach < 5 ? reach : 5, &found) < CONTRAST / 4);
    }
    free(picture.pixels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_patterns_off_their_place),
        cmocka_unit_test(finds_none_on_blank_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
