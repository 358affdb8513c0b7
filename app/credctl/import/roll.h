/* roll: which names a published list has used, so that none stands on it twice. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_ROLL_H
#define CREDCTL_IMPORT_ROLL_H

#include "base/err.h"
#include "base/span.h"

/* Names of one list: one for each of its JSON values would be more than any list has. */
#define ROLL_NAMES_MAX 1000000u

/* The names called so far. All zero is none. */
struct roll {
    struct roll_name *names; /* owned */
    size_t count, places;
};

/*
 * Call a name.
 *
 * twice  what comes back where it was called before
 *
 * twice, ERR_JSON_TOO_MANY (more than ROLL_NAMES_MAX), ERR_NO_MEMORY, ERR_CRYPTO_FAILED
 */
MUST_USE enum err roll_call(struct roll *roll, struct span name, enum err twice);

/* Release it; takes one that is zero. */
void roll_close(struct roll *roll);

#endif
