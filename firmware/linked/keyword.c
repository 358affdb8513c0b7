/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/keyword.h"

static const struct {
    const char *text;
    size_t len;
} keywords[] = {
#define KEYWORD(name, text) {text, sizeof text - 1},
#include "linked/keyword.def"
#undef KEYWORD
};

enum keyword keyword_of(struct span text) {
    if (text.len < 3 || text.ptr[0] != '@') {
        return KEYWORD_NOT;
    }
    for (unsigned i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (keywords[i].len == text.len && memcmp(keywords[i].text, text.ptr, text.len) == 0) {
            return (enum keyword)(i + 1);
        }
    }
    return KEYWORD_NOT;
}

bool keyword_like(struct span text) {
    if (text.len < 2 || text.ptr[0] != '@') {
        return false;
    }
    for (size_t i = 1; i < text.len; i++) {
        uint8_t small = text.ptr[i] | 0x20;
        if (small < 'a' || small > 'z') {
            return false;
        }
    }
    return true;
}
