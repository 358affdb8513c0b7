/* pin_hash: what kiosk.ini keeps of the staff's PIN: "pbkdf2-sha256$ITERATIONS$SALT$HASH". */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONFIG_PIN_HASH_H
#define CONFIG_PIN_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

#define PIN_HASH_SALT_BYTES 16u
#define PIN_HASH_BYTES      32u
/* Digits of a PIN: with five tries and then a doubling wait, six outlast any event. The most is what the screen takes. */
#define PIN_HASH_DIGITS_MIN 6u
#define PIN_HASH_DIGITS_MAX 12u
/* Rounds. The most keeps the screen still for half a second on the slowest board. */
#define PIN_HASH_ROUNDS_MIN   10000u
#define PIN_HASH_ROUNDS_MAX   100000u
#define PIN_HASH_ROUNDS_USUAL 60000u
/* The text with its terminator. */
#define PIN_HASH_TEXT_SIZE 96u
/* The form of the text, for people. */
#define PIN_HASH_FORM "pbkdf2-sha256$ROUNDS$SALT$HASH as \"credctl kiosk pin\" prints it, or nothing"

/* All zero: no PIN is set, and none is right. */
struct pin_hash {
    bool set;
    uint32_t rounds;
    uint8_t salt[PIN_HASH_SALT_BYTES];
    uint8_t hash[PIN_HASH_BYTES];
};

/*
 * Read the text. Empty text: no PIN is set.
 *
 * ERR_CONFIG  it has another form: rounds from PIN_HASH_ROUNDS_MIN to MAX without a leading zero, salt and hash of their
 *             lengths in base64url
 */
MUST_USE enum err pin_hash_read(struct span text, struct pin_hash *out);

/* The hash of a PIN. `salt` must be random. ERR_CONFIG: not so many digits, not digits alone, or not so many rounds. */
MUST_USE enum err pin_hash_make(struct span digits, const uint8_t salt[PIN_HASH_SALT_BYTES], uint32_t rounds,
                                struct pin_hash *out);

/* Its text, with a terminator. */
void pin_hash_write(const struct pin_hash *pin, char out[PIN_HASH_TEXT_SIZE]);

/* Are these the digits? Compared in constant time; never where no PIN is set. */
bool pin_hash_is(const struct pin_hash *pin, struct span digits);

/* PBKDF2 with HMAC-SHA-256, the first block of 32 bytes (RFC 8018 section 5.2). */
void pin_hash_derive(struct span password, struct span salt, uint32_t rounds, uint8_t out[PIN_HASH_BYTES]);

#endif
