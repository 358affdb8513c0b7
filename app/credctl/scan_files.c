/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/scan_files.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static enum err append(struct scan_files *files, const char *path) {
    if (files->count == SCAN_FILES_MAX) {
        return ERR_FILE_LARGE;
    }
    if (files->count == files->room) {
        size_t room = files->room * 2 + 64;
        char **larger = reallocarray(files->paths, room, sizeof *larger);
        if (larger == NULL) {
            return ERR_NO_MEMORY;
        }
        files->paths = larger;
        files->room = room;
    }
    char *copy = strdup(path);
    if (copy == NULL) {
        return ERR_NO_MEMORY;
    }
    files->paths[files->count++] = copy;
    return ERR_OK;
}

static int is_picture(const struct dirent *entry) {
    static const char *const ends[] = {".jpg", ".jpeg", ".png", ".pgm"};
    const char *end = strrchr(entry->d_name, '.');
    for (size_t i = 0; end != NULL && i < sizeof ends / sizeof *ends; i++) {
        if (strcasecmp(end, ends[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* By bytes, whatever the locale. */
static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static enum err append_folder(struct scan_files *files, const char *folder) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_picture, by_name);
    enum err err = count < 0 ? ERR_FILE_READ : count == 0 ? ERR_FILE_MISSING : ERR_OK;
    for (int i = 0; i < count; i++) {
        char path[PATH_MAX];
        if (err == ERR_OK) {
            bool fits = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name) < (int)sizeof path;
            err = fits ? append(files, path) : ERR_FILE_READ;
        }
        free(entries[i]);
    }
    free(entries);
    return err;
}

enum err scan_files_add(struct scan_files *files, const char *path) {
    struct stat status;
    if (strcmp(path, "-") != 0 && stat(path, &status) != 0) {
        return ERR_FILE_MISSING;
    }
    bool folder = strcmp(path, "-") != 0 && S_ISDIR(status.st_mode);
    return folder ? append_folder(files, path) : append(files, path);
}

void scan_files_close(struct scan_files *files) {
    for (size_t i = 0; i < files->count; i++) {
        free(files->paths[i]);
    }
    free(files->paths);
    *files = (struct scan_files){0};
}
