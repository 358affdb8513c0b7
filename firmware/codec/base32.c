/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base32.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* The five bits of a character, or 32. */
static uint32_t value_of(uint8_t c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    return c >= '2' && c <= '7' ? c - '2' + 26u : 32;
}

static enum err decode(struct span text, struct room *out) {
    uint32_t bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint32_t value = value_of(text.ptr[i]);
        if (value == 32) {
            return ERR_BASE32_CHARACTER;
        }
        bits = (bits & 0xFFu) << 5 | value;
        held += 5;
        if (held >= 8) {
            held -= 8;
            TRY(room_put_byte(out, (uint8_t)(bits >> held & 0xFFu)));
        }
    }
    return (bits & ((1u << held) - 1)) == 0 ? ERR_OK : ERR_BASE32_LENGTH;
}

enum err base32_decode(struct span text, struct room *out) {
    size_t rest = text.len % 8;
    struct room room = *out;
    if (rest == 1 || rest == 3 || rest == 6) {
        return ERR_BASE32_LENGTH;
    }
    TRY(decode(text, &room));
    *out = room;
    return ERR_OK;
}

enum err base32_encode(struct span bytes, struct room *out) {
    uint32_t bits = 0;
    unsigned held = 0;
    if (bytes.len > SIZE_MAX / 8 || BASE32_CHARS(bytes.len) > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    for (size_t i = 0; i < bytes.len; i++) {
        bits = (bits & 0x1Fu) << 8 | bytes.ptr[i];
        for (held += 8; held >= 5; held -= 5) {
            out->ptr[out->len++] = (uint8_t)alphabet[bits >> (held - 5) & 0x1Fu];
        }
    }
    if (held > 0) {
        out->ptr[out->len++] = (uint8_t)alphabet[bits << (5 - held) & 0x1Fu];
    }
    return ERR_OK;
}
