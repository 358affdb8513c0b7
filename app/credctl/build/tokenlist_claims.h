/* tokenlist_claims: what a Token Status List claims beside its bits, however it is written. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_TOKENLIST_CLAIMS_H
#define CREDCTL_BUILD_TOKENLIST_CLAIMS_H

#include "credctl/build/statuslist.h"

/* A number that may be absent. */
struct tokenlist_number {
    bool present;
    int64_t value;
};

/* The claims (draft-ietf-oauth-status-list section 5.1). Spans are borrowed, and live as long as the list. */
struct tokenlist_claims {
    struct span sub, iss;             /* or empty */
    struct tokenlist_number iat, exp; /* seconds since 1970 UTC */
    struct tokenlist_number ttl;      /* seconds */
};

/*
 * Hold them against the rules and fill in all of the list but its bits.
 *
 * ERR_STATUS_SHAPE   no sub or iat, a ttl of no time, or a time beyond the year 9999
 * ERR_STATUS_ISSUER  iss is another
 */
MUST_USE enum err tokenlist_claims_take(const struct tokenlist_claims *claims, struct span issuer,
                                        struct statuslist *list);

#endif
