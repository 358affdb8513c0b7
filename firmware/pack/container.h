/* container: a pack file's three parts: manifest line, root chain line, database. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_CONTAINER_H
#define PACK_CONTAINER_H

#include "base/err.h"
#include "base/limits.h"
#include "base/span.h"

/* Bytes from the start of a file that always suffice to find its parts. */
#define CONTAINER_HEAD_BYTES (LIMIT_MANIFEST_BYTES + LIMIT_ROOT_CHAIN_BYTES + 2u + CONTAINER_MAGIC_BYTES)
/* "SQLite format 3" and its NUL begin every database. */
#define CONTAINER_MAGIC_BYTES 16u

/* Where the parts lie. Spans point into the head. */
struct container {
    struct span manifest; /* first line, without its line feed */
    struct span roots;    /* second line, likewise */
    uint64_t database_at; /* offset of the database in the file */
};

/*
 * Find the parts of a pack file.
 *
 * head  the file's first bytes: CONTAINER_HEAD_BYTES of them, or all where it is shorter; borrowed
 *
 * ERR_PACK_SHAPE  no two lines of printable ASCII within their limits (LIMIT_MANIFEST_BYTES,
 * LIMIT_ROOT_CHAIN_BYTES), or no database behind
 */
MUST_USE enum err container_split(struct span head, struct container *out);

#endif
