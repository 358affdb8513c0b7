/* status: was it revoked or suspended? Every entry of the credential is asked, not just the first. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STATUS_STATUS_H
#define STATUS_STATUS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/interval.h"
#include "credential/credential.h"
#include "pack/pack.h"

/* The answer, worst last but for zero: a status that nobody looked up is not known. */
enum status_answer {
    STATUS_UNKNOWN = 0, /* an entry that no list of the pack covers */
    STATUS_NONE,        /* the credential names no status list */
    STATUS_GOOD,        /* every entry is covered by a list in force, and neither revoked nor suspended */
    STATUS_STALE,       /* covered and clear, but a list is past its time, or the clock cannot tell */
    STATUS_SUSPENDED,
    STATUS_REVOKED
};

/* What the lists say. */
struct status {
    enum status_answer answer;
    bool has_as_of;
    int64_t as_of_s; /* of the oldest list that was asked; of the one that says revoked or suspended */
    bool
        is_unsigned; /* nobody signed one of the lists that were asked; the one that says revoked or suspended */
    struct span
        message; /* what its issuer notes about it, or empty; in the credential or the arena, and hostile */
};

/*
 * Ask every entry of a credential. Revoked and suspended are said whatever the other entries say; unknown
 * before stale, stale before good. Covered is an entry of a kind and purpose that are understood, whose list
 * the credential's own issuer made and whose size is the list's, at an index within the list, with a value that is
 * understood; in a list of ids, a credential that has one.
 *
 * ERR_PACK_DAMAGED, ERR_NO_ROOM, ERR_CRYPTO_FAILED
 */
MUST_USE enum err status_ask(struct pack *lists, const struct claimed_credential *claimed,
                             const struct interval *now, struct arena *arena, struct status *out);

#endif
