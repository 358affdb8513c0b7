/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/shown_text.h"

#include "base/utf8.h"
#include "verdict/shown.h"

void shown_text_put(struct span text, struct room *out) {
    for (size_t at = 0; at < text.len && out->cap - out->len >= 4;) {
        out->len += utf8_encode(shown_character(utf8_next(text, &at)), out->ptr + out->len);
    }
}

void shown_text_print(FILE *out, struct span text) {
    for (size_t at = 0; at < text.len;) {
        uint8_t bytes[4];
        size_t len = utf8_encode(shown_character(utf8_next(text, &at)), bytes);
        fwrite(bytes, 1, len, out);
    }
}
