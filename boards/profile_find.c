/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boards/profile.h"

/* A profile is a page of text. */
#define FILE_MAX 8192u
/* What a device tree says of a machine: a few names, each with a terminator. */
#define TREE_MAX 1024u

/* Read a whole file of at most `size` bytes; false where it is absent or larger. */
static bool load(const char *path, uint8_t *out, size_t size, size_t *len) {
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        return false;
    }
    *len = fread(out, 1, size, file);
    bool whole = *len < size && ferror(file) == 0;
    fclose(file);
    return whole;
}

static int is_profile(const struct dirent *entry) {
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && dot != entry->d_name && strcmp(dot, ".ini") == 0;
}

/* Names without ".ini", sorted, the caller's to free with free_names(). */
static int list(const char *folder, struct dirent ***out) {
    int count = scandir(folder, out, is_profile, alphasort);
    for (int i = 0; i < count; i++) {
        *strrchr((*out)[i]->d_name, '.') = '\0';
    }
    return count < 0 ? 0 : count;
}

static void free_names(struct dirent **names, int count) {
    for (int i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
}

static void complain_absent(const char *folder, const char *name, struct profile_complaint *why) {
    struct dirent **names = NULL;
    int count = list(folder, &names);
    size_t len = (size_t)snprintf(why->text, sizeof why->text,
                                  "%.120s/%.60s.ini: no such board; accepted:", folder, name);
    for (int i = 0; i < count && len < sizeof why->text; i++) {
        len += (size_t)snprintf(why->text + len, sizeof why->text - len, " %.60s", names[i]->d_name);
    }
    free_names(names, count);
}

/* A name that cannot leave the folder. */
static bool is_name(const char *name) {
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return len > 0 && len < PROFILE_TEXT_SIZE && name[len] == '\0';
}

static enum err read_named(const char *folder, const char *name, struct profile *out,
                           struct profile_complaint *why) {
    uint8_t text[FILE_MAX];
    size_t len = 0;
    char path[4096];
    int written = snprintf(path, sizeof path, "%s/%s.ini", folder, name);
    if (!is_name(name) || written < 0 || (size_t)written >= sizeof path ||
        !load(path, text, sizeof text, &len)) {
        complain_absent(folder, name, why);
        return ERR_PROFILE;
    }
    return profile_parse(span_of_bytes(text, len), name, out, why);
}

/* The device tree's list of NUL-terminated names holds this one. */
static bool tree_has(const uint8_t *tree, size_t len, const char *compatible) {
    size_t at = 0;
    while (compatible[0] != '\0' && at < len) {
        size_t entry = strnlen((const char *)tree + at, len - at);
        if (entry == strlen(compatible) && memcmp(tree + at, compatible, entry) == 0) {
            return true;
        }
        at += entry + 1;
    }
    return false;
}

/* The board whose profile fits the device tree; "generic" where there is none. A broken profile is said. */
static enum err find_by_tree(const char *folder, struct profile *out, struct profile_complaint *why) {
    uint8_t tree[TREE_MAX];
    size_t len = 0;
    struct dirent **names = NULL;
    bool has_tree = load("/proc/device-tree/compatible", tree, sizeof tree, &len);
    int count = has_tree ? list(folder, &names) : 0;
    enum err err = ERR_OK;
    bool found = false;
    for (int i = 0; i < count && err == ERR_OK && !found; i++) {
        struct profile profile = {0};
        err = read_named(folder, names[i]->d_name, &profile, why);
        found = err == ERR_OK && tree_has(tree, len, profile.compatible);
        if (found) {
            *out = profile;
        }
    }
    free_names(names, count);
    return found || err != ERR_OK ? err : read_named(folder, "generic", out, why);
}

enum err profile_find(const char *folder, const char *name, struct profile *out,
                      struct profile_complaint *why) {
    return name == NULL ? find_by_tree(folder, out, why) : read_named(folder, name, out, why);
}
