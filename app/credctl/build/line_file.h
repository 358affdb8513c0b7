/* line_file: a text file read line by line, of any length, in bounded memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_LINE_FILE_H
#define CREDCTL_BUILD_LINE_FILE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/room.h"
#include "crypto/crypto.h"

/* Bytes of one line: an issuer with all of its keys, as a file of its own may have. */
#define LINE_FILE_MAX (1024u * 1024u)

/* A file being read. All zero is none. */
struct line_file {
    bool open;
    int descriptor;
    struct room buffer; /* what was read and not yet given out begins at `at` */
    size_t at;
    uint64_t offset;          /* in the file, of the line that was given last */
    uint64_t behind;          /* in the file, of what follows it */
    struct crypto_hash *hash; /* takes all bytes as they are read, where it is not NULL; borrowed */
};

/* Open a file. ERR_FILE_MISSING, ERR_FILE_READ, ERR_NO_MEMORY. */
MUST_USE enum err line_file_open(const char *path, struct line_file *out);

/*
 * The next line, without its line feed; borrowed until the next call. *found is false behind the last one.
 *
 * ERR_FILE_LARGE  it is longer than LINE_FILE_MAX
 * ERR_FILE_READ, ERR_CRYPTO_FAILED
 */
MUST_USE enum err line_file_next(struct line_file *file, bool *found, struct span *line);

/* Release it; takes one that is zero. */
void line_file_close(struct line_file *file);

#endif
