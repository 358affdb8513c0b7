/* opened: what an opened pack holds; for the files of this folder alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_OPENED_H
#define PACK_OPENED_H

#include <sqlite3.h>

#include "base/limits.h"
#include "pack/descriptor_vfs.h"
#include "pack/pack_open.h"
#include "pack/root.h"

/* The queries of lookups, prepared once. */
enum opened_query {
    OPENED_META,
    OPENED_IDENTIFIER,
    OPENED_ISSUER,
    OPENED_NAME,
    OPENED_FIRST_NAME,
    OPENED_KEY_BY_KID,
    OPENED_KEY_BY_THUMBPRINT,
    OPENED_STATUS,
    OPENED_CHUNK,
    OPENED_STATUS_ID,
    OPENED_NEXT_IDENTIFIER,
    OPENED_NEXT_OF_ISSUER,
    OPENED_NEXT_KEY,
    OPENED_NEXT_STATUS,
    OPENED_NEXT_NAME,
    OPENED_NEXT_ANCHOR,
    OPENED_ENDED,
    OPENED_CONTEXTS,
    OPENED_QUERIES
};

struct pack {
    struct pack_info info;
    struct root root; /* its scheme lies in `scheme` */
    struct pack_receipt receipt;
    bool descriptor_open;
    int descriptor;
    struct descriptor_vfs vfs;
    sqlite3 *database;
    sqlite3_stmt *queries[OPENED_QUERIES];
    char scheme[LIMIT_NAME_BYTES];
};

/* Prepare all queries, and read into pack->info how many status lists there are, how many of them had not ended at
 * `lo_s`, and of when the oldest is. ERR_PACK_DAMAGED. */
MUST_USE enum err opened_prepare(struct pack *pack, int64_t lo_s);

#endif
