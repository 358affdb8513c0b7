/* import_file: an imported list as a workspace keeps it, FOLDER/imports/NAME.jsonl: what the published list was, then an issuer a
 * line. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_IMPORT_FILE_H
#define CREDCTL_BUILD_IMPORT_FILE_H

#include <jansson.h>
#include <limits.h>

#include "base/limits.h"
#include "base/room.h"
#include "credctl/build/line_file.h"

/*
 * The first line:
 *   {"format": "lote", "name": "eu", "url": "https://..." or "", "sha256": "...", "signer": "..." or "", "unsigned": false,
 *    "seq": 7, "issued": "2026-...Z" or "", "next_update": "2026-...Z" or "", "imported": "2026-...Z"}
 * Each further line: an issuer in the form of issuer_file.h on one line, "source" being the list's name; each of its keys has
 * "source", and "since": when an import first brought it.
 */
#define IMPORT_FILE_FOLDER "imports"
/* Characters of a list's name: letters, digits, '.', '-' and '_', not a dot first. */
#define IMPORT_FILE_NAME_MAX 64u
/* A signer's name or address, and where a list was published. */
#define IMPORT_FILE_TEXT_SIZE (LIMIT_NAME_BYTES + 1u)

/* What a published list is. All zero: unsigned, and says nothing of itself. */
struct import_file_source {
    bool is_signed;                     /* its signature was checked and is right */
    char signer[IMPORT_FILE_TEXT_SIZE]; /* by whom, as people know them; "" where nobody */
    char format[IMPORT_FILE_NAME_MAX + 1];
    char name[IMPORT_FILE_NAME_MAX + 1];
    char url[IMPORT_FILE_TEXT_SIZE]; /* where it was published, or "" */
    char sha256[2 * CRYPTO_SHA256_BYTES +
                1];                  /* of the published file in hex; of several: of their hashes in a row */
    int64_t seq;                     /* the list's own number; 0: it has none */
    int64_t issued_s, next_update_s; /* seconds since 1970 UTC; 0: it says nothing */
    int64_t imported_s;              /* when headquarters read it */
};

/* An import file being written. */
struct import_file;

/* Whether a list may be called so. */
bool import_file_may_be_called(struct span name);

/* "FOLDER/imports/NAME.jsonl". ERR_NO_ROOM. */
MUST_USE enum err import_file_path(const char *folder, const char *name, char out[PATH_MAX]);

/*
 * Begin a list of a workspace. What is kept under the name stays until import_file_finish. Changes of the workspace are for one
 * run at a time: lock it first.
 *
 * imported_s  seconds since 1970 UTC: the "since" of keys that are new
 * out         import_file_close it
 *
 * ERR_IMPORT_FILE  what is kept under the name is malformed
 * ERR_FILE_READ, ERR_FILE_WRITE, ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err import_file_begin(const char *folder, const char *name, int64_t imported_s,
                                    struct import_file **out);

/*
 * Add an issuer, which is fit to be listed. Sets its "source", and "source" and "since" of its keys.
 *
 * ERR_FILE_LARGE, ERR_JSON_TOO_MANY  it has more than a line can hold
 * ERR_ISSUER_FILE, ERR_FILE_WRITE, ERR_NO_MEMORY, and those of issuer_file_key
 */
MUST_USE enum err import_file_add(struct import_file *file, json_t *issuer);

/* What is kept under the name; NULL where nothing is. Lives as long as the file. */
const struct import_file_source *import_file_before(const struct import_file *file);
/* How many issuers that list has. */
uint64_t import_file_issuers_before(const struct import_file *file);

/*
 * Put it in the place of what is kept, as a whole or not at all.
 *
 * source  what the first line says; `name` and `imported_s` are filled in here
 *
 * ERR_IMPORT_TAKEN  the kept list is of another format or from another address
 * ERR_IMPORT_OLDER  its number or its date of issue is above this one's
 * ERR_FILE_WRITE, ERR_NO_MEMORY
 */
MUST_USE enum err import_file_finish(struct import_file *file, const struct import_file_source *source);

/* Release it; what was not finished leaves nothing behind. Takes NULL. */
void import_file_close(struct import_file *file);

/* An import file being read. All zero is none. */
struct import_file_reading {
    struct line_file lines;
    struct import_file_source source;
};

/*
 * Open one, and read its first line.
 *
 * ERR_IMPORT_FILE  malformed, or a first line of another form
 * ERR_FILE_MISSING, ERR_FILE_READ, ERR_FILE_LARGE, ERR_NO_MEMORY
 */
MUST_USE enum err import_file_open(const char *path, struct import_file_reading *out);

/*
 * The next issuer, json_decref it; NULL behind the last one. It is an object with an identifier; whatever else it must have,
 * issuer_file_check says. reading->lines.offset is where its line begins.
 *
 * ERR_IMPORT_FILE  the line is none
 * ERR_FILE_READ, ERR_FILE_LARGE, ERR_NO_MEMORY, ERR_JSON_*
 */
MUST_USE enum err import_file_next(struct import_file_reading *reading, json_t **out);

/* One line of such a file, as it was found before. ERR_IMPORT_FILE, ERR_JSON_*, ERR_NO_MEMORY. */
MUST_USE enum err import_file_line(struct span line, json_t **out);

/* Release it. */
void import_file_end(struct import_file_reading *reading);

#endif
