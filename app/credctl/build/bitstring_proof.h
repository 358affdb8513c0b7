/* bitstring_proof: a status list whose proof stands inside it (VC Data Integrity 1.0), checked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_BITSTRING_PROOF_H
#define CREDCTL_BUILD_BITSTRING_PROOF_H

#include <jansson.h>

#include "credctl/build/statuslist_keys.h"
#include "linked/shelf.h"

/* What was signed. */
struct bitstring_proof {
    json_t *credential; /* what the signed statements say, or the signed document; the caller's reference */
    int64_t expires_s;  /* the first end of a proof, seconds since 1970 UTC; 0: none ends */
};

/*
 * Check every proof of a list: each must be right, by one of the keys. Of a context with several versions all are tried.
 * Where statements were signed the credential holds what they say, and no member of the document that was not signed.
 *
 * text    a JSON document
 * issuer  whose keys they are
 * shelf   the contexts at hand; NULL: none
 *
 * ERR_STATUS_ISSUER  a proof is by none of the keys, or names the key of somebody else
 * ERR_STATUS_SHAPE   the statements are no status list
 * ERR_PROOF_SUITE    also: ecdsa-sd-2023, which would show a part of a list
 * ERR_JSON_*, those of integrity_read, ERR_NO_MEMORY
 */
MUST_USE enum err bitstring_proof_read(struct span text, struct span issuer,
                                       const struct statuslist_keys *keys, const struct shelf *shelf,
                                       struct bitstring_proof *out);

#endif
