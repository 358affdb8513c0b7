/* root_keys: private keys made for a root, each in a file of its own, so that it can be carried away. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_ROOT_KEYS_H
#define CREDCTL_BUILD_ROOT_KEYS_H

#include "base/limits.h"
#include "credctl/sign/signer.h"

/* All zero is none. */
struct root_keys {
    struct signer *list[LIMIT_ROOT_KEYS];
    size_t count;
};

/* The algorithm of a name, where roots and packs may be signed by it, else CRYPTO_ALG_NONE. */
enum crypto_alg root_keys_alg(const char *name);

/* Make keys; root_keys_close them in either case. ERR_NO_ROOM (more than LIMIT_ROOT_KEYS), ERR_CRYPTO_FAILED. */
MUST_USE enum err root_keys_make(enum crypto_alg alg, size_t count, struct root_keys *out);

/*
 * Keep them as FOLDER/keys/NAME-KID.jwk, KID being the first characters of each key's id; all, or none where one cannot
 * be kept.
 *
 * ERR_FILE_EXISTS, ERR_FILE_WRITE, ERR_NO_ROOM, and those of packer_kid
 */
MUST_USE enum err root_keys_save(const struct root_keys *keys, const char *folder, const char *name);

/* Remove those files. */
void root_keys_unlink(const struct root_keys *keys, const char *folder, const char *name);

/* Wipe and release them. */
void root_keys_close(struct root_keys *keys);

#endif
