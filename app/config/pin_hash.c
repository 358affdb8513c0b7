/* SPDX-License-Identifier: Apache-2.0 */
#include "config/pin_hash.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>

#include "codec/base64url.h"

#define KIND "pbkdf2-sha256"

_Static_assert(sizeof KIND + 8 + BASE64URL_CHARS(PIN_HASH_SALT_BYTES) + BASE64URL_CHARS(PIN_HASH_BYTES) + 4 <=
                   PIN_HASH_TEXT_SIZE,
               "the longest text");

/* One round: the HMAC of a block, its key already taken in. */
static void mac(const crypto_auth_hmacsha256_state *key, struct span first, struct span second,
                uint8_t out[PIN_HASH_BYTES]) {
    crypto_auth_hmacsha256_state state = *key;
    crypto_auth_hmacsha256_update(&state, first.ptr, first.len);
    crypto_auth_hmacsha256_update(&state, second.ptr, second.len);
    crypto_auth_hmacsha256_final(&state, out);
}

void pin_hash_derive(struct span password, struct span salt, uint32_t rounds, uint8_t out[PIN_HASH_BYTES]) {
    static const uint8_t first_block[4] = {0, 0, 0, 1};
    crypto_auth_hmacsha256_state key;
    uint8_t block[PIN_HASH_BYTES];
    crypto_auth_hmacsha256_init(&key, password.ptr, password.len);
    mac(&key, salt, span_of_bytes(first_block, sizeof first_block), block);
    memcpy(out, block, sizeof block);
    for (uint32_t round = 1; round < rounds; round++) {
        mac(&key, span_of_bytes(block, sizeof block), (struct span){0}, block);
        for (size_t i = 0; i < sizeof block; i++) {
            out[i] ^= block[i];
        }
    }
    explicit_bzero(&key, sizeof key);
    explicit_bzero(block, sizeof block);
}

static bool is_pin(struct span digits) {
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') {
            return false;
        }
    }
    return digits.len >= PIN_HASH_DIGITS_MIN && digits.len <= PIN_HASH_DIGITS_MAX;
}

static bool rounds_fit(uint64_t rounds) {
    return rounds >= PIN_HASH_ROUNDS_MIN && rounds <= PIN_HASH_ROUNDS_MAX;
}

enum err pin_hash_make(struct span digits, const uint8_t salt[PIN_HASH_SALT_BYTES], uint32_t rounds,
                       struct pin_hash *out) {
    if (!is_pin(digits) || !rounds_fit(rounds)) {
        return ERR_CONFIG;
    }
    struct pin_hash pin = {.set = true, .rounds = rounds};
    memcpy(pin.salt, salt, sizeof pin.salt);
    pin_hash_derive(digits, span_of_bytes(pin.salt, sizeof pin.salt), rounds, pin.hash);
    *out = pin;
    return ERR_OK;
}

bool pin_hash_is(const struct pin_hash *pin, struct span digits) {
    uint8_t hash[PIN_HASH_BYTES];
    if (!pin->set || !is_pin(digits) || !rounds_fit(pin->rounds)) {
        return false;
    }
    pin_hash_derive(digits, span_of_bytes(pin->salt, sizeof pin->salt), pin->rounds, hash);
    bool same = sodium_memcmp(hash, pin->hash, sizeof hash) == 0;
    explicit_bzero(hash, sizeof hash);
    return same;
}

/* The text up to the next '$', which is taken off with it. */
static struct span next_part(struct span *text) {
    size_t end = span_find(*text, '$', 0);
    struct span part = span_slice(*text, 0, end);
    *text = end < text->len ? span_slice(*text, end + 1, text->len - end - 1) : (struct span){0};
    return part;
}

/* Exactly so many bytes in base64url. */
static enum err read_bytes(struct span text, uint8_t *out, size_t bytes) {
    uint8_t decoded[PIN_HASH_BYTES + 3];
    struct room room = room_over(decoded, sizeof decoded);
    if (text.len != BASE64URL_CHARS(bytes) || base64url_decode(text, &room) != ERR_OK || room.len != bytes) {
        return ERR_CONFIG;
    }
    memcpy(out, decoded, bytes);
    return ERR_OK;
}

enum err pin_hash_read(struct span text, struct pin_hash *out) {
    struct pin_hash pin = {.set = true};
    uint64_t rounds = 0;
    if (text.len == 0) {
        *out = (struct pin_hash){0};
        return ERR_OK;
    }
    struct span kind = next_part(&text), number = next_part(&text), salt = next_part(&text);
    bool counted =
        number.len > 0 && number.ptr[0] != '0' && span_decimal(number, 9, &rounds) && rounds_fit(rounds);
    if (!span_equal_text(kind, KIND) || !counted) {
        return ERR_CONFIG;
    }
    pin.rounds = (uint32_t)rounds;
    TRY(read_bytes(salt, pin.salt, sizeof pin.salt));
    TRY(read_bytes(text, pin.hash, sizeof pin.hash));
    *out = pin;
    return ERR_OK;
}

/* Base64url with a terminator. */
static void write_bytes(const uint8_t *bytes, size_t count, char out[BASE64URL_CHARS(PIN_HASH_BYTES) + 1]) {
    struct room room = room_over(out, BASE64URL_CHARS(PIN_HASH_BYTES));
    enum err err = base64url_encode(span_of_bytes(bytes, count), &room);
    out[err == ERR_OK ? room.len : 0] = '\0';
}

void pin_hash_write(const struct pin_hash *pin, char out[PIN_HASH_TEXT_SIZE]) {
    char salt[BASE64URL_CHARS(PIN_HASH_BYTES) + 1], hash[BASE64URL_CHARS(PIN_HASH_BYTES) + 1];
    write_bytes(pin->salt, sizeof pin->salt, salt);
    write_bytes(pin->hash, sizeof pin->hash, hash);
    snprintf(out, PIN_HASH_TEXT_SIZE, "%s$%" PRIu32 "$%s$%s", KIND, pin->rounds, salt, hash);
}
