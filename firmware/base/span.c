/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"

bool span_equal(struct span a, struct span b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool span_equal_text(struct span a, const char *text) {
    return span_equal(a, span_of_text(text));
}

bool span_equal_small(struct span a, const char *small) {
    if (a.len != strlen(small)) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        uint8_t c = a.ptr[i];
        if ((c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c) != (uint8_t)small[i]) {
            return false;
        }
    }
    return true;
}

bool span_decimal(struct span a, size_t digits_max, uint64_t *out) {
    uint64_t value = 0;
    if (a.len == 0 || a.len > digits_max) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (a.ptr[i] < '0' || a.ptr[i] > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(a.ptr[i] - '0');
    }
    *out = value;
    return true;
}

bool span_starts_with(struct span a, const char *text) {
    size_t len = strlen(text);
    return a.len >= len && span_equal(span_slice(a, 0, len), span_of_text(text));
}

struct span span_slice(struct span a, size_t from, size_t len) {
    if (from >= a.len) {
        return (struct span){0};
    }
    size_t left = a.len - from;
    return (struct span){a.ptr + from, len < left ? len : left};
}

size_t span_find(struct span a, uint8_t byte, size_t from) {
    if (from >= a.len) {
        return a.len;
    }
    const uint8_t *hit = memchr(a.ptr + from, byte, a.len - from);
    return hit == NULL ? a.len : (size_t)(hit - a.ptr);
}

int span_order(struct span a, struct span b) {
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}
