/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/sign/rsa_der.h"

#include <stdbool.h>
#include <sodium.h>

enum { TAG_INTEGER = 0x02, TAG_SEQUENCE = 0x30 };

/* The length at the start of *rest, which moves behind it (X.690 section 8.1.3, definite forms). */
static enum err read_length(struct span *rest, size_t *out) {
    if (rest->len == 0) {
        return ERR_KEY_SHAPE;
    }
    size_t first = rest->ptr[0];
    size_t bytes = first < 0x80 ? 0 : first - 0x80;
    size_t length = first < 0x80 ? first : 0;
    if (bytes > 2 || first == 0x80 || rest->len - 1 < bytes) {
        return ERR_KEY_SHAPE;
    }
    for (size_t i = 0; i < bytes; i++) {
        length = length << 8 | rest->ptr[1 + i];
    }
    *rest = span_slice(*rest, 1 + bytes, rest->len);
    *out = length;
    return ERR_OK;
}

static enum err read_value(struct span *rest, uint8_t tag, struct span *out) {
    struct span after = span_slice(*rest, 1, rest->len);
    size_t length = 0;
    if (rest->len == 0 || rest->ptr[0] != tag) {
        return ERR_KEY_SHAPE;
    }
    TRY(read_length(&after, &length));
    if (length == 0 || length > after.len) {
        return ERR_KEY_SHAPE;
    }
    *out = span_slice(after, 0, length);
    *rest = span_slice(after, length, after.len);
    return ERR_OK;
}

static struct span without_zeros(struct span number) {
    size_t zeros = 0;
    while (zeros < number.len && number.ptr[zeros] == 0) {
        zeros++;
    }
    return span_slice(number, zeros, number.len);
}

enum err rsa_der_read(struct span der, struct span numbers[RSA_NUMBERS]) {
    struct span body, version;
    struct span read[RSA_NUMBERS];
    TRY(read_value(&der, TAG_SEQUENCE, &body));
    TRY(read_value(&body, TAG_INTEGER, &version));
    for (size_t i = 0; i < RSA_NUMBERS; i++) {
        TRY(read_value(&body, TAG_INTEGER, &read[i]));
        read[i] = without_zeros(read[i]);
    }
    if (der.len != 0 || body.len != 0 || version.len != 1 || version.ptr[0] != 0) {
        return ERR_KEY_SHAPE;
    }
    memcpy(numbers, read, sizeof read);
    return ERR_OK;
}

static enum err put_header(struct room *out, uint8_t tag, size_t length) {
    TRY(room_put_byte(out, tag));
    if (length < 0x80) {
        return room_put_byte(out, (uint8_t)length);
    }
    if (length > 0xFF) {
        TRY(room_put_byte(out, 0x82));
        TRY(room_put_byte(out, (uint8_t)(length >> 8)));
    } else {
        TRY(room_put_byte(out, 0x81));
    }
    return room_put_byte(out, (uint8_t)length);
}

/* INTEGER is signed: a set first bit takes a zero byte before it. */
static enum err put_number(struct room *out, struct span number) {
    number = without_zeros(number);
    if (number.len == 0) {
        return ERR_KEY_SHAPE;
    }
    bool pad = (number.ptr[0] & 0x80) != 0;
    TRY(put_header(out, TAG_INTEGER, number.len + pad));
    if (pad) {
        TRY(room_put_byte(out, 0));
    }
    return room_put(out, number);
}

static enum err put_body(const struct span numbers[RSA_NUMBERS], struct room *body) {
    static const uint8_t version_0[] = {TAG_INTEGER, 1, 0};
    TRY(room_put(body, span_of_bytes(version_0, sizeof version_0)));
    for (size_t i = 0; i < RSA_NUMBERS; i++) {
        TRY(put_number(body, numbers[i]));
    }
    return ERR_OK;
}

enum err rsa_der_write(const struct span numbers[RSA_NUMBERS], struct room *out) {
    uint8_t bytes[RSA_DER_BYTES];
    struct room body = room_over(bytes, sizeof bytes);
    size_t before = out->len;
    enum err err = put_body(numbers, &body);
    if (err == ERR_OK) {
        err = put_header(out, TAG_SEQUENCE, body.len);
    }
    if (err == ERR_OK) {
        err = room_put(out, room_span(&body));
    }
    if (err != ERR_OK) {
        out->len = before;
    }
    sodium_memzero(bytes, sizeof bytes);
    return err;
}
