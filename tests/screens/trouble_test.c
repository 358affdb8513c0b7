/* SPDX-License-Identifier: Apache-2.0 */
/* Each reason for which a kiosk trusts no list, or takes none from a stick, has a sentence of its own on the screens that say
 * it, whole, in every language and size. */
#include "tests/lib/check.h"

#include <stdio.h>

#include "tests/lib/screen_cases.h"

static const enum err reasons[] = {
    ERR_INSTALL_SLOTS, ERR_INSTALL_ROLLBACK, ERR_INSTALL_FORKED, ERR_INSTALL_ROOTS,  ERR_ROOT_OTHER,
    ERR_ROOT_OLDER,    ERR_ROOT_HANDOVER,    ERR_ROOT_THRESHOLD, ERR_ROOT_SIGNATURE, ERR_ROOT_SIGNER,
    ERR_ROOT_VERSION,  ERR_PACK_HASH,        ERR_PACK_SIZE,      ERR_PACK_SIGNATURE, ERR_PACK_SIGNER,
    ERR_PACK_SCHEMA,   ERR_PACK_DAMAGED,     ERR_PACK_EXPIRED,   ERR_PACK_FUTURE,    ERR_STORE_MISSING,
};

static struct draw_list list;
static struct screen_view view;

/* All lines of the screen behind each other, a space between. */
static size_t gather(char *out, size_t size) {
    size_t len = 0;
    for (int i = 0; i < list.op_count; i++) {
        struct span text = draw_text_of(&list, &list.ops[i]);
        if (list.ops[i].kind == DRAW_TEXT && text.len + 2 < size - len) {
            memcpy(out + len, text.ptr, text.len);
            len += text.len;
            out[len++] = ' ';
        }
    }
    out[len] = '\0';
    return len;
}

/* Where it is said: out of order, refused from a stick, asked for by staff. */
static const char *const cases[] = {"out-of-order", "import-refused", "trust-none"};

static void check(const char *which, const struct catalogue *catalogue, const struct screen_size *size,
                  enum err problem) {
    static char said[DRAW_TEXT_BYTES + DRAW_OPS_MAX], sentence[512];
    struct span text = catalogue_text(catalogue, err_sentence(problem));
    snprintf(sentence, sizeof sentence, "%.*s", (int)text.len, (const char *)text.ptr);
    view.problem = view.desk.import.err = view.desk.trust.err = problem;
    view.width_px = size->width_px;
    view.height_px = size->height_px;
    screen_draw(&view, &screen_case_measure, &list, NULL);
    gather(said, sizeof said);
    if (strstr(said, sentence) == NULL) {
        fail_msg("%s on %s at %s: \"%s\" is not in \"%s\"", err_name(problem), which, size->name, sentence,
                 said);
    }
}

static void each_is_said_whole_in_every_language_and_size(void **state) {
    (void)state;
    for (unsigned language = 0; language < LANGUAGE_COUNT; language++) {
        struct catalogue catalogue = screen_case_catalogue((enum language)language);
        for (size_t which = 0; which < sizeof cases / sizeof *cases; which++) {
            screen_case_draw(cases[which], &catalogue, &view, &list);
            for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
                for (size_t size = 0; size < screen_size_count; size++) {
                    check(cases[which], &catalogue, &screen_sizes[size], reasons[i]);
                }
            }
        }
        catalogue_close(&catalogue);
    }
}

static void no_two_have_the_same_sentence(void **state) {
    (void)state;
    for (unsigned language = 0; language < LANGUAGE_COUNT; language++) {
        struct catalogue catalogue = screen_case_catalogue((enum language)language);
        for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
            for (size_t k = 0; k < i; k++) {
                assert_false(span_equal(catalogue_text(&catalogue, err_sentence(reasons[i])),
                                        catalogue_text(&catalogue, err_sentence(reasons[k]))));
            }
        }
        catalogue_close(&catalogue);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_said_whole_in_every_language_and_size),
        cmocka_unit_test(no_two_have_the_same_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
