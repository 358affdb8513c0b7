/* SPDX-License-Identifier: Apache-2.0 */
/* Every screen as a drawing list, against tests/screens/golden; GOLDEN=1 (make golden) rewrites them. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/screen_cases.h"
#include "tests/lib/screen_text.h"

static struct draw_list list;
static struct screen_view view;

/* Sizes beside the layouts' own are kept of the staff's screens alone: the others were drawn for any size long ago. */
static bool is_kept(const struct screen_size *size, const struct screen_view *of) {
    return size < &screen_sizes[SCREEN_SIZES_OWN] || of->kind >= SCREEN_PIN;
}

/* All cases of one size and language, as text that the caller frees. */
static char *drawn(const struct screen_size *size, enum language language, size_t *len) {
    struct catalogue catalogue = screen_case_catalogue(language);
    char *text = NULL;
    FILE *to = open_memstream(&text, len);
    assert_non_null(to);
    for (size_t i = 0; i < screen_case_count; i++) {
        struct screen_facts facts = {0};
        screen_case_view(&screen_cases[i], size, &catalogue, &view);
        if (!is_kept(size, &view)) {
            continue;
        }
        screen_draw(&view, &screen_case_measure, &list, &facts);
        (void)fprintf(to, "== %s, %u pages\n", screen_cases[i].name, facts.pages);
        screen_text_write(to, &list);
    }
    assert_int_equal(fclose(to), 0);
    catalogue_close(&catalogue);
    return text;
}

/* The first line in which two texts differ, for the report. */
static void report(const char *path, const char *expected, const char *got) {
    int line = 1;
    while (*expected != 0 && *expected == *got) {
        line += *expected == '\n';
        expected++, got++;
    }
    print_error("%s differs from line %d on:\n  %.100s\n  %.100s\n", path, line, expected, got);
}

static bool is_golden(const char *path, const char *text, size_t len) {
    FILE *file = fopen(path, getenv("GOLDEN") != NULL ? "wb" : "rb");
    if (file == NULL) {
        print_error("%s cannot be opened\n", path);
        return false;
    }
    if (getenv("GOLDEN") != NULL) {
        bool written = fwrite(text, 1, len, file) == len;
        return fclose(file) == 0 && written;
    }
    char *expected = calloc(1, len + 2);
    size_t got = fread(expected, 1, len + 1, file);
    bool same = got == len && memcmp(expected, text, len) == 0;
    if (!same) {
        report(path, expected, text);
    }
    (void)fclose(file);
    free(expected);
    return same;
}

static void draws_as_agreed(int size, enum language language) {
    char path[256];
    size_t len = 0;
    char *text = drawn(&screen_sizes[size], language, &len);
    (void)snprintf(path, sizeof path, "tests/screens/golden/%s-%s.txt", screen_sizes[size].name,
                   language_code(language));
    bool same = is_golden(path, text, len);
    free(text);
    assert_true(same);
}

static void wide_english(void **state) {
    (void)state;
    draws_as_agreed(0, LANGUAGE_ENGLISH);
}

static void wide_russian(void **state) {
    (void)state;
    draws_as_agreed(0, LANGUAGE_RUSSIAN);
}

static void wide_arabic(void **state) {
    (void)state;
    draws_as_agreed(0, LANGUAGE_ARABIC);
}

static void upright_english(void **state) {
    (void)state;
    draws_as_agreed(1, LANGUAGE_ENGLISH);
}

static void upright_russian(void **state) {
    (void)state;
    draws_as_agreed(1, LANGUAGE_RUSSIAN);
}

static void upright_arabic(void **state) {
    (void)state;
    draws_as_agreed(1, LANGUAGE_ARABIC);
}

static void the_staffs_screens_of_other_sizes(void **state) {
    (void)state;
    for (int size = SCREEN_SIZES_OWN; size < SCREEN_SIZES_STAFF; size++) {
        for (unsigned language = 0; language < LANGUAGE_COUNT; language++) {
            draws_as_agreed(size, (enum language)language);
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_english),
        cmocka_unit_test(wide_russian),
        cmocka_unit_test(wide_arabic),
        cmocka_unit_test(upright_english),
        cmocka_unit_test(upright_russian),
        cmocka_unit_test(upright_arabic),
        cmocka_unit_test(the_staffs_screens_of_other_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
