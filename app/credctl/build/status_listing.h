/* status_listing: the status lists of a workspace: checked when they come in, and again when they are listed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_STATUS_LISTING_H
#define CREDCTL_BUILD_STATUS_LISTING_H

#include <limits.h>

#include "credctl/build/lists.h"
#include "credctl/build/merge.h"
#include "credctl/build/sources.h"
#include "credctl/build/statuslist.h"

/* A list that is to be kept. */
struct status_listing_order {
    const char *folder;        /* a workspace */
    struct span text;          /* as it was published */
    const char *from;          /* the issuer who must have made it */
    const char *address;       /* where credentials say it is; NULL: where it says itself */
    const struct shelf *shelf; /* the contexts for documents with proofs inside; NULL: none */
    bool accept_unsigned;      /* take one that nobody signed */
    int64_t fetched_s;         /* and call it as old as that, seconds since 1970 UTC */
};

/*
 * Check a status list and keep it in the workspace, with its issuer and address.
 *
 * place  where it was put
 *
 * ERR_STATUS_ISSUER   also: that issuer is not in the workspace
 * ERR_STATUS_TAKEN    another issuer's list is kept under that address
 * ERR_STATUS_OLDER    the one that is kept is younger: a revocation would be taken back
 * ERR_STATUS_ADDRESS  credentials must name it where it says that it is, and that is not the address told
 * ERR_STATUS_SHAPE    also: neither told nor in the list is an address of at most LIMIT_NAME_BYTES
 * ERR_NO_MEMORY, and those of statuslist_read, merge_open, workspace_entry_path, workspace_read_json and file_write
 */
MUST_USE enum err status_listing_add(const struct status_listing_order *order, char place[PATH_MAX]);

/* Does any status list of the workspace have its proofs inside, so that contexts are needed? ERR_FILE_READ, and those of
 * workspace_open. */
MUST_USE enum err status_listing_needs_contexts(const char *folder, bool *needs);

/* A listing in progress; borrows all that it names. */
struct status_listing {
    const char *folder;
    struct merge *merge;
    const struct shelf *shelf;
    struct lists *lists;
    struct sources *sources;
    int64_t now_s; /* lists that have ended by then are told of; 0: none is */
    void *ctx;
    void (*ended)(void *ctx, const char *path, int64_t expires_s); /* kiosks will call it old; or NULL */
    uint64_t count;                                                /* of lists so far */
    char trouble[PATH_MAX];                                        /* the file that an error came from */
};

/*
 * List every status list of the workspace.
 *
 * ERR_STATUS_SHAPE  also: what was kept beside a list names no issuer and address
 * ERR_LISTS_TWICE, and those of status_listing_add, lists_add_status, sources_add_status and file_read
 */
MUST_USE enum err status_listing_write(struct status_listing *listing);

#endif
