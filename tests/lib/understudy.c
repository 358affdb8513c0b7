/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/understudy.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/check.h"

#define READER_NAME "credkiosk-reader"

/* The link beside this program; ended where this program's own path cannot be read. */
static void link_path(char out[PATH_MAX]) {
    char self[PATH_MAX - 64];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0) {
        _exit(1);
    }
    self[len] = 0;
    const char *slash = strrchr(self, '/');
    snprintf(out, PATH_MAX, "%.*s/" READER_NAME, (int)(slash - self), self);
}

static FILE *open_part(const char *mode) {
    char path[PATH_MAX], name[PATH_MAX + 8];
    link_path(path);
    snprintf(name, sizeof name, "%s.part", path);
    return fopen(name, mode);
}

bool understudy_part(int argc, char **argv, char part[UNDERSTUDY_PART_MAX]) {
    if (argc < 1 || strstr(argv[0], READER_NAME) == NULL) {
        return false;
    }
    FILE *file = open_part("r");
    if (file == NULL || fgets(part, UNDERSTUDY_PART_MAX, file) == NULL) {
        _exit(1);
    }
    fclose(file);
    return true;
}

int understudy_put_beside(void **state) {
    (void)state;
    char self[PATH_MAX - 64], path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0) {
        return -1;
    }
    self[len] = 0;
    link_path(path);
    unlink(path);
    return symlink(self, path);
}

int understudy_take_away(void **state) {
    (void)state;
    char path[PATH_MAX], name[PATH_MAX + 8];
    link_path(path);
    snprintf(name, sizeof name, "%s.part", path);
    (void)unlink(name);
    return unlink(path);
}

void understudy_set_part(const char *part) {
    FILE *file = open_part("w");
    assert_non_null(file);
    assert_true(fputs(part, file) >= 0);
    assert_int_equal(fclose(file), 0);
}
