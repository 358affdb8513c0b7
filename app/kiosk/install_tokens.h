/* install_tokens: the freshness tokens that were accepted for the pack in use, kept so that a kill leaves the old or the
 * new ones, and so that none gets lost unnoticed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_INSTALL_TOKENS_H
#define KIOSK_INSTALL_TOKENS_H

#include "boards/store.h"
#include "pack/fresh.h"
#include "pack/pack_open.h"

/*
 * The file `tokens` of the data folder, replaced as a whole (kept.h):
 *   credkiosk-tokens 1 ROOT SEQ IAT LOST   the pack that they speak of, when the newest was made, whether one is lost
 *   a token on each line, the oldest first
 *   SHA-256 of all that stands above, in hex
 *
 * A record that cannot be read, or that speaks of a newer pack than is in use, says `lost`: an accepted revocation may be
 * among what is missing, so nothing is called good until a newer pack is installed, which has taken all of them in. A
 * record of an older pack has done its work: its tokens are dropped, and when the newest was made still counts under
 * the same root. A newer root begins anew, as it does with sequence numbers.
 */
#define INSTALL_TOKENS "tokens"

/* Bytes of all tokens, a line feed behind each. */
#define INSTALL_TOKENS_BYTES (LIMIT_FRESH_TOKENS * (LIMIT_FRESH_BYTES + 1u))

/* What is kept. All zero: nothing was accepted. */
struct install_tokens {
    bool lost; /* something that was accepted cannot be read any more */
    int64_t
        iat_s; /* when the newest that was ever accepted was made, seconds since 1970 UTC; 0: none, or not known */
    size_t len;
    char text[INSTALL_TOKENS_BYTES]; /* those of the pack in use, a line feed behind each, the oldest first */
};

/*
 * Read what is kept for a pack.
 *
 * ERR_STORE_READ  the file is there and the disk does not give it
 */
MUST_USE enum err install_tokens_read(const struct store_port *store, const struct pack_info *info,
                                      struct install_tokens *out);

/* Check all of them anew and join what they say; one that does not hold any more makes it incomplete. ERR_NO_MEMORY. */
MUST_USE enum err install_tokens_join(const struct install_tokens *tokens, const struct pack *pack,
                                      struct fresh *out);

/*
 * Take a token in: check it against the installed pack, and keep it. Earlier ones whose revocations it repeats go.
 *
 * store  the data folder, under store_lock
 * text   a compact JWS, hostile; white space behind it is nobody's intention
 * rules  as for install_current; rules->now decides on tokens of the future, and on what may be taken in beside a record
 *        that is lost: nothing made before rules->now.lo_s
 * out    what is kept now; may be NULL
 *
 * Errors of install_current (ERR_INSTALL_NONE: there is no pack to confirm), fresh_read, fresh_admit, fresh_join and of
 * the store; what was kept before is still there then.
 */
MUST_USE enum err install_tokens_add(const struct store_port *store, struct span text,
                                     const struct pack_rules *rules, struct install_tokens *out);

/*
 * A newer pack was installed: it has taken in what the tokens of the one before revoked, so they go, and so does what was
 * lost. Nothing where none was ever accepted.
 *
 * info   of the new pack
 * lo_s   what has passed for certain: where the record was lost, no token made before may be accepted
 *
 * Every error of the store
 */
MUST_USE enum err install_tokens_renew(const struct store_port *store, const struct pack_info *info,
                                       int64_t lo_s);

#endif
