/* signer: a private key of headquarters or of an issuer: made, kept in a file, and used. The kiosk never
 * links it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_SIGN_SIGNER_H
#define CREDCTL_SIGN_SIGNER_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "crypto/crypto.h"

/* A private key. */
struct signer;

/* Make a key for ES256, ES384, EdDSA, RS256 or PS256 (2,048 bits). ERR_ALG_UNSUPPORTED, ERR_CRYPTO_FAILED. */
MUST_USE enum err signer_make(enum crypto_alg alg, struct signer **out);

/*
 * Keep the key as a private JWK in a new file that its owner alone can read (0600); an existing file is never
 * overwritten.
 *
 * ERR_FILE_EXISTS, ERR_FILE_WRITE
 */
MUST_USE enum err signer_save(const struct signer *signer, const char *path);

/* Read a private JWK. ERR_FILE_READ, ERR_KEY_SHAPE, ERR_KEY_UNSUPPORTED and those of jsontext_parse. */
MUST_USE enum err signer_load(const char *path, struct signer **out);

/* Its algorithm and public half. */
enum crypto_alg signer_alg(const struct signer *signer);
const struct crypto_key *signer_public(const struct signer *signer);

/* Sign bytes and append the signature as JWS has it (raw r || s). ERR_CRYPTO_FAILED, ERR_NO_ROOM. */
MUST_USE enum err signer_sign(const struct signer *signer, struct span bytes, struct room *out);

/*
 * Append a compact JWS (RFC 7515).
 *
 * typ, kid  members of the header beside alg; left out where empty
 * payload   any bytes
 *
 * The signature is checked before it is given out: a fault of the machine must not leave this house.
 *
 * ERR_CRYPTO_FAILED, ERR_SIGNATURE_WRONG, ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err signer_jws(const struct signer *signer, struct span typ, struct span kid,
                             struct span payload, struct room *out);

/* Wipe and release it; takes NULL. */
void signer_close(struct signer *signer);

#endif
