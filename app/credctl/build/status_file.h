/* status_file: an issuer's own status list in work: a JSON file with the entries that are set. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_STATUS_FILE_H
#define CREDCTL_BUILD_STATUS_FILE_H

#include <jansson.h>

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/*
 * The file: {"issuer": "did:web:...", "address": "https://...", "purpose": "revocation", "suspension" or "message" (of a Token
 * Status List "token"), "entries": 131072, "bits": 1 (or absent), "set": [the entries that are not zero, ascending: their numbers,
 * or where the bits are more than one [number, value]]}. All zero is none.
 */
struct status_file {
    json_t *json; /* owned */
    struct span issuer, address, purpose;
    bool token; /* of purpose "token": its values say what they mean */
    int64_t entries, bits;
};

/* What the purpose of a Token Status List is called. */
#define STATUS_FILE_TOKEN "token"

/* A new list with no entry set. ERR_STATUS_SHORT, ERR_STATUS_SHAPE (a name is empty or overlong, entries of a size that there
 * is none of), ERR_NO_MEMORY. */
MUST_USE enum err status_file_make(const char *issuer, const char *address, const char *purpose,
                                   int64_t entries, int64_t bits, struct status_file *out);

/* Read one. ERR_STATUS_SHAPE, ERR_STATUS_SHORT, and those of file_read. */
MUST_USE enum err status_file_read(const char *path, struct status_file *out);

/* Write it. ERR_FILE_EXISTS, ERR_FILE_WRITE, ERR_NO_MEMORY. */
MUST_USE enum err status_file_write(const struct status_file *file, const char *path, bool replace);

/* The value of an entry, 0 where there is none. */
uint32_t status_file_value(const struct status_file *file, int64_t index);

/* Give an entry a value; *changed is false where it had it already. ERR_STATUS_INDEX: there is no such entry;
 * ERR_STATUS_VALUE: its bits hold no such value; ERR_NO_MEMORY. */
MUST_USE enum err status_file_set(struct status_file *file, int64_t index, uint32_t value, bool *changed);

/* Bytes of the bitmap. */
size_t status_file_bytes(const struct status_file *file);

/* Append the bitmap, the first entry in the most significant bits. ERR_NO_ROOM: fewer than status_file_bytes are free. */
MUST_USE enum err status_file_bitmap(const struct status_file *file, struct room *out);

/* Release it. */
void status_file_close(struct status_file *file);

#endif
