/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kiosk/preview.h"

#define WIDTH  8u
#define HEIGHT 6u

static void a_picture_is_copied_once(void **state) {
    (void)state;
    struct preview face = {0}, reader = {0};
    int memory = 0;
    uint8_t pixels[16 * 12], copy[WIDTH * HEIGHT] = {0};
    struct grey picture = {pixels, 16, 12};
    assert_ok(preview_create(WIDTH, HEIGHT, &face, &memory));
    assert_ok(preview_attach(memory, WIDTH, HEIGHT, &reader));
    assert_false(preview_read(&face, copy));
    for (uint8_t round = 1; round <= 7; round++) {
        memset(pixels, round, sizeof pixels);
        preview_write(&reader, &picture);
        assert_true(preview_read(&face, copy));
        assert_int_equal(copy[0], round);
        assert_int_equal(copy[WIDTH * HEIGHT - 1], round);
        assert_false(preview_read(&face, copy));
    }
    preview_close(&reader);
    preview_close(&face);
    close(memory);
}

static void a_wide_picture_is_cut_at_its_sides(void **state) {
    (void)state;
    struct preview face = {0}, reader = {0};
    int memory = 0;
    uint8_t pixels[16 * 6], copy[WIDTH * HEIGHT] = {0};
    for (size_t i = 0; i < sizeof pixels; i++) {
        pixels[i] = i % 16 < 4 || i % 16 >= 12 ? 9 : 1;
    }
    assert_ok(preview_create(WIDTH, HEIGHT, &face, &memory));
    assert_ok(preview_attach(memory, WIDTH, HEIGHT, &reader));
    preview_write(&reader, &(struct grey){pixels, 16, 6});
    assert_true(preview_read(&face, copy));
    for (size_t i = 0; i < sizeof copy; i++) {
        assert_int_equal(copy[i], 1);
    }
    preview_close(&reader);
    preview_close(&face);
    close(memory);
}

static void the_memory_cannot_be_shrunk_or_grown(void **state) {
    (void)state;
    struct preview face = {0};
    int memory = 0;
    assert_ok(preview_create(WIDTH, HEIGHT, &face, &memory));
    assert_int_equal(ftruncate(memory, 0), -1);
    assert_int_equal(ftruncate(memory, 1 << 20), -1);
    assert_int_equal(fcntl(memory, F_ADD_SEALS, F_SEAL_WRITE), -1);
    preview_close(&face);
    close(memory);
}

static void a_writer_that_lies_in_the_counters_harms_nobody(void **state) {
    (void)state;
    struct preview face = {0}, reader = {0};
    int memory = 0;
    uint8_t copy[WIDTH * HEIGHT] = {0};
    assert_ok(preview_create(WIDTH, HEIGHT, &face, &memory));
    assert_ok(preview_attach(memory, WIDTH, HEIGHT, &reader));
    for (unsigned value = 0; value < 256; value++) {
        memset(reader.base, (int)value, 64);
        (void)preview_read(&face, copy);
    }
    memset(reader.base, 0xFF, 64);
    assert_false(preview_read(&face, copy));
    preview_close(&reader);
    preview_close(&face);
    close(memory);
}

static void other_memory_is_refused(void **state) {
    (void)state;
    struct preview preview = {0};
    int memory = memfd_create("test", MFD_ALLOW_SEALING);
    assert_int_equal(ftruncate(memory, 64 + 3 * WIDTH * HEIGHT), 0);
    assert_err(preview_attach(memory, WIDTH, HEIGHT, &preview), ERR_PREVIEW); /* not sealed */
    assert_int_equal(fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL), 0);
    assert_err(preview_attach(memory, WIDTH, HEIGHT + 1, &preview), ERR_PREVIEW); /* of another size */
    assert_err(preview_attach(memory, 0, HEIGHT, &preview), ERR_PREVIEW);
    assert_ok(preview_attach(memory, WIDTH, HEIGHT, &preview));
    preview_close(&preview);
    close(memory);
    assert_err(preview_create(PREVIEW_SIDE_MAX + 1, 1, &preview, &memory), ERR_PREVIEW);
    preview_close(&preview);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_copied_once),
        cmocka_unit_test(a_wide_picture_is_cut_at_its_sides),
        cmocka_unit_test(the_memory_cannot_be_shrunk_or_grown),
        cmocka_unit_test(a_writer_that_lies_in_the_counters_harms_nobody),
        cmocka_unit_test(other_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
