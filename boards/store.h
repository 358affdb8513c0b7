/* store: the port through which files are kept so that a power cut loses nothing that was there. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_STORE_H
#define BOARDS_STORE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/*
 * Files of one data folder. Paths are relative to it, with '/' between, never "..". Each function is one step
 * that a test can make fail, or kill the process behind. ctx belongs to the port.
 *
 * ERR_STORE_MISSING (no such file), ERR_STORE_READ, ERR_STORE_WRITE (also: disk full), ERR_NO_ROOM (larger
 * than out)
 */
struct store_port {
    void *ctx;
    enum err (*read)(void *ctx, const char *path, struct room *out);
    enum err (*make_folder)(void *ctx, const char *path);             /* fine where it exists */
    enum err (*create)(void *ctx, const char *path, int *descriptor); /* emptied where it exists, 0600 */
    enum err (*append)(void *ctx, int descriptor, struct span bytes);
    enum err (*sync)(void *ctx, int descriptor);
    void (*close)(void *ctx, int descriptor);
    enum err (*sync_folder)(void *ctx, const char *path);
    enum err (*rename)(void *ctx, const char *from, const char *to); /* replaces */
    enum err (*remove)(void *ctx, const char *path); /* file or empty folder; fine where it is absent */
    enum err (*open)(void *ctx, const char *path, int *descriptor); /* read-only */
};

/*
 * The store over an open folder: real files. Where board sim left its state in that folder
 * (boards/sim/state.h; another board removes it), steps fail as its script asks. Face has one from
 * board_open; installer and credctl make theirs.
 *
 * folder  a descriptor of the data folder, duplicated; the caller's to close
 *
 * ERR_STORE_READ  not a folder
 * ERR_NO_MEMORY
 */
MUST_USE enum err store_open(int folder, struct store_port *out);

/*
 * Wait until nobody else works in a folder under such a lock, and keep others waiting from then on.
 *
 * folder  a descriptor; borrowed
 * lock    close it to let the next one in; it goes with the process too
 *
 * ERR_STORE_READ  not a folder, or one that cannot be locked
 */
MUST_USE enum err store_lock(int folder, int *lock);

/* Release ctx; takes one that is all zero. */
void store_close(struct store_port *store);

#endif
