/* installed: the trust pack, found and hashed by an installer child, held as open descriptors. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_INSTALLED_H
#define KIOSK_INSTALLED_H

#include "kiosk/service.h"
#include "pack/pack_open.h"

/* database, manifest, roots */
#define INSTALLED_FILES 3u

/* All zero: not looked for yet. */
struct installed {
    bool known;   /* an installer has answered */
    enum err err; /* why there are none, or ERR_OK */
    int files[INSTALLED_FILES];
    size_t file_count; /* INSTALLED_FILES, or 0 */
    struct pack_receipt receipt;
    struct child installer;
    struct child_retry retry;
    int64_t look_ms;     /* when the record of what is installed is looked at next */
    uint64_t stamp_seen; /* what it was then */
};

/*
 * One turn: starts an installer where the record of what is installed has changed, takes its answer, ends
 * it. True: the lists are now known, or others than before.
 */
bool installed_turn(struct installed *installed, struct service *service);

/* End the installer and close the files. */
void installed_close(struct installed *installed);

#endif
