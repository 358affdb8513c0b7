/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/rsakey.h"

#include "base/limits.h"
#include "base/room.h"
#include "crypto/der.h"

static size_t bits_of(struct span number) {
    size_t bits = number.len * 8;
    for (unsigned top = number.ptr[0]; top < 0x80; top <<= 1) {
        bits--;
    }
    return bits;
}

static bool odd(struct span number) {
    return (number.ptr[number.len - 1] & 1) == 1;
}

static enum err check(const struct rsakey *numbers) {
    struct span n = numbers->n;
    struct span e = numbers->e;
    if (n.len == 0 || e.len == 0 || n.ptr[0] == 0 || e.ptr[0] == 0 || !odd(n)) {
        return ERR_KEY_SHAPE;
    }
    size_t bits = bits_of(n);
    if (bits < LIMIT_RSA_BITS_MIN || bits > LIMIT_RSA_BITS_MAX || !odd(e) || e.len > RSAKEY_EXPONENT_BYTES ||
        (e.len == 1 && e.ptr[0] < 3)) {
        return ERR_KEY_WEAK;
    }
    return bits % 8 == 0 ? ERR_OK : ERR_KEY_UNSUPPORTED;
}

static size_t integer_len(struct span number) {
    return number.len + (number.ptr[0] >= 0x80 ? 1 : 0);
}

/* Lengths are those of a modulus of at least 256 bytes, or of an exponent: never the one-byte long form. */
static enum err put_head(struct room *room, uint8_t tag, size_t len) {
    TRY(room_put_byte(room, tag));
    if (len >= 0x100) {
        TRY(room_put_byte(room, 0x82));
        TRY(room_put_byte(room, (uint8_t)(len >> 8)));
    }
    return room_put_byte(room, (uint8_t)(len & 0xFF));
}

static enum err put_integer(struct room *room, struct span number) {
    TRY(put_head(room, DER_INTEGER, integer_len(number)));
    if (number.ptr[0] >= 0x80) {
        TRY(room_put_byte(room, 0));
    }
    return room_put(room, number);
}

static size_t head_len(size_t len) {
    return len >= 0x100 ? 4 : 2;
}

enum err rsakey_write(const struct rsakey *numbers, struct crypto_key *out) {
    TRY(check(numbers));
    struct crypto_key key = {.kind = CRYPTO_KEY_RSA};
    struct room room = room_over(key.bytes, sizeof key.bytes);
    size_t n_len = integer_len(numbers->n);
    size_t e_len = integer_len(numbers->e);
    TRY(put_head(&room, DER_SEQUENCE, head_len(n_len) + n_len + head_len(e_len) + e_len));
    TRY(put_integer(&room, numbers->n));
    TRY(put_integer(&room, numbers->e));
    key.len = (uint16_t)room.len;
    *out = key;
    return ERR_OK;
}

static struct span without_sign(struct span number) {
    return number.len > 1 && number.ptr[0] == 0 ? span_slice(number, 1, number.len) : number;
}

enum err rsakey_read(const struct crypto_key *key, struct rsakey *out) {
    struct span der = span_of_bytes(key->bytes, key->len <= CRYPTO_KEY_BYTES ? key->len : 0);
    struct span sequence = {0}, n = {0}, e = {0};
    if (!der_take(&der, DER_SEQUENCE, &sequence) || !der_take(&sequence, DER_INTEGER, &n) ||
        !der_take(&sequence, DER_INTEGER, &e)) {
        return ERR_KEY_SHAPE;
    }
    struct rsakey numbers = {without_sign(n), without_sign(e)};
    struct crypto_key again = {0};
    TRY(rsakey_write(&numbers, &again));
    if (!crypto_key_equal(key, &again)) {
        return ERR_KEY_SHAPE;
    }
    *out = numbers;
    return ERR_OK;
}
