/* linux_store: the store over real files, relative to one folder. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_LINUX_LINUX_STORE_H
#define BOARDS_LINUX_LINUX_STORE_H

#include "boards/store.h"

/* A store over `folder`, a descriptor that is duplicated. ERR_STORE_READ (not a folder), ERR_NO_MEMORY. */
MUST_USE enum err linux_store_open(int folder, struct store_port *out);

/* Release ctx; takes one that is all zero. */
void linux_store_close(struct store_port *store);

#endif
