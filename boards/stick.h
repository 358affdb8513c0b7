/* stick: what somebody brought on a USB stick, copied into the data folder before anything looks into it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_STICK_H
#define BOARDS_STICK_H

#include <limits.h>
#include <sys/types.h>

#include "base/limits.h"
#include "boards/store.h"

/*
 * Below the data folder:
 *   stick/status              how far it is, one line (stick_status_read)
 *   stick/pack-0, -1, ...     trust packs, the newest on the stick first
 *   stick/token-0, -1, ...    freshness tokens, likewise
 *   stick/part                what is being copied; nothing in it counts
 *
 * Names, times and contents of a stick are its maker's and believed in nothing: the copies get names of our own, only
 * regular files in the stick's root folder are taken, and which of the packs is signed, and the newest, is for others
 * to find out.
 */
#define STICK_FOLDER "stick"

enum stick_step {
    STICK_NONE = 0, /* there is none */
    STICK_READING,  /* leave it in */
    STICK_READY,    /* everything is copied; the stick is not needed any more */
    STICK_FAILED    /* nothing was taken; `err` says why; the stick is not needed any more */
};

/* All zero: no stick. */
struct stick_status {
    enum stick_step step;
    enum err err;
    uint32_t packs, tokens; /* copies that are there when READY */
};

/* Where a stick's files are read. Zero read is the system's. */
struct stick_source {
    int folder; /* the root folder, open for reading; borrowed */
    ssize_t (*read)(void *ctx, int file, void *bytes, size_t len); /* as read(2) */
    void *ctx;
};

/* The files that were chosen, open; the newest first, packs before tokens. All zero: none. */
struct stick_found {
    uint32_t packs, tokens;
    enum err err; /* why something that looked like a pack or token was left, or ERR_OK */
    int files[LIMIT_STICK_PACKS + LIMIT_STICK_TOKENS];
};

/* What a stick may bring. */
enum stick_kind { STICK_PACK = 0, STICK_TOKEN, STICK_KINDS };

/*
 * Choose among a stick's files: names that end in .tpk or .fresh (in any case), not hidden ones; regular files, no
 * symbolic links, not larger than their kind may be; of each kind the newest few. stick_close it.
 *
 * ERR_STICK_READ     the folder cannot be read to the end
 * ERR_STICK_CROWDED  more than LIMIT_STICK_NAMES names in it
 * ERR_STICK_LARGE    whatever looked like a pack or token is too large
 * ERR_STICK_EMPTY    nothing looked like one
 */
MUST_USE enum err stick_find(const struct stick_source *source, struct stick_found *out);

/*
 * Copy what was found, each under a temporary name first, and tell the status. What an earlier stick brought is
 * removed before. After an error nothing of this stick is there either.
 *
 * store  the data folder
 *
 * ERR_STICK_READ   a file cannot be read to its end, or is another one than it was: it was pulled out
 * ERR_STICK_SPACE  the disk has not room for it and for its installation
 * ERR_STORE_WRITE
 */
MUST_USE enum err stick_copy(const struct store_port *store, const struct stick_source *source,
                             const struct stick_found *found);

/* Close the files. */
void stick_close(struct stick_found *found);

/* stick_copy, close the files, and say that all is ready, or why not. The errors of stick_copy, and ERR_STORE_WRITE. */
MUST_USE enum err stick_keep(const struct store_port *store, const struct stick_source *source,
                             struct stick_found *found);

/* Say that a stick brought nothing, and why. Gives `err`, or ERR_STORE_WRITE. */
MUST_USE enum err stick_fail(const struct store_port *store, enum err err);

/* All of it: say that a stick is read, find, keep. Their errors; the status tells them, too. */
MUST_USE enum err stick_take(const struct store_port *store, const struct stick_source *source);

/* The stick was pulled out: what it brought stays until somebody has looked at it, all else is forgotten.
 * ERR_STORE_WRITE. */
MUST_USE enum err stick_gone(const struct store_port *store);

/* Write the status. ERR_STORE_WRITE. */
MUST_USE enum err stick_say(const struct store_port *store, const struct stick_status *status);

/* Read the status; STICK_NONE where there is none. ERR_STORE_READ: it cannot be read, or is none of ours. */
MUST_USE enum err stick_status_read(const struct store_port *store, struct stick_status *out);

/* The path of a copy below the data folder; `index` from 0. */
void stick_path(enum stick_kind kind, uint32_t index, char out[32]);

/* Forget the stick: remove its copies and its status. ERR_STORE_WRITE. */
MUST_USE enum err stick_forget(const struct store_port *store);

/*
 * Wait until nobody else works on a stick, and keep others waiting from then on. Whoever calls one of the functions above
 * that write holds it.
 *
 * data  a descriptor of the data folder; borrowed
 * lock  close it to let the next one in; it goes with the process too
 *
 * ERR_STORE_WRITE  there is no folder for sticks, and none can be made
 */
MUST_USE enum err stick_lock(int data, int *lock);

/* The same without waiting; false: somebody holds it, or there is no folder. Where nobody does, a stick that is being
 * read never will be to its end. */
bool stick_try_lock(int data, int *lock);

/*
 * Open the file system of a block device, read-only, without devices, programs or set-uid, where no process but this one
 * can reach it: it has no place in any tree of folders, and is gone when the descriptor is closed, or the process dies.
 * Needs CAP_SYS_ADMIN.
 *
 * folder  its root folder; the caller closes it
 *
 * ERR_STICK_MOUNT  no block device, or none of the file systems that a stick may have: vfat, exfat, ext4
 */
MUST_USE enum err stick_mount(const char *device, int *folder);

#endif
