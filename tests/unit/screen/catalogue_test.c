/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "screen/catalogue.h"
#include "tests/lib/screen_cases.h"

/* A .mo file of three entries: the header, "list" with "lists", "yes". */
struct small_mo {
    uint8_t bytes[256];
    size_t len;
};

static void put_word(struct small_mo *mo, size_t at, uint32_t word) {
    memcpy(mo->bytes + at, &word, sizeof word);
}

static uint32_t put_text(struct small_mo *mo, const char *text, size_t len) {
    size_t at = mo->len;
    memcpy(mo->bytes + at, text, len);
    mo->bytes[at + len] = 0;
    mo->len = at + len + 1;
    return (uint32_t)at;
}

static struct small_mo small(void) {
    static const struct {
        const char *key, *text;
        size_t key_len, text_len;
    } entries[] = {{"", "Language: ru\n", 0, 13},
                   {"list\0lists", "one\0few\0many", 10, 12},
                   {"yes", "\xD0\xB4\xD0\xB0", 3, 4}};
    struct small_mo mo = {.len = 28 + 48};
    put_word(&mo, 0, 0x950412de);
    put_word(&mo, 8, 3);
    put_word(&mo, 12, 28);
    put_word(&mo, 16, 28 + 24);
    for (size_t i = 0; i < 3; i++) {
        put_word(&mo, 28 + 8 * i, (uint32_t)entries[i].key_len);
        put_word(&mo, 32 + 8 * i, put_text(&mo, entries[i].key, entries[i].key_len));
        put_word(&mo, 52 + 8 * i, (uint32_t)entries[i].text_len);
        put_word(&mo, 56 + 8 * i, put_text(&mo, entries[i].text, entries[i].text_len));
    }
    return mo;
}

static struct span span_of(const struct small_mo *mo) {
    return span_of_bytes(mo->bytes, mo->len);
}

static void finds_texts_and_leaves_unknown_sentences_as_they_are(void **state) {
    (void)state;
    struct small_mo mo = small();
    struct catalogue catalogue = {0};
    assert_ok(catalogue_read(LANGUAGE_RUSSIAN, span_of(&mo), &catalogue));
    assert_span_text(catalogue_text(&catalogue, "yes"), "\xD0\xB4\xD0\xB0");
    assert_span_text(catalogue_text(&catalogue, "no"), "no");
    assert_span_text(catalogue_text(&catalogue, ""), "");
    assert_span_text(catalogue_text(NULL, "yes"), "yes");
    struct catalogue none = {0};
    assert_span_text(catalogue_text(&none, "yes"), "yes");
}

static void counts_by_the_rule_of_the_language(void **state) {
    (void)state;
    struct small_mo mo = small();
    struct catalogue catalogue = {0};
    assert_ok(catalogue_read(LANGUAGE_RUSSIAN, span_of(&mo), &catalogue));
    assert_span_text(catalogue_plural(&catalogue, "list", "lists", 1), "one");
    assert_span_text(catalogue_plural(&catalogue, "list", "lists", 3), "few");
    assert_span_text(catalogue_plural(&catalogue, "list", "lists", 11), "many");
    assert_span_text(catalogue_plural(NULL, "list", "lists", 1), "list");
    assert_span_text(catalogue_plural(NULL, "list", "lists", 2), "lists");
    /* Arabic asks for more forms than this file has. */
    catalogue.language = LANGUAGE_ARABIC;
    assert_span_text(catalogue_plural(&catalogue, "list", "lists", 100), "lists");
}

static void reads_the_other_byte_order(void **state) {
    (void)state;
    struct small_mo mo = small();
    struct catalogue catalogue = {0};
    for (size_t at = 0; at < 28 + 48; at += 4) {
        uint32_t word;
        memcpy(&word, mo.bytes + at, sizeof word);
        put_word(&mo, at, __builtin_bswap32(word));
    }
    assert_ok(catalogue_read(LANGUAGE_RUSSIAN, span_of(&mo), &catalogue));
    assert_span_text(catalogue_text(&catalogue, "yes"), "\xD0\xB4\xD0\xB0");
}

/* One word of the file changed to a value. */
static void refuses(size_t at, uint32_t word) {
    struct small_mo mo = small();
    struct catalogue catalogue = {.count = 77};
    put_word(&mo, at, word);
    assert_err(catalogue_read(LANGUAGE_RUSSIAN, span_of(&mo), &catalogue), ERR_CATALOGUE_DAMAGED);
    assert_int_equal(catalogue.count, 77);
}

static void refuses_what_reaches_outside(void **state) {
    (void)state;
    refuses(0, 0x12345678);      /* magic */
    refuses(4, 2u << 16);        /* a version that nobody has */
    refuses(8, 0xFFFFFFFF);      /* entries */
    refuses(8, 100);             /* entries beyond the file */
    refuses(12, 0xFFFFFFF8);     /* table of keys */
    refuses(16, 10000);          /* table of texts */
    refuses(28 + 8, 0xFFFFFFFF); /* length of a key */
    refuses(32 + 8, 0xFFFFFFF0); /* place of a key */
    refuses(28 + 8, 9);          /* a length that does not end at a zero byte */
    refuses(52 + 16, 200);       /* length of a text */
    refuses(56 + 16, 5000);      /* place of a text */
}

static void refuses_keys_out_of_order_and_text_that_is_no_utf8(void **state) {
    (void)state;
    struct small_mo mo = small();
    struct catalogue catalogue = {0};
    uint8_t *yes = memmem(mo.bytes, mo.len, "yes", 4);
    *yes = 'a';
    assert_err(catalogue_read(LANGUAGE_RUSSIAN, span_of(&mo), &catalogue), ERR_CATALOGUE_DAMAGED);
    mo = small();
    uint8_t *da = memmem(mo.bytes, mo.len, "\xD0\xB4", 2);
    da[1] = 'x';
    assert_err(catalogue_read(LANGUAGE_RUSSIAN, span_of(&mo), &catalogue), ERR_CATALOGUE_DAMAGED);
}

/* Whatever bytes a file has, it is refused or can be asked: the sanitizers watch. */
static void survives_every_cut_and_every_changed_byte(void **state) {
    (void)state;
    struct small_mo whole = small();
    for (size_t len = 0; len < whole.len; len++) {
        uint8_t *cut = malloc(len + 1);
        assert_non_null(cut);
        memcpy(cut, whole.bytes, len);
        struct catalogue catalogue = {0};
        assert_err(catalogue_read(LANGUAGE_ARABIC, span_of_bytes(cut, len), &catalogue),
                   ERR_CATALOGUE_DAMAGED);
        free(cut);
    }
    for (size_t at = 0; at < whole.len; at++) {
        for (unsigned value = 1; value < 256; value += 2) {
            struct small_mo mo = whole;
            struct catalogue catalogue = {0};
            mo.bytes[at] ^= (uint8_t)value;
            if (catalogue_read(LANGUAGE_ARABIC, span_of(&mo), &catalogue) == ERR_OK) {
                (void)catalogue_text(&catalogue, "yes");
                (void)catalogue_plural(&catalogue, "list", "lists", at);
            }
        }
    }
}

static void loads_the_catalogues_that_make_built(void **state) {
    (void)state;
    struct catalogue russian = screen_case_catalogue(LANGUAGE_RUSSIAN);
    struct catalogue arabic = screen_case_catalogue(LANGUAGE_ARABIC);
    assert_true(russian.count > 100);
    assert_int_equal(russian.count, arabic.count);
    assert_true(catalogue_text(&russian, "VALID").len > 5);
    catalogue_close(&russian);
    catalogue_close(&arabic);
    catalogue_close(&arabic);
}

static void names_what_is_wrong_with_a_file(void **state) {
    (void)state;
    struct catalogue catalogue = {0};
    char folder[] = "/tmp/catalogueXXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    assert_err(catalogue_load(folder, LANGUAGE_RUSSIAN, &catalogue), ERR_FILE_READ);
    assert_ok(catalogue_load(folder, LANGUAGE_ENGLISH, &catalogue));
    (void)snprintf(path, sizeof path, "%s/ru.mo", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    (void)fputs("not a catalogue", file);
    assert_int_equal(fclose(file), 0);
    assert_err(catalogue_load(folder, LANGUAGE_RUSSIAN, &catalogue), ERR_CATALOGUE_DAMAGED);
    assert_int_equal(truncate(path, CATALOGUE_BYTES_MAX + 1), 0);
    assert_err(catalogue_load(folder, LANGUAGE_RUSSIAN, &catalogue), ERR_FILE_READ);
    (void)unlink(path);
    (void)rmdir(folder);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_texts_and_leaves_unknown_sentences_as_they_are),
        cmocka_unit_test(counts_by_the_rule_of_the_language),
        cmocka_unit_test(reads_the_other_byte_order),
        cmocka_unit_test(refuses_what_reaches_outside),
        cmocka_unit_test(refuses_keys_out_of_order_and_text_that_is_no_utf8),
        cmocka_unit_test(survives_every_cut_and_every_changed_byte),
        cmocka_unit_test(loads_the_catalogues_that_make_built),
        cmocka_unit_test(names_what_is_wrong_with_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
