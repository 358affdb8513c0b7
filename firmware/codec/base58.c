/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base58.h"

static const char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* A number of `len` digits in some base, the least first. */
struct number {
    uint8_t digits[BASE58_CHARS_MAX * 2];
    size_t len;
};

/* number = number * factor + addend, in base `base`. No digit is ever cut off: the input is at most
 * BASE58_CHARS_MAX characters or bytes, and 58 < 256 < 58 * 58. */
static void multiply_add(struct number *number, uint32_t base, uint32_t factor, uint32_t addend) {
    for (size_t i = 0; i < number->len; i++) {
        addend += number->digits[i] * factor;
        number->digits[i] = (uint8_t)(addend % base);
        addend /= base;
    }
    while (addend > 0) {
        number->digits[number->len++] = (uint8_t)(addend % base);
        addend /= base;
    }
}

static size_t leading(struct span text, uint8_t byte) {
    size_t count = 0;
    while (count < text.len && text.ptr[count] == byte) {
        count++;
    }
    return count;
}

enum err base58_decode(struct span text, struct room *out) {
    if (text.len > BASE58_CHARS_MAX) {
        return ERR_NO_ROOM;
    }
    struct number number = {.len = 0};
    size_t zeros = leading(text, '1');
    for (size_t i = zeros; i < text.len; i++) {
        const char *hit = text.ptr[i] == 0 ? NULL : strchr(alphabet, text.ptr[i]);
        if (hit == NULL) {
            return ERR_BASE58_CHARACTER;
        }
        multiply_add(&number, 256, 58, (uint32_t)(hit - alphabet));
    }
    if (zeros + number.len > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    for (size_t i = 0; i < zeros; i++) {
        out->ptr[out->len++] = 0;
    }
    while (number.len > 0) {
        out->ptr[out->len++] = number.digits[--number.len];
    }
    return ERR_OK;
}

enum err base58_encode(struct span bytes, struct room *out) {
    if (bytes.len > BASE58_CHARS_MAX) {
        return ERR_NO_ROOM;
    }
    struct number number = {.len = 0};
    size_t zeros = leading(bytes, 0);
    for (size_t i = zeros; i < bytes.len; i++) {
        multiply_add(&number, 58, 256, bytes.ptr[i]);
    }
    if (zeros + number.len > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    for (size_t i = 0; i < zeros; i++) {
        out->ptr[out->len++] = '1';
    }
    while (number.len > 0) {
        out->ptr[out->len++] = (uint8_t)alphabet[number.digits[--number.len]];
    }
    return ERR_OK;
}
