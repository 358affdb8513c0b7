/* packer: signs roots and manifests, and puts a pack file together. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_PACKER_H
#define CREDCTL_BUILD_PACKER_H

#include <jansson.h>

#include "credctl/file.h"
#include "credctl/sign/signer.h"

/* Bytes that always suffice for a key id. */
#define PACKER_KID_BYTES 43u

/* What a root says. All pointers are borrowed. */
struct packer_root {
    struct span scheme;
    bool demo;
    const struct signer *const *keys; /* the root keys: every one signs */
    size_t key_count;
    uint64_t threshold;
    const struct crypto_key *release; /* public keys of those who sign packs */
    size_t release_count;
};

/* What a manifest says beside the database. */
struct packer_claims {
    struct span scheme;
    struct span audience; /* or empty */
    uint64_t seq, root_version, min_app;
    int64_t iat_s, next_update_s, expires_s;
    const json_t *sources; /* an array, or NULL */
};

/* Append a key's id: its RFC 7638 thumbprint in base64url. ERR_NO_ROOM, and those of jwk_thumbprint. */
MUST_USE enum err packer_kid(const struct crypto_key *key, struct room *out);

/* Append the provisioning file's line: root 1, signed by all of its keys. ERR_NO_ROOM, ERR_NO_MEMORY, and
 * those of signer_jws. */
MUST_USE enum err packer_sign_root(const struct packer_root *root, struct room *out);

/*
 * Append the manifest of a database.
 *
 * database  open for reading; hashed from its start to its end
 *
 * ERR_FILE_READ, ERR_NO_ROOM, ERR_NO_MEMORY, and those of signer_jws
 */
MUST_USE enum err packer_sign_manifest(const struct packer_claims *claims, int database,
                                       const struct signer *release, struct room *out);

/* Write the three parts into a draft. ERR_FILE_READ, ERR_FILE_WRITE. */
MUST_USE enum err packer_write(struct file_draft *draft, struct span manifest, struct span roots,
                               int database);

#endif
