/* install_slots: the record of the accepted pack, kept twice outside the pack folder, so that no older one
 * comes back. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_INSTALL_SLOTS_H
#define KIOSK_INSTALL_SLOTS_H

#include <stdbool.h>

#include "boards/store.h"

#define INSTALL_SLOTS_HASH_BYTES 32u

/* What is recorded of the accepted pack. */
struct install_slots_record {
    uint64_t counter; /* grows with each record */
    uint64_t root, seq;
    uint64_t roots_bytes;                           /* pack_info.roots_bytes */
    uint8_t roots_sha256[INSTALL_SLOTS_HASH_BYTES]; /* pack_info.roots_sha256 */
    uint8_t id[INSTALL_SLOTS_HASH_BYTES];           /* pack_info.id */
};

/* Both slots as they were found. All zero: there is none. */
struct install_slots {
    bool present[2]; /* a file is there */
    bool whole[2];   /* and its checksum is right */
    struct install_slots_record records[2];
};

/* Read both slots; missing and damaged ones are no error. ERR_STORE_READ: one is there and cannot be read. */
MUST_USE enum err install_slots_read(const struct store_port *store, struct install_slots *out);

/* The newer whole one, or NULL. */
const struct install_slots_record *install_slots_newest(const struct install_slots *slots);

/*
 * Write a record into the slot that does not hold the newest one, and sync it; afterwards it is the newest.
 * The counter is set here. Killed meanwhile, the other slot is still as it was. ERR_STORE_WRITE.
 */
MUST_USE enum err install_slots_write(const struct store_port *store, struct install_slots *slots,
                                      const struct install_slots_record *record);

#endif
