/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/language.h"

static unsigned two_forms(uint64_t n) {
    return n != 1;
}

/* 1, 21, 31; 2 to 4, 22 to 24; the rest, with 11 to 14 among them. */
static unsigned russian_forms(uint64_t n) {
    if (n % 10 == 1 && n % 100 != 11) {
        return 0;
    }
    return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2;
}

/* None, one, two, few, many, other: CLDR's six. */
static unsigned arabic_forms(uint64_t n) {
    if (n <= 2) {
        return (unsigned)n;
    }
    if (n % 100 >= 3 && n % 100 <= 10) {
        return 3;
    }
    return n % 100 >= 11 ? 4 : 5;
}

static const struct {
    const char *code, *name;
    bool rtl;
    unsigned (*plural_form)(uint64_t n);
} languages[LANGUAGE_COUNT] = {
    [LANGUAGE_ENGLISH] = {"en", "English", false, two_forms},
    [LANGUAGE_RUSSIAN] = {"ru", "Русский", false, russian_forms},
    [LANGUAGE_ARABIC] = {"ar", "العربية", true, arabic_forms},
};

static bool known(enum language language) {
    return (unsigned)language < LANGUAGE_COUNT;
}

const char *language_code(enum language language) {
    return known(language) ? languages[language].code : NULL;
}

const char *language_name(enum language language) {
    return known(language) ? languages[language].name : NULL;
}

bool language_is_rtl(enum language language) {
    return known(language) && languages[language].rtl;
}

enum err language_of_code(struct span code, enum language *out) {
    for (unsigned i = 0; i < LANGUAGE_COUNT; i++) {
        if (span_equal_text(code, languages[i].code)) {
            *out = (enum language)i;
            return ERR_OK;
        }
    }
    return ERR_LANGUAGE_UNKNOWN;
}

unsigned language_plural_form(enum language language, uint64_t n) {
    return known(language) ? languages[language].plural_form(n) : two_forms(n);
}
