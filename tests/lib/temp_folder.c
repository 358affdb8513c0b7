/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/temp_folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

bool temp_folder_make(char path[TEMP_FOLDER_SIZE]) {
    snprintf(path, TEMP_FOLDER_SIZE, "/tmp/credkiosk-test-XXXXXX");
    return mkdtemp(path) != NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

bool temp_folder_remove(const char *path) {
    return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
}
