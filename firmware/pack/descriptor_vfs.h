/* descriptor_vfs: SQLite reads one database through one descriptor, from an offset on, and can reach nothing
 * else. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_DESCRIPTOR_VFS_H
#define PACK_DESCRIPTOR_VFS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/*
 * A file system of SQLite's with a single, read-only file: no path is ever opened, so nothing lying beside
 * the database (-wal, -journal) can matter, and no lock is ever taken. Opaque; must not move once registered.
 */
struct descriptor_vfs {
    sqlite3_vfs vfs;
    bool registered;
    int descriptor;
    uint64_t offset, bytes;
    char name[40];
};

/*
 * Register it with SQLite, not as the default, under the name in out->name.
 *
 * descriptor  a regular file; borrowed until descriptor_vfs_drop
 * offset      where the database begins in it; it ends `bytes` later
 *
 * ERR_PACK_DAMAGED  SQLite did not take it
 */
MUST_USE enum err descriptor_vfs_register(struct descriptor_vfs *out, int descriptor, uint64_t offset,
                                          uint64_t bytes);

/* Take it back; after the databases over it are closed. Takes a zeroed one. */
void descriptor_vfs_drop(struct descriptor_vfs *vfs);

#endif
