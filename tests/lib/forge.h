/* forge: tokens for tests, right and wrong ones, from the text of their header and payload. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_FORGE_H
#define TESTS_LIB_FORGE_H

#include "base/room.h"
#include "base/span.h"
#include "credctl/sign/signer.h"

/* A room of its own that lives until forge_release; fails the test when memory is short. */
struct room forge_room(size_t cap);
void forge_release(struct room *room);

/*
 * Append header.payload.signature.
 *
 * header, payload  their text, of any bytes
 * signer           signs, or NULL: the signature is 64 bytes that no key made
 */
void forge_token(struct span header, struct span payload, const struct signer *signer, struct room *out);

/* Append the first two parts, a dot, and this signature. */
void forge_with_signature(struct span header, struct span payload, struct span signature, struct room *out);

/* Append base45 of the zlib stream of bytes. */
void forge_compressed(struct span bytes, struct room *out);

/* Copy text and replace the first `from` in it by `to`; fails the test where it is not there. Release by
 * free. */
char *forge_replaced(const char *text, const char *from, const char *to);

#endif
