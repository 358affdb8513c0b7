/* power_store: real files on a disk that keeps only what was synced: what lies there after the power went. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_POWER_STORE_H
#define TESTS_LIB_POWER_STORE_H

#include <stdbool.h>

#include "boards/store.h"

/* What a disk keeps of that which nobody asked it to sync. */
enum power_disk {
    POWER_LOSES_ALL = 0, /* neither new names nor new contents */
    POWER_KEEPS_NAMES,   /* files made, renamed and removed, but none of their new contents */
    POWER_DISKS
};

/*
 * A store over a folder; what lies there counts as synced. From step `cut_at` on (steps count as in faulty_store) the
 * power is off: nothing is done any more, and every step and reading fails. 0: it stays on.
 *
 * folder  a descriptor; borrowed, until power_store_close
 */
void power_store_open(int folder, unsigned cut_at, struct store_port *out);

/* Steps that were asked for; and whether the power went. */
unsigned power_store_steps(const struct store_port *store);
bool power_store_is_off(const struct store_port *store);

/* Write what such a disk holds now into another, empty folder. */
void power_store_keep(const struct store_port *store, enum power_disk disk, int folder);

/* Release it. */
void power_store_close(struct store_port *store);

#endif
