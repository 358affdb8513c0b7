/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base45.h"

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/* The value of a character, or 45. */
static uint32_t value_of(uint8_t c) {
    static const char signs[] = " $%*+-./:"; /* 36 and above */
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'A' && c <= 'Z') {
        return c - 'A' + 10u;
    }
    const char *hit = c == 0 ? NULL : strchr(signs, c);
    return hit == NULL ? 45 : 36 + (uint32_t)(hit - signs);
}

/* The number that `len` characters from `at` stand for, the first the least. */
static enum err group(struct span text, size_t at, size_t len, uint32_t *out) {
    static const uint32_t weights[] = {1, 45, 45 * 45};
    uint32_t sum = 0;
    for (size_t i = 0; i < len; i++) {
        uint32_t value = value_of(text.ptr[at + i]);
        if (value == 45) {
            return ERR_BASE45_CHARACTER;
        }
        sum += value * weights[i];
    }
    *out = sum;
    return ERR_OK;
}

static enum err decode(struct span text, struct room *out) {
    size_t at = 0;
    uint32_t value = 0;
    for (; text.len - at >= 3; at += 3) {
        TRY(group(text, at, 3, &value));
        if (value > 0xFFFF) {
            return ERR_BASE45_RANGE;
        }
        TRY(room_put_byte(out, (uint8_t)(value >> 8)));
        TRY(room_put_byte(out, (uint8_t)(value & 0xFFu)));
    }
    if (at == text.len) {
        return ERR_OK;
    }
    TRY(group(text, at, 2, &value));
    return value > 0xFF ? ERR_BASE45_RANGE : room_put_byte(out, (uint8_t)value);
}

enum err base45_decode(struct span text, struct room *out) {
    if (text.len % 3 == 1) {
        return ERR_BASE45_LENGTH;
    }
    struct room room = *out;
    TRY(decode(text, &room));
    *out = room;
    return ERR_OK;
}

enum err base45_encode(struct span bytes, struct room *out) {
    if (bytes.len > SIZE_MAX / 3 || BASE45_CHARS(bytes.len) > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    for (size_t at = 0; at < bytes.len; at += 2) {
        bool pair = bytes.len - at >= 2;
        uint32_t value = pair ? (uint32_t)bytes.ptr[at] << 8 | bytes.ptr[at + 1] : bytes.ptr[at];
        for (int i = 0; i < (pair ? 3 : 2); i++) {
            out->ptr[out->len++] = (uint8_t)alphabet[value % 45];
            value /= 45;
        }
    }
    return ERR_OK;
}
