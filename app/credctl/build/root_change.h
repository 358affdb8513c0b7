/* root_change: the keys that a next root names: those of the root before it, without some, and with others. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_ROOT_CHANGE_H
#define CREDCTL_BUILD_ROOT_CHANGE_H

#include "credctl/build/root_draft.h"

/* Characters of a key id that suffice to name it, where no other begins alike. */
#define ROOT_CHANGE_KID_MIN 6u

/* Keys of one kind. */
struct root_change_keys {
    struct crypto_key list[LIMIT_ROOT_KEYS];
    size_t count;
};

/* The keys of a root: copied out of root.keys or root.release. */
void root_change_from(const struct root_key *keys, size_t count, struct root_change_keys *out);

/*
 * Take out the one key whose id begins so.
 *
 * ERR_ROOT_KEY  none does, or several do, or it is too short to tell
 */
MUST_USE enum err root_change_remove(struct root_change_keys *keys, struct span kid);

/*
 * Put a key in.
 *
 * ERR_ROOT_KEY_TWICE   it is there
 * ERR_ROOT_KEY_MANY    LIMIT_ROOT_KEYS are there
 * ERR_KEY_UNSUPPORTED  neither P-256, P-384 nor Ed25519
 * and those of jwk_thumbprint
 */
MUST_USE enum err root_change_add(struct root_change_keys *keys, const struct crypto_key *key);

/* Was a release key taken out? What it signs is refused from then on, and packs count from 1 again. */
bool root_change_drops_release(const struct root *before, const struct root *next);

#endif
