/* scan_files: the pictures that the words of `credctl scan` name: files, and those in folders by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_SCAN_FILES_H
#define CREDCTL_SCAN_FILES_H

#include <stddef.h>

#include "base/err.h"

/* Pictures of one scan. */
#define SCAN_FILES_MAX 100000u

/* Paths, owned. All zero is none. */
struct scan_files {
    char **paths;
    size_t count, room;
};

/*
 * Append a file, or of a folder the files in it that are called *.jpg, *.jpeg, *.png or *.pgm, in the order
 * of their names' bytes.
 *
 * ERR_FILE_MISSING  there is no such file or folder, or a folder has no pictures
 * ERR_FILE_READ     the folder cannot be read
 * ERR_FILE_LARGE    more than SCAN_FILES_MAX
 * ERR_NO_MEMORY
 */
MUST_USE enum err scan_files_add(struct scan_files *files, const char *path);

/* Release them; takes none. */
void scan_files_close(struct scan_files *files);

#endif
