/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base64url.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The six bits of a character, or 64. */
static uint32_t value_of(uint8_t c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26u;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52u;
    }
    return c == '-' ? 62 : c == '_' ? 63 : 64;
}

/* libsodium's decoder takes bytes above 7F for characters of the alphabet, hence our own. */
static enum err decode(struct span text, uint8_t *out) {
    uint32_t bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint32_t value = value_of(text.ptr[i]);
        if (value == 64) {
            return ERR_BASE64URL;
        }
        bits = (bits & 0xFFu) << 6 | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            *out++ = (uint8_t)(bits >> held & 0xFFu);
        }
    }
    return (bits & ((1u << held) - 1)) == 0 ? ERR_OK : ERR_BASE64URL;
}

enum err base64url_decode(struct span text, struct room *out) {
    size_t rest = text.len % 4;
    if (rest == 1) {
        return ERR_BASE64URL;
    }
    size_t bytes = text.len / 4 * 3 + (rest == 0 ? 0 : rest - 1);
    if (bytes > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    if (bytes > 0) {
        TRY(decode(text, out->ptr + out->len));
    }
    out->len += bytes;
    return ERR_OK;
}

enum err base64url_encode(struct span bytes, struct room *out) {
    if (bytes.len > SIZE_MAX / 4 || BASE64URL_CHARS(bytes.len) > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    uint32_t bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        bits = (bits & 0x3Fu) << 8 | bytes.ptr[i];
        for (held += 8; held >= 6; held -= 6) {
            out->ptr[out->len++] = (uint8_t)alphabet[bits >> (held - 6) & 0x3Fu];
        }
    }
    if (held > 0) {
        out->ptr[out->len++] = (uint8_t)alphabet[bits << (6 - held) & 0x3Fu];
    }
    return ERR_OK;
}
