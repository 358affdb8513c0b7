/* since: since when each key of a list stands on it, carried over from one import of the list to the next. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_SINCE_H
#define CREDCTL_BUILD_SINCE_H

#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "crypto/crypto.h"

/* Keys that are remembered, 24 bytes each: four times the largest list that kiosks are measured with. */
#define SINCE_KEYS_MAX 4000000u

/* What was noted. All zero is nothing. */
struct since {
    struct since_entry *entries; /* owned */
    size_t count, room;
    bool sorted;
};

/*
 * Note a key of an issuer.
 *
 * identifier  the first one of the issuer
 * time_s      seconds since 1970 UTC
 *
 * ERR_NO_ROOM  more than SINCE_KEYS_MAX
 * ERR_NO_MEMORY, and those of jwk_thumbprint
 */
MUST_USE enum err since_note(struct since *since, struct span identifier, const struct crypto_key *key,
                             int64_t time_s);

/* Since when an issuer's key was noted, the earliest; `otherwise` where it was not. Errors of jwk_thumbprint. */
MUST_USE enum err since_find(struct since *since, struct span identifier, const struct crypto_key *key,
                             int64_t otherwise, int64_t *out);

/* Release it. */
void since_close(struct since *since);

#endif
