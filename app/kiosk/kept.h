/* kept: a small file of the data folder that is replaced as a whole: after a power cut it is the old or the new one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_KEPT_H
#define KIOSK_KEPT_H

#include "boards/store.h"

/* The longest name of such a file. */
#define KEPT_NAME_MAX 32u

/*
 * Write NAME.next, and rename it to NAME when it is on the disk.
 *
 * name  without folders, at most KEPT_NAME_MAX bytes
 *
 * Every error of the store; what was kept before is still there then.
 */
MUST_USE enum err kept_write(const struct store_port *store, const char *name, struct span text);

#endif
