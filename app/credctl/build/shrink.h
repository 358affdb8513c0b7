/* shrink: what is about to be signed against what was signed last, so that a list does not shrink unnoticed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_SHRINK_H
#define CREDCTL_BUILD_SHRINK_H

#include "pack/difference.h"

/* The database of the pack that a workspace signed last. */
#define SHRINK_SIGNED "signed.db"

/*
 * Compare a built database with the one that was signed last.
 *
 * lists  open for reading
 * out    all zero where nothing was signed yet
 *
 * ERR_PACK_*, ERR_FILE_READ: one of the two is none that was built for a pack
 * and those of difference_walk
 */
MUST_USE enum err shrink_compare(const char *folder, int lists, const struct difference_listener *listener,
                                 struct difference *out);

/* Keep a database as the one that was signed last. ERR_FILE_READ, ERR_FILE_WRITE, ERR_NO_ROOM. */
MUST_USE enum err shrink_keep(const char *folder, int lists);

#endif
