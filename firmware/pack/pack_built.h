/* pack_built: a database that was built and not signed yet, opened for the people who made it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_PACK_BUILT_H
#define PACK_PACK_BUILT_H

#include "pack/pack.h"

/*
 * Open a database without a manifest: nothing is signed, and pack_info says nothing of it but its size and status lists. For
 * headquarters, to look through what it is about to sign; no program of a kiosk has it (tests/lint/promises.sh).
 *
 * database  open for reading; duplicated
 * out       pack_close it
 *
 * ERR_PACK_READ, ERR_PACK_DAMAGED, ERR_PACK_SCHEMA, ERR_NO_MEMORY
 */
MUST_USE enum err pack_built_open(int database, struct pack **out);

#endif
