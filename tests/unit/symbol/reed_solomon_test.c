/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "symbol/reed_solomon.h"
#include "tests/lib/symbol_writer.h"

static struct reed_solomon field;
static uint8_t right[REED_SOLOMON_ORDER], wrong[REED_SOLOMON_ORDER];
static unsigned dice = 1;

static unsigned throw(unsigned sides) {
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 8) % sides;
}

/* A sound block, and `errors` of its codewords changed, all at different places from `first` on. */
static void damage(int len, int check, int errors, int first) {
    for (int i = 0; i < len - check; i++) {
        right[i] = (uint8_t) throw(256);
    }
    symbol_writer_check(right, len - check, check, right + len - check);
    memcpy(wrong, right, sizeof right);
    for (int i = 0; i < errors; i++) {
        wrong[(first + i * 7) % len] ^= (uint8_t)(1 + throw(255));
    }
}

static void corrects_as_many_errors_as_half_its_check_codewords(void **state) {
    (void)state;
    for (int check = 7; check <= REED_SOLOMON_CHECK_MAX; check++) {
        for (int errors = 0; errors <= check / 2; errors++) {
            int len = check + 9 + (int) throw(110);
            len += len % 7 == 0;
            damage(len, check, errors, (int) throw(200));
            struct reed_solomon_block block = {.codewords = wrong, .len = len, .check = check};
            assert_int_equal(reed_solomon_correct(&field, &block), errors);
            assert_memory_equal(wrong, right, (size_t)len);
        }
    }
}

static void leaves_a_block_of_too_many_errors_as_it_is(void **state) {
    (void)state;
    uint8_t before[REED_SOLOMON_ORDER];
    for (int check = 16; check <= REED_SOLOMON_CHECK_MAX; check += 2) {
        for (int more = 1; more <= 8; more++) {
            int len = check + 37;
            len += len % 7 == 0;
            damage(len, check, check / 2 + more, 3);
            memcpy(before, wrong, sizeof before);
            struct reed_solomon_block block = {.codewords = wrong, .len = len, .check = check};
            assert_int_equal(reed_solomon_correct(&field, &block), -1);
            assert_memory_equal(wrong, before, sizeof before);
        }
    }
}

/* Places from `first` on, as damage() takes them. */
static void erase(uint8_t *places, int count, int first, int len) {
    for (int i = 0; i < count; i++) {
        places[i] = (uint8_t)((first + i * 7) % len);
    }
}

static void takes_one_check_codeword_for_an_erased_place_and_two_for_an_error(void **state) {
    (void)state;
    uint8_t erased[REED_SOLOMON_CHECK_MAX];
    for (int count = 0; count <= 30; count++) {
        int unknown = (30 - count) / 2;
        damage(100, 30, count + unknown, 11);
        erase(erased, count, 11, 100);
        struct reed_solomon_block block = {wrong, 100, 30, 0, erased, count};
        assert_int_equal(reed_solomon_correct(&field, &block), count + unknown);
        assert_memory_equal(wrong, right, 100);
        if (unknown >= 4) { /* where fewer check codewords look for errors, chance finds some */
            damage(100, 30, count + unknown + 1, 11);
            assert_int_equal(reed_solomon_correct(&field, &block), -1);
        }
    }
}

static void minds_no_erased_place_that_was_right(void **state) {
    (void)state;
    uint8_t erased[12];
    damage(100, 30, 9, 11);
    erase(erased, 12, 4, 100);
    struct reed_solomon_block block = {wrong, 100, 30, 0, erased, 12};
    assert_int_equal(reed_solomon_correct(&field, &block), 9);
    assert_memory_equal(wrong, right, 100);
}

static void keeps_spare_check_codewords_unused(void **state) {
    (void)state;
    uint8_t erased[30];
    erase(erased, 30, 11, 100);
    for (int spare = 0; spare <= 6; spare++) {
        int most = (30 - spare) / 2;
        damage(100, 30, most + 1, 11);
        struct reed_solomon_block block = {.codewords = wrong, .len = 100, .check = 30, .spare = spare};
        assert_int_equal(reed_solomon_correct(&field, &block), -1);
        damage(100, 30, most, 11);
        assert_int_equal(reed_solomon_correct(&field, &block), most);
        damage(100, 30, 30 - spare, 11);
        block.erased = erased;
        block.erased_count = 30 - spare + 1;
        assert_int_equal(reed_solomon_correct(&field, &block), -1);
        block.erased_count = 30 - spare;
        assert_int_equal(reed_solomon_correct(&field, &block), 30 - spare);
    }
}

/* Words of chance are corrected to something once in many millions; a spare makes that rarer. */
static void corrects_no_word_of_chance(void **state) {
    (void)state;
    for (int i = 0; i < 3000; i++) {
        int len = 26 + (int) throw(120);
        for (int k = 0; k < len; k++) {
            wrong[k] = (uint8_t) throw(256);
        }
        struct reed_solomon_block block = {.codewords = wrong, .len = len, .check = 10 + (int) throw(21)};
        assert_int_equal(reed_solomon_correct(&field, &block), -1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corrects_as_many_errors_as_half_its_check_codewords),
        cmocka_unit_test(leaves_a_block_of_too_many_errors_as_it_is),
        cmocka_unit_test(takes_one_check_codeword_for_an_erased_place_and_two_for_an_error),
        cmocka_unit_test(minds_no_erased_place_that_was_right),
        cmocka_unit_test(keeps_spare_check_codewords_unused),
        cmocka_unit_test(corrects_no_word_of_chance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
