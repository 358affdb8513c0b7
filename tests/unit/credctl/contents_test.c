/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <png.h>
#include <stdlib.h>

#include "base/limits.h"
#include "credctl/picture/bitmap.h"
#include "credctl/picture/contents.h"
#include "symbol/symbol.h"

#define PNG_BYTES (1u << 20)

/* A text as long and as dull as a badge's JWT. */
static struct span long_text(size_t len) {
    static char text[LIMIT_SYMBOL_BYTES + 1];
    uint32_t seed = 7;
    for (size_t i = 0; i < len; i++) {
        seed = seed * 1103515245u + 12345u;
        text[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[seed >> 26];
    }
    return span_of_bytes(text, len);
}

/* The PNG's pixels as grey. */
static uint8_t *pixels_of(struct span png, png_image *image) {
    *image = (png_image){.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(image, png.ptr, png.len));
    image->format = PNG_FORMAT_GRAY;
    uint8_t *pixels = malloc(PNG_IMAGE_SIZE(*image));
    assert_true(png_image_finish_read(image, NULL, pixels, 0, NULL));
    return pixels;
}

static void assert_reads_back(const struct matrix *const *codes, size_t count, unsigned module_px,
                              struct span expected) {
    struct bitmap_layout layout = {.module_px = module_px, .dpi = 300, .width_px = 640, .height_px = 480};
    uint8_t *bytes = malloc(PNG_BYTES);
    struct room png = room_over(bytes, PNG_BYTES);
    png_image image;
    struct symbol_reader *reader = NULL;
    struct symbols symbols = {0};
    assert_ok(bitmap_png(codes, count, &layout, &png));
    uint8_t *pixels = pixels_of(room_span(&png), &image);
    assert_ok(symbol_start(&reader));
    assert_ok(symbol_read(reader, &(struct grey){pixels, image.width, image.height}, true, &symbols));
    assert_int_equal(symbols.count, count);
    assert_true(span_equal(symbols.payloads[0], expected) ||
                (count > 1 && span_equal(symbols.payloads[1], expected)));
    symbol_stop(reader);
    free(pixels);
    free(bytes);
}

static struct contents_how how(enum contents_form form, char level) {
    return (struct contents_how){.form = form, .level = level};
}

static void a_code_reads_back_in_every_form_and_level(void **state) {
    (void)state;
    static struct contents made;
    for (int form = CONTENTS_SMALLEST; form <= CONTENTS_BASE45; form++) {
        for (const char *level = "LMQH"; *level != 0; level++) {
            uint8_t bytes[CONTENTS_BYTES];
            struct room held = room_over(bytes, sizeof bytes);
            assert_ok(contents_code(long_text(700), how((enum contents_form)form, *level), &made, &held));
            assert_int_equal(made.code.side, 17 + 4 * made.code.version);
            assert_reads_back(&(const struct matrix *){&made.code}, 1, 5, room_span(&held));
        }
    }
}

static void two_codes_stand_side_by_side(void **state) {
    (void)state;
    static struct matrix one, two;
    assert_ok(matrix_make(span_of_text("first code"), 'L', &one));
    assert_ok(matrix_make(span_of_text("second code"), 'L', &two));
    const struct matrix *both[] = {&one, &two};
    assert_reads_back(both, 2, 6, span_of_text("second code"));
}

static void takes_the_smaller_of_plain_and_compressed(void **state) {
    (void)state;
    static struct contents made, plain;
    uint8_t bytes[CONTENTS_BYTES];
    struct room held = room_over(bytes, sizeof bytes);
    assert_ok(contents_code(long_text(1200), how(CONTENTS_PLAIN, 'L'), &plain, &held));
    held.len = 0;
    assert_ok(contents_code(long_text(1200), how(CONTENTS_SMALLEST, 'L'), &made, &held));
    assert_true(made.code.version < plain.code.version);
    assert_true(made.code.alphanumeric);
    assert_true(span_starts_with(room_span(&held), "NCF"));
    held.len = 0;
    assert_ok(contents_code(span_of_text("short"), how(CONTENTS_SMALLEST, 'L'), &made, &held));
    assert_span_text(room_span(&held), "short");
    assert_int_equal(made.code.version, 1);
}

static void keeps_what_stood_in_the_room(void **state) {
    (void)state;
    static struct contents made;
    uint8_t bytes[CONTENTS_BYTES];
    struct room held = room_over(bytes, sizeof bytes);
    assert_ok(room_put_text(&held, "before "));
    assert_ok(contents_code(long_text(1200), how(CONTENTS_SMALLEST, 'L'), &made, &held));
    assert_true(span_starts_with(room_span(&held), "before NCF"));
}

static void refuses_what_no_code_holds(void **state) {
    (void)state;
    static struct contents made;
    static struct matrix code;
    uint8_t bytes[CONTENTS_BYTES];
    struct room held = room_over(bytes, sizeof bytes);
    assert_err(matrix_make((struct span){0}, 'L', &code), ERR_QR_EMPTY);
    assert_err(matrix_make(long_text(2954), 'L', &code), ERR_QR_TOO_LARGE);
    assert_ok(matrix_make(long_text(2953), 'L', &code));
    assert_int_equal(code.version, 40);
    for (int form = CONTENTS_SMALLEST; form <= CONTENTS_BASE45; form++) {
        assert_err(contents_code((struct span){0}, how((enum contents_form)form, 'L'), &made, &held),
                   ERR_QR_EMPTY);
        assert_err(
            contents_code(long_text(LIMIT_SYMBOL_BYTES), how((enum contents_form)form, 'L'), &made, &held),
            ERR_QR_TOO_LARGE);
        assert_int_equal(held.len, 0);
    }
}

static void a_picture_that_grows_too_large_is_refused(void **state) {
    (void)state;
    static struct matrix code;
    static uint8_t bytes[PNG_BYTES];
    struct bitmap_layout layout = {.module_px = 64, .dpi = 300};
    struct room png = room_over(bytes, sizeof bytes), small = room_over(bytes, 100);
    const struct matrix *row[] = {&code};
    assert_ok(matrix_make(long_text(2953), 'L', &code));
    assert_err(bitmap_png(row, 1, &layout, &png), ERR_QR_TOO_LARGE);
    layout.module_px = 4;
    assert_err(bitmap_png(row, 1, &layout, &small), ERR_NO_ROOM);
    assert_int_equal(png.len + small.len, 0);
}

static void knows_the_names_of_forms(void **state) {
    (void)state;
    enum contents_form form = CONTENTS_SMALLEST;
    assert_true(contents_form_of("base45", &form));
    assert_int_equal(form, CONTENTS_BASE45);
    assert_false(contents_form_of("base64", &form));
    assert_int_equal(form, CONTENTS_BASE45);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_reads_back_in_every_form_and_level),
        cmocka_unit_test(two_codes_stand_side_by_side),
        cmocka_unit_test(takes_the_smaller_of_plain_and_compressed),
        cmocka_unit_test(keeps_what_stood_in_the_room),
        cmocka_unit_test(refuses_what_no_code_holds),
        cmocka_unit_test(a_picture_that_grows_too_large_is_refused),
        cmocka_unit_test(knows_the_names_of_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
