/* listing: from a workspace to the database of its lists; status lists are checked when they come in and when
 * they are listed, and so are contexts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_LISTING_H
#define CREDCTL_BUILD_LISTING_H

#include <limits.h>

#include "credctl/build/bitstring.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/key_file.h"
#include "credctl/build/merge.h"

/* What was listed. `trouble` names the file that an error came from. */
struct listing {
    uint64_t issuers, keys, status_lists, contexts, hosted;
    uint64_t imports; /* that took part */
    char trouble[PATH_MAX + 400];
};

/* How lists are made. All zero: without contexts and whatever the time. */
struct listing_how {
    const struct shelf *shelf; /* the contexts for status lists with proofs inside; NULL: none */
    int64_t now_s;             /* imports past their next update are left out; 0: none is */
    void *ctx;
    merge_step step;                                                /* what is done of a long work; or NULL */
    void (*left_out)(void *ctx, const struct merge_import *import); /* is told of each; or NULL */
};

/* Would this issuer be listed? Errors of issuer_file_list, ERR_FILE_WRITE. */
MUST_USE enum err listing_try_issuer(const json_t *issuer);

/*
 * Check a signed status list and keep it in the workspace, with its issuer and address.
 *
 * folder   a workspace
 * text     compact JWS, or a JSON document with its proofs inside
 * from     the issuer who must have signed it
 * address  where credentials say it is; NULL: its own id
 * shelf    the contexts for documents with proofs inside; NULL: none
 * place    where it was put
 *
 * ERR_STATUS_ISSUER  also: that issuer is not in the workspace
 * ERR_STATUS_TAKEN   another issuer's list is kept under that address
 * ERR_STATUS_OLDER   the one that is kept is younger: a revocation would be taken back
 * ERR_STATUS_SHAPE   also: neither told nor in the list is an address of at most LIMIT_NAME_BYTES
 * ERR_NO_MEMORY, and those of bitstring_read, workspace_entry_path, workspace_read_json and file_write
 */
MUST_USE enum err listing_add_status(const char *folder, struct span text, const char *from,
                                     const char *address, const struct shelf *shelf, char place[PATH_MAX]);

/* Does any status list of the workspace have its proofs inside, so that contexts are needed? ERR_FILE_READ, and those of
 * workspace_open. */
MUST_USE enum err listing_needs_contexts(const char *folder, bool *needs);

/*
 * Write the database of a workspace into an empty file: its issuers, joined from what was added by hand and what was imported
 * (merge.h); what it was made of goes into it too (sources.h).
 *
 * ERR_STATUS_SHAPE  also: what was kept beside a status list names no issuer and address
 * ERR_LISTS_TWICE, and those of merge_open, listing_add_status, issuer_file_list, context_file_list, hosted_file_list, workspace_open and file_read,
 * and what how->step gives
 */
MUST_USE enum err listing_build(const char *folder, const char *path, const struct listing_how *how,
                                struct listing *out);

#endif
