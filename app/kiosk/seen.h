/* seen: which credentials were found good in this run, kept as salted hashes that tell nothing of anyone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_SEEN_H
#define KIOSK_SEEN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"
#include "crypto/crypto.h"
#include "verdict/verdict.h"

/* Credentials remembered; the oldest is forgotten for one more. */
#define SEEN_MAX 4096u
/* Bytes kept of each hash: two of 4,096 tags are taken for one with a chance of 2^-105. */
#define SEEN_BYTES 16u

/* All zero, before seen_start, remembers nothing. */
struct seen {
    bool started;
    uint8_t salt[CRYPTO_SHA256_BYTES]; /* of this run, never written down */
    uint32_t count, next;
    uint8_t hashes[SEEN_MAX][SEEN_BYTES];
};

/* Draw the salt. ERR_CRYPTO_FAILED. */
MUST_USE enum err seen_start(struct seen *seen);

/* Was the credential of this tag noted before? Notes it. False where nothing can be remembered. */
bool seen_note(struct seen *seen, struct span tag);

/*
 * Make the verdicts of one scan weaker where a credential found good was noted before: VALID becomes VALID, NOTE.
 * Notes all that were found good. A credential that lies twice in the same scan is not thereby seen before.
 */
void seen_weaken(struct seen *seen, struct verdicts *verdicts);

#endif
