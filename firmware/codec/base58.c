/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base58.h"

static const char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* Limbs of a number: four bytes, or five letters, at a time. */
#define LIMB_BYTES   4u
#define LIMB_LETTERS 5u
#define BYTES_BASE   (UINT64_C(1) << 32)
#define LETTERS_BASE UINT64_C(656356768) /* 58 to the fifth */
/* BASE58_CHARS_MAX bytes take 219 limbs of letters; so many letters take fewer limbs of bytes. */
#define LIMBS_MAX (BASE58_CHARS_MAX * 2 / LIMB_LETTERS)

/* A number of `len` limbs in some base, the least first. */
struct number {
    uint32_t limbs[LIMBS_MAX];
    size_t len;
};

/* number = number * factor + addend, in base `base`; a factor is no more than the other base. No limb is ever cut off:
 * the input is at most BASE58_CHARS_MAX characters or bytes. */
static void multiply_add(struct number *number, uint64_t base, uint64_t factor, uint64_t addend) {
    for (size_t i = 0; i < number->len; i++) {
        addend += number->limbs[i] * factor;
        number->limbs[i] = (uint32_t)(addend % base);
        addend /= base;
    }
    while (addend > 0) {
        number->limbs[number->len++] = (uint32_t)(addend % base);
        addend /= base;
    }
}

/* How much of `left` makes one limb: what is over comes first. */
static size_t limb_of(size_t left, size_t whole) {
    return left % whole == 0 ? whole : left % whole;
}

/* The digits of a number, the least first, without the zeros at its head. */
static size_t spell(const struct number *number, uint32_t base, size_t each, uint8_t *digits) {
    size_t count = 0;
    for (size_t i = 0; i < number->len; i++) {
        uint32_t limb = number->limbs[i];
        for (size_t k = 0; k < each; k++) {
            digits[count++] = (uint8_t)(limb % base);
            limb /= base;
        }
    }
    while (count > 0 && digits[count - 1] == 0) {
        count--;
    }
    return count;
}

/* The value of a letter, or 58: digits without 0, capitals without I and O, small letters without l. */
static uint32_t value_of(uint8_t c) {
    if (c >= '1' && c <= '9') {
        return c - '1';
    }
    if (c >= 'A' && c <= 'Z' && c != 'I' && c != 'O') {
        return c - 'A' + 9u - (c > 'I') - (c > 'O');
    }
    return c >= 'a' && c <= 'z' && c != 'l' ? c - 'a' + 33u - (c > 'l') : 58;
}

static size_t leading(struct span text, uint8_t byte) {
    size_t count = 0;
    while (count < text.len && text.ptr[count] == byte) {
        count++;
    }
    return count;
}

static enum err read_letters(struct span text, struct number *number) {
    for (size_t at = 0; at < text.len;) {
        uint64_t factor = 1;
        uint64_t limb = 0;
        for (size_t left = limb_of(text.len - at, LIMB_LETTERS); left > 0; left--, at++) {
            uint32_t value = value_of(text.ptr[at]);
            if (value == 58) {
                return ERR_BASE58_CHARACTER;
            }
            limb = limb * 58 + value;
            factor *= 58;
        }
        multiply_add(number, BYTES_BASE, factor, limb);
    }
    return ERR_OK;
}

static void read_bytes(struct span bytes, struct number *number) {
    for (size_t at = 0; at < bytes.len;) {
        uint64_t factor = 1;
        uint64_t limb = 0;
        for (size_t left = limb_of(bytes.len - at, LIMB_BYTES); left > 0; left--, at++) {
            limb = limb << 8 | bytes.ptr[at];
            factor <<= 8;
        }
        multiply_add(number, LETTERS_BASE, factor, limb);
    }
}

enum err base58_decode(struct span text, struct room *out) {
    if (text.len > BASE58_CHARS_MAX) {
        return ERR_NO_ROOM;
    }
    struct number number = {.len = 0};
    uint8_t digits[LIMBS_MAX * LIMB_BYTES];
    size_t zeros = leading(text, '1');
    TRY(read_letters(span_slice(text, zeros, text.len), &number));
    size_t count = spell(&number, 256, LIMB_BYTES, digits);
    if (zeros + count > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    for (size_t i = 0; i < zeros; i++) {
        out->ptr[out->len++] = 0;
    }
    while (count > 0) {
        out->ptr[out->len++] = digits[--count];
    }
    return ERR_OK;
}

enum err base58_encode(struct span bytes, struct room *out) {
    if (bytes.len > BASE58_CHARS_MAX) {
        return ERR_NO_ROOM;
    }
    struct number number = {.len = 0};
    uint8_t digits[LIMBS_MAX * LIMB_LETTERS];
    size_t zeros = leading(bytes, 0);
    read_bytes(span_slice(bytes, zeros, bytes.len), &number);
    size_t count = spell(&number, 58, LIMB_LETTERS, digits);
    if (zeros + count > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    for (size_t i = 0; i < zeros; i++) {
        out->ptr[out->len++] = '1';
    }
    while (count > 0) {
        out->ptr[out->len++] = (uint8_t)alphabet[digits[--count]];
    }
    return ERR_OK;
}
