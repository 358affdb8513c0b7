/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

/* Shape of a sequence by its first byte: length, and the lowest code point that may take that length. */
static size_t sequence_length(uint8_t first, uint32_t *bits, uint32_t *lowest) {
    if (first < 0x80) {
        *bits = first;
        *lowest = 0;
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        *bits = first & 0x1Fu;
        *lowest = 0x80;
        return 2;
    }
    if ((first & 0xF0u) == 0xE0) {
        *bits = first & 0x0Fu;
        *lowest = 0x800;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        *bits = first & 0x07u;
        *lowest = 0x10000;
        return 4;
    }
    return 0;
}

uint32_t utf8_next(struct span text, size_t *at) {
    uint32_t code = 0;
    uint32_t lowest = 0;
    size_t length = sequence_length(text.ptr[*at], &code, &lowest);
    size_t start = *at;
    *at = start + 1;
    if (length == 0 || length > text.len - start) {
        return UTF8_INVALID;
    }
    for (size_t i = 1; i < length; i++) {
        uint8_t byte = text.ptr[start + i];
        if ((byte & 0xC0u) != 0x80) {
            return UTF8_INVALID;
        }
        code = code << 6 | (byte & 0x3Fu);
    }
    if (code < lowest || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return UTF8_INVALID;
    }
    *at = start + length;
    return code;
}

bool utf8_valid(struct span text) {
    size_t at = 0;
    while (at < text.len) {
        if (text.ptr[at] < 0x80) { /* nearly all that is ever read */
            at++;
        } else if (utf8_next(text, &at) == UTF8_INVALID) {
            return false;
        }
    }
    return true;
}

size_t utf8_encode(uint32_t code, uint8_t out[4]) {
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (uint8_t)(0xC0u | code >> 6);
        out[1] = (uint8_t)(0x80u | (code & 0x3Fu));
        return 2;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return 0;
    }
    if (code < 0x10000) {
        out[0] = (uint8_t)(0xE0u | code >> 12);
        out[1] = (uint8_t)(0x80u | (code >> 6 & 0x3Fu));
        out[2] = (uint8_t)(0x80u | (code & 0x3Fu));
        return 3;
    }
    out[0] = (uint8_t)(0xF0u | code >> 18);
    out[1] = (uint8_t)(0x80u | (code >> 12 & 0x3Fu));
    out[2] = (uint8_t)(0x80u | (code >> 6 & 0x3Fu));
    out[3] = (uint8_t)(0x80u | (code & 0x3Fu));
    return 4;
}

/* A lead byte of UTF-8 in the order of UTF-16: surrogates (F0 and above) stand below U+E000 (EE, EF). */
static int utf16_rank(uint8_t byte) {
    return byte >= 0xF0 ? byte - 2 : byte >= 0xEE ? byte + 0x10 : byte;
}

int utf8_order_utf16(struct span a, struct span b) {
    for (size_t i = 0; i < a.len && i < b.len; i++) {
        if (a.ptr[i] != b.ptr[i]) {
            return utf16_rank(a.ptr[i]) - utf16_rank(b.ptr[i]);
        }
    }
    return (a.len > b.len) - (a.len < b.len);
}
