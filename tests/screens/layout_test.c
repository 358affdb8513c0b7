/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for every screen, language and size: nothing overflows, overlaps, fades or is too small to
 * touch. */
#include "tests/lib/check.h"

#include <math.h>
#include <stdio.h>

#include "paint/paint.h"
#include "tests/lib/screen_cases.h"

/* EN 301 549 and WCAG 2.2: 4.5 to 1. kiosk.md: never under 9 mm. */
#define CONTRAST_MIN 4.5
#define TOUCH_MIN_MM 9.0
/* Painted widths may differ from measured ones by the rounding of a run. */
#define WIDTH_SLACK_PX 3

static struct draw_list list;
static struct screen_view view;
static int findings;
static const char *where;

static void found(const char *what, int i) {
    const struct draw_op *op = &list.ops[i];
    struct span text = draw_text_of(&list, op);
    findings++;
    print_error("%s: %s: op %d at %d,%d %dx%d \"%.*s\"\n", where, what, i, op->box.x, op->box.y, op->box.w,
                op->box.h, (int)text.len, (const char *)text.ptr);
}

static bool inside(struct box inner, struct box outer) {
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

static bool overlap(struct box a, struct box b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static double channel(uint32_t colour, unsigned shift) {
    double value = (double)(colour >> shift & 0xFF) / 255;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* Relative luminance (WCAG 2.2). */
static double luminance(uint32_t colour) {
    return 0.2126 * channel(colour, 16) + 0.7152 * channel(colour, 8) + 0.0722 * channel(colour, 0);
}

static double contrast(uint32_t a, uint32_t b) {
    double one = luminance(a), other = luminance(b);
    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

/* Text stands on the last filling drawn before it that holds its middle line, and on no edge of one. */
static void check_ground(int i) {
    const struct draw_op *op = &list.ops[i];
    struct box middle = {op->box.x + op->box.w / 2, op->box.y + op->box.h / 2, 1, 1};
    for (int k = i - 1; k >= 0; k--) {
        const struct draw_op *below = &list.ops[k];
        if (below->kind == DRAW_PREVIEW && overlap(below->box, op->box)) {
            found("text upon the camera's picture", i);
            return;
        }
        if ((below->kind == DRAW_FILL || below->kind == DRAW_POLYGON) && inside(middle, below->box)) {
            if (contrast(op->colour, below->colour) < CONTRAST_MIN) {
                found("too little contrast", i);
            }
            return;
        }
    }
    found("text upon nothing", i);
}

static int text_width(const struct draw_measure *measure, const struct draw_op *op) {
    return measure->width_px(measure->ctx, draw_text_of(&list, op), op->size_px, op->bold);
}

/* The part of the box that the letters take. */
static struct box letters(const struct draw_measure *measure, const struct draw_op *op) {
    int width = text_width(measure, op);
    int x = op->align == DRAW_LEFT    ? op->box.x
            : op->align == DRAW_RIGHT ? op->box.x + op->box.w - width
                                      : op->box.x + (op->box.w - width) / 2;
    return (struct box){x, op->box.y, width, op->box.h};
}

static void check_text(const struct draw_measure *measure, int i) {
    const struct draw_op *op = &list.ops[i];
    if (text_width(measure, op) > op->box.w + WIDTH_SLACK_PX) {
        found("text wider than its box", i);
    }
    if (op->box.h < draw_line_px(op->size_px)) {
        found("text higher than its box", i);
    }
    check_ground(i);
    for (int k = 0; k < i; k++) {
        const struct draw_op *other = &list.ops[k];
        if (other->kind == DRAW_TEXT && overlap(letters(measure, op), letters(measure, other))) {
            found("text upon other text", i);
        }
    }
}

static void check_touch(const struct screen_size *size, int i) {
    const struct draw_op *op = &list.ops[i];
    double mm = size->width_mm > 0 ? size->width_mm : 88;
    double mm_a_px = mm / size->width_px;
    if (op->box.w * mm_a_px < TOUCH_MIN_MM || op->box.h * mm_a_px < TOUCH_MIN_MM) {
        found("touch target too small", i);
    }
    if (op->action == ACTION_NONE) {
        found("touch target that asks for nothing", i);
    }
    for (int k = 0; k < i; k++) {
        if (list.ops[k].kind == DRAW_TOUCH && overlap(list.ops[k].box, op->box)) {
            found("touch targets overlap", i);
        }
    }
}

static void check_list(const struct draw_measure *measure, const struct screen_size *size) {
    struct box screen = {0, 0, list.width_px, list.height_px};
    if (list.full || list.width_px != size->width_px || list.height_px != size->height_px) {
        found("picture full or of another size", 0);
    }
    for (int i = 0; i < list.op_count; i++) {
        if (!inside(list.ops[i].box, screen)) {
            found("outside the screen", i);
        }
        if (list.ops[i].kind == DRAW_TEXT) {
            check_text(measure, i);
        } else if (list.ops[i].kind == DRAW_TOUCH) {
            check_touch(size, i);
        }
    }
}

static void check_case(const struct draw_measure *measure, const struct screen_size *size,
                       const struct catalogue *catalogue, const struct screen_case *which) {
    char name[128];
    struct screen_facts facts = {0};
    (void)snprintf(name, sizeof name, "%s %s %s", size->name, language_code(catalogue->language),
                   which->name);
    where = name;
    screen_case_view(which, size, catalogue, &view);
    screen_draw(&view, measure, &list, &facts);
    check_list(measure, size);
    for (view.page = 0; view.kind == SCREEN_DETAILS && view.page < facts.pages; view.page++) {
        screen_draw(&view, measure, &list, NULL);
        check_list(measure, size);
    }
}

static void check_all(const struct draw_measure *measure, size_t size_from, size_t size_to) {
    findings = 0;
    for (unsigned language = 0; language < LANGUAGE_COUNT; language++) {
        struct catalogue catalogue = screen_case_catalogue((enum language)language);
        for (size_t size = size_from; size < size_to; size++) {
            for (size_t i = 0; i < screen_case_count; i++) {
                check_case(measure, &screen_sizes[size], &catalogue, &screen_cases[i]);
            }
        }
        catalogue_close(&catalogue);
    }
    assert_int_equal(findings, 0);
}

static void holds_with_fixed_widths_at_every_size(void **state) {
    (void)state;
    check_all(&screen_case_measure, 0, screen_size_count);
}

static void holds_with_the_fonts_in_use(void **state) {
    (void)state;
    struct paint_settings settings = {.title = "layout",
                                      .font_list = "assets/fonts/fonts.list",
                                      .hidden = true,
                                      .width_px = 8,
                                      .height_px = 8};
    struct paint *paint = NULL;
    assert_ok(paint_open(&settings, &paint));
    check_all(paint_measure(paint), 0, SCREEN_SIZES_OWN);
    paint_close(paint);
}

/* The verdict colours of kiosk.md, as measured there. */
static void verdict_colours_have_the_contrast_that_was_measured(void **state) {
    (void)state;
    assert_true(fabs(contrast(0x0B6B3A, 0xFFFFFF) - 6.6) < 0.1);
    assert_true(fabs(contrast(0xF2B100, 0x000000) - 11.1) < 0.1);
    assert_true(fabs(contrast(0xA3121F, 0xFFFFFF) - 7.9) < 0.1);
    assert_true(fabs(contrast(0x44494F, 0xFFFFFF) - 9.1) < 0.1);
}

/* Whoever reads Arabic finds on the right what stands on the left in English. */
static void arabic_is_mirrored(void **state) {
    (void)state;
    static struct draw_list english;
    struct catalogue catalogue = screen_case_catalogue(LANGUAGE_ARABIC);
    screen_case_view(&screen_cases[1], &screen_sizes[0], NULL, &view);
    screen_draw(&view, &screen_case_measure, &english, NULL);
    screen_case_view(&screen_cases[1], &screen_sizes[0], &catalogue, &view);
    screen_draw(&view, &screen_case_measure, &list, NULL);
    for (int i = 0; i < english.op_count; i++) {
        if (english.ops[i].kind == DRAW_PREVIEW) {
            struct box box = english.ops[i].box;
            assert_int_equal(list.ops[i].kind, DRAW_PREVIEW);
            assert_int_equal(list.ops[i].box.x, 800 - box.x - box.w);
            assert_int_equal(list.ops[i].box.w, box.w);
        }
    }
    catalogue_close(&catalogue);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_with_fixed_widths_at_every_size),
        cmocka_unit_test(holds_with_the_fonts_in_use),
        cmocka_unit_test(verdict_colours_have_the_contrast_that_was_measured),
        cmocka_unit_test(arabic_is_mirrored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
