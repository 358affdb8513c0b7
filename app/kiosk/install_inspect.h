/* install_inspect: what a pack file would change, for the people who decide whether it is installed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_INSTALL_INSPECT_H
#define KIOSK_INSTALL_INSPECT_H

#include "boards/store.h"
#include "pack/pack_open.h"

/* A pack that may be installed. Times are seconds since 1970 UTC. */
struct install_inspect {
    uint64_t seq, root;
    int64_t issued_s, next_update_s, expires_s;
    bool unchanged; /* it is the pack in use */
    bool compared;  /* with the pack in use; false: there is none, or it cannot be read any more */
    uint32_t issuers, added, removed, changed; /* issuers; one has changed when anything of it has */
};

/*
 * Check a pack file as its installation would, and compare it with the pack in use. Nothing is changed.
 *
 * store  the data folder, under store_lock
 * file   the pack file, open for reading; the caller closes it
 *
 * The errors of install_pack, and of difference_walk.
 */
MUST_USE enum err install_inspect_file(const struct store_port *store, int file,
                                       const struct pack_rules *rules, struct install_inspect *out);

#endif
