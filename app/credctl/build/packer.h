/* packer: signs roots and manifests, and puts a pack file together. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_PACKER_H
#define CREDCTL_BUILD_PACKER_H

#include <jansson.h>

#include "credctl/file.h"
#include "credctl/sign/signer.h"

/* Bytes that always suffice for a key id. */
#define PACKER_KID_BYTES 43u

/* Bytes that always suffice for what a root says: LIMIT_ROOT_KEYS keys of both kinds, 200 bytes each, and the name. */
#define PACKER_ROOT_BYTES 16384u

/* What a root says. All pointers are borrowed. */
struct packer_root {
    struct span scheme;
    bool demo;
    uint64_t version;
    const struct crypto_key *keys; /* the root keys, public halves */
    size_t key_count;
    uint64_t threshold;
    const struct crypto_key *release; /* public keys of those who sign packs and tokens */
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

/* Append a document of our own: claims under a `typ`, signed, with the signer's key id. ERR_NO_ROOM, ERR_NO_MEMORY, and
 * those of signer_jws. */
MUST_USE enum err packer_sign_claims(const json_t *claims, const char *typ, const struct signer *signer,
                                     struct room *out);

/* Append what a root says as the JSON that gets signed. ERR_NO_ROOM, ERR_NO_MEMORY, and those of jwk_write. */
MUST_USE enum err packer_root_payload(const struct packer_root *root, struct room *out);

/* Append one signature over a root's payload: a compact JWS. ERR_NO_ROOM, ERR_NO_MEMORY, and those of signer_jws. */
MUST_USE enum err packer_sign_payload(struct span payload, const struct signer *signer, struct room *out);

/* Append a root, signed by each of these: one version of the provisioning file. Errors of the two above. */
MUST_USE enum err packer_sign_root(const struct packer_root *root, const struct signer *const *signers,
                                   size_t count, struct room *out);

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
