/* temp_folder: a folder of a test's own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_TEMP_FOLDER_H
#define TESTS_LIB_TEMP_FOLDER_H

#include <stdbool.h>

#define TEMP_FOLDER_SIZE 64

/* Make one; its path into `path`. */
bool temp_folder_make(char path[TEMP_FOLDER_SIZE]);

/* Remove it with all that is in it. */
bool temp_folder_remove(const char *path);

#endif
