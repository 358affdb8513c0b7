/* span: bytes that somebody else owns, borrowed and read-only, passed by value. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* `len` bytes from `ptr`; all zero is the empty span, and safe everywhere. */
struct span {
    const uint8_t *ptr;
    size_t len;
};

/* The characters of a C string, without its terminator; borrowed. */
static inline struct span span_of_text(const char *text) {
    return (struct span){(const uint8_t *)text, strlen(text)};
}

/* `len` bytes from `ptr`; borrowed. */
static inline struct span span_of_bytes(const void *ptr, size_t len) {
    return (struct span){(const uint8_t *)ptr, len};
}

/* Both hold the same bytes. Takes time that depends on them: not for secrets. */
bool span_equal(struct span a, struct span b);

/* Below, equal to or above 0 as `a` stands before, with or behind `b` by bytes; of two that begin alike, the shorter first. */
int span_order(struct span a, struct span b);

/* The span holds exactly the characters of `text`. */
bool span_equal_text(struct span a, const char *text);

/* The span holds the characters of `small`, which has no capitals; those of ASCII in `a` do not count. */
bool span_equal_small(struct span a, const char *small);

/* The span holds a whole number from 0, in 1 to `digits_max` (at most 19) decimal digits and nothing else.
 * Where it does not, out is as before. */
bool span_decimal(struct span a, size_t digits_max, uint64_t *out);

/* The span begins with the characters of `text`. */
bool span_starts_with(struct span a, const char *text);

/* At most `len` bytes from byte `from`; empty when `from` lies past the end. Points into `a`. */
struct span span_slice(struct span a, size_t from, size_t len);

/* Offset of the first `byte` at or after `from`, or a.len when there is none. */
size_t span_find(struct span a, uint8_t byte, size_t from);

#endif
