/* listing: from a workspace to the database of its lists; status lists are checked when they come in and when
 * they are listed, and so are contexts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_LISTING_H
#define CREDCTL_BUILD_LISTING_H

#include <limits.h>

#include "credctl/build/issuer_file.h"
#include "credctl/build/key_file.h"
#include "credctl/build/merge.h"
#include "linked/shelf.h"

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
    void (*ended)(void *ctx, const char *path,
                  int64_t expires_s); /* of status lists that have ended; or NULL */
};

/* Would this issuer be listed? Errors of issuer_file_list, ERR_FILE_WRITE. */
MUST_USE enum err listing_try_issuer(const json_t *issuer);

/*
 * Write the database of a workspace into an empty file: its issuers, joined from what was added by hand and what was imported
 * (merge.h); what it was made of goes into it too (sources.h).
 *
 * ERR_LISTS_TWICE, and those of merge_open, status_listing_write, issuer_file_list, context_file_list, hosted_file_list, workspace_open and file_read,
 * and what how->step gives
 */
MUST_USE enum err listing_build(const char *folder, const char *path, const struct listing_how *how,
                                struct listing *out);

#endif
