/* keyname: the names under which a list may hold the key that a credential calls its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TRUST_KEYNAME_H
#define TRUST_KEYNAME_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

/* As written, absolute, bare fragment, fragment with its '#'. */
#define KEYNAME_MAX 4u

/* Names to ask for, the one written first. */
struct keyname {
    size_t count;
    struct span names[KEYNAME_MAX];
};

/*
 * Every name of a key id: "https://x.example#k1", "#k1" and "k1" are one key of https://x.example. A key id
 * under another controller has no name but its own, and one over LIMIT_NAME_BYTES has none.
 *
 * issuer  who must be its controller
 * kid     the header's key id
 * arena   receives names that are put together
 *
 * ERR_NO_ROOM
 */
MUST_USE enum err keyname_of(struct span issuer, struct span kid, struct arena *arena, struct keyname *out);

#endif
