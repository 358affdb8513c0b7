/* tokenlist: Token Status Lists, as JWT and as CWT (draft-ietf-oauth-status-list), read, and written as JWT. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_TOKENLIST_H
#define CREDCTL_BUILD_TOKENLIST_H

#include "credctl/build/statuslist.h"

/* The types of tokens; a header may have "application/" in front (section 5). */
#define TOKENLIST_TYP_JWT "statuslist+jwt"
#define TOKENLIST_TYP_CWT "statuslist+cwt"

/* Does the header of a compact JWS say so? */
bool tokenlist_is_jwt(struct span text);

/*
 * Read a list (sections 4, 5.1 and 5.2): sub is where it is, iat when it was issued; it ends at exp or ttl seconds behind
 * iat, whichever is first; iss, where it stands, is the issuer; an aggregation is not followed. Its entries are kept with the
 * most significant bit first.
 *
 * list  all zero; statuslist_close it, after an error too
 *
 * ERR_STATUS_TYPE  the header names no such token
 * and those of statuslist_read
 */
MUST_USE enum err tokenlist_read_jwt(const struct statuslist_source *source, struct statuslist *list);
MUST_USE enum err tokenlist_read_cwt(const struct statuslist_source *source, struct statuslist *list);

/*
 * Inflate `lst` (zlib) and put its bits in our order (section 4.1). Fills bitmap, bits and entries.
 *
 * ERR_STATUS_SHAPE  an entry is not of 1, 2, 4 or 8 bits, or there is none
 * ERR_INFLATE_*, ERR_NO_MEMORY
 */
MUST_USE enum err tokenlist_take_bits(struct span lst, uint64_t bits, struct statuslist *list);

/* Deflate a bitmap in our order, its entries of `bits` bits, into what `lst` holds. ERR_NO_ROOM, ERR_NO_MEMORY. */
MUST_USE enum err tokenlist_put_bits(struct span bitmap, uint32_t bits, struct room *out);

#endif
