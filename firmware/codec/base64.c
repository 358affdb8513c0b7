/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The six bits of a character, or 64. */
static uint32_t value_of(uint8_t c) {
    const char *hit = c == 0 ? NULL : strchr(alphabet, c);
    return hit == NULL ? 64 : (uint32_t)(hit - alphabet);
}

/* Two to four characters without padding, to a byte fewer. */
static enum err decode_group(struct span text, struct room *out) {
    uint32_t bits = 0;
    for (size_t i = 0; i < 4; i++) {
        uint32_t value = i < text.len ? value_of(text.ptr[i]) : 0;
        if (value == 64) {
            return ERR_BASE64;
        }
        bits = bits << 6 | value;
    }
    for (size_t i = 0; i + 1 < text.len; i++) {
        TRY(room_put_byte(out, (uint8_t)(bits >> (16 - 8 * i) & 0xFFu)));
    }
    return (bits & ((1u << (8 * (4 - text.len))) - 1)) == 0 ? ERR_OK : ERR_BASE64;
}

enum err base64_decode(struct span text, struct room *out) {
    struct room room = *out;
    if (text.len % 4 != 0) {
        return ERR_BASE64;
    }
    for (int i = 0; i < 2 && text.len > 0 && text.ptr[text.len - 1] == '='; i++) {
        text.len--;
    }
    for (size_t at = 0; at < text.len; at += 4) {
        TRY(decode_group(span_slice(text, at, 4), &room));
    }
    *out = room;
    return ERR_OK;
}

enum err base64_encode(struct span bytes, struct room *out) {
    if (bytes.len > SIZE_MAX / 4 - 2 || BASE64_CHARS(bytes.len) > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    for (size_t at = 0; at < bytes.len; at += 3) {
        struct span part = span_slice(bytes, at, 3);
        uint32_t bits = (uint32_t)part.ptr[0] << 16;
        bits |= part.len > 1 ? (uint32_t)part.ptr[1] << 8 : 0;
        bits |= part.len > 2 ? part.ptr[2] : 0;
        for (size_t i = 0; i < 4; i++) {
            char sign = i <= part.len ? alphabet[bits >> (18 - 6 * i) & 0x3Fu] : '=';
            out->ptr[out->len++] = (uint8_t)sign;
        }
    }
    return ERR_OK;
}
