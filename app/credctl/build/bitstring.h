/* bitstring: signed status lists that are credentials themselves (W3C Bitstring Status List 1.0, Status List 2021). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_BITSTRING_H
#define CREDCTL_BUILD_BITSTRING_H

#include "base/limits.h"
#include "credctl/build/statuslist.h"

/*
 * Read a list: a compact JWS (VC-JWT) under VCDM 2.0, or 1.1 with its credential under "vc"; or a JSON document with its
 * proofs inside, every one of which must be right. The key id that the list names, where it does, chooses among the keys.
 *
 * list  all zero; statuslist_close it, after an error too
 *
 * Errors of statuslist_read.
 */
MUST_USE enum err bitstring_read_token(const struct statuslist_source *source, struct statuslist *list);
MUST_USE enum err bitstring_read_document(const struct statuslist_source *source, struct statuslist *list);

/* Append a bitmap as encodedList has it: "u", and base64url of gzip. ERR_NO_ROOM, ERR_NO_MEMORY. */
MUST_USE enum err bitstring_encode(struct span bitmap, struct room *out);

/* Inflate the encodedList of a Bitstring Status List into a room. ERR_STATUS_SHAPE, ERR_BASE64URL, ERR_INFLATE_*, ERR_NO_MEMORY. */
MUST_USE enum err bitstring_decode(struct span encoded, struct room *out);

#endif
