/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "symbol/version.h"

/* ISO/IEC 18004, table D.1. */
static void knows_the_bits_of_versions(void **state) {
    (void)state;
    assert_int_equal(version_bits(7), 0x07C94);
    assert_int_equal(version_bits(8), 0x085BC);
    assert_int_equal(version_bits(21), 0x15683);
    assert_int_equal(version_bits(40), 0x28C69);
    assert_int_equal(version_size(1), 21);
    assert_int_equal(version_size(40), VERSION_SIZE_MAX);
}

static void corrects_three_bits_of_each_version(void **state) {
    (void)state;
    for (int version = VERSION_WRITTEN; version <= VERSION_MAX; version++) {
        for (unsigned bit = 0; bit < 16; bit++) {
            int errors = 0;
            assert_int_equal(version_nearest(version_bits(version) ^ (7u << bit & 0x3FFFFu), &errors),
                             version);
            assert_true(errors <= VERSION_ERRORS);
        }
    }
}

static void does_not_guess_beyond(void **state) {
    (void)state;
    int errors = 0;
    int guessed = 0;
    for (uint32_t word = 0; word < 1u << 18; word++) {
        guessed += version_nearest(word, &errors) != 0;
    }
    /* 34 versions, and all words within three bits of each */
    assert_int_equal(guessed, 34 * (1 + 18 + 153 + 816));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_bits_of_versions),
        cmocka_unit_test(corrects_three_bits_of_each_version),
        cmocka_unit_test(does_not_guess_beyond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
