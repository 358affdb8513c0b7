/* status_file: an issuer's own status list in work: a JSON file with the entries that are set. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_STATUS_FILE_H
#define CREDCTL_BUILD_STATUS_FILE_H

#include <jansson.h>

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/*
 * The file: {"issuer": "did:web:...", "address": "https://...", "purpose": "revocation" or "suspension",
 * "entries": 131072, "set": [the numbers of the entries that are set, ascending]}. All zero is none.
 */
struct status_file {
    json_t *json; /* owned */
    struct span issuer, address, purpose;
    int64_t entries;
};

/* A new list with no entry set. ERR_STATUS_SHORT, ERR_STATUS_SHAPE (a name is empty or overlong),
 * ERR_NO_MEMORY. */
MUST_USE enum err status_file_make(const char *issuer, const char *address, const char *purpose,
                                   int64_t entries, struct status_file *out);

/* Read one. ERR_STATUS_SHAPE, ERR_STATUS_SHORT, and those of file_read. */
MUST_USE enum err status_file_read(const char *path, struct status_file *out);

/* Write it. ERR_FILE_EXISTS, ERR_FILE_WRITE, ERR_NO_MEMORY. */
MUST_USE enum err status_file_write(const struct status_file *file, const char *path, bool replace);

/* Set or clear an entry; *changed is false where it was so already. ERR_STATUS_INDEX: there is no such entry;
 * ERR_NO_MEMORY. */
MUST_USE enum err status_file_set(struct status_file *file, int64_t index, bool value, bool *changed);

/* Append the bitmap. ERR_NO_ROOM: fewer than (entries + 7) / 8 bytes are free. */
MUST_USE enum err status_file_bitmap(const struct status_file *file, struct room *out);

/* Release it. */
void status_file_close(struct status_file *file);

#endif
