/* file: whole files read within a limit, and written so that no reader ever sees half of one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_FILE_H
#define CREDCTL_FILE_H

#include <limits.h>
#include <signal.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* How a file is written. */
struct file_how {
    bool replace; /* an existing file may be replaced (-f) */
    bool secret;  /* its owner alone may read it (0600) */
};

/*
 * Read a whole file; "-" is standard input.
 *
 * max_bytes  a longer one is refused
 * out        memory of its own: file_release it
 *
 * ERR_FILE_MISSING  there is no such file
 * ERR_FILE_READ     it cannot be opened or read, or is a folder
 * ERR_FILE_LARGE    longer than max_bytes
 * ERR_NO_MEMORY
 */
MUST_USE enum err file_read(const char *path, size_t max_bytes, struct room *out);

/* Overwrite and release what file_read gave; zeroes it. */
void file_release(struct room *room);

/*
 * Write a whole file at once: under a temporary name beside it, synced, then given its name. "-" is standard
 * output. Ctrl-C meanwhile leaves neither a half file nor a temporary one.
 *
 * ERR_FILE_EXISTS  it is there, and how.replace is not set
 * ERR_FILE_WRITE   it cannot be made or written; nothing is left behind
 */
MUST_USE enum err file_write(const char *path, struct span bytes, struct file_how how);

/*
 * Keep other runs of credctl out of a folder in which files are read, changed and written back: wait until
 * they are done. close(*lock) lets the next one in, as does the end of the process.
 *
 * ERR_FILE_MISSING  there is no such folder
 * ERR_FILE_READ     it cannot be opened or locked
 */
MUST_USE enum err file_lock_folder(const char *folder, int *lock);

/* The same for the folder in which a file lies. */
MUST_USE enum err file_lock_beside(const char *path, int *lock);

/* A file that grows piece by piece before it gets its name. All zero is none. Not for "-". */
struct file_draft {
    bool open;
    int descriptor; /* for whoever fills it otherwise; position and length are theirs */
    struct file_how how;
    sigset_t signals; /* what was blocked before */
    char path[PATH_MAX];
    char temporary[PATH_MAX];
};

/*
 * Begin a file. Until it is committed or dropped, SIGINT, SIGTERM and SIGHUP wait; file_draft_append lets
 * them end the process, after the draft was removed.
 *
 * ERR_FILE_EXISTS, ERR_FILE_WRITE
 */
MUST_USE enum err file_draft_open(const char *path, struct file_how how, struct file_draft *out);

/* Append bytes. ERR_FILE_WRITE: drop the draft. */
MUST_USE enum err file_draft_append(struct file_draft *draft, struct span bytes);

/* Sync it and give it its name. It is closed in either case. ERR_FILE_EXISTS, ERR_FILE_WRITE. */
MUST_USE enum err file_draft_commit(struct file_draft *draft);

/* Remove a draft that is given up; takes one that is zero or committed. */
void file_draft_drop(struct file_draft *draft);

#endif
