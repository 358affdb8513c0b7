/* SPDX-License-Identifier: Apache-2.0 */
/* stick_find: which of a stick's files are looked at. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boards/stick.h"

#define KEPT_MOST LIMIT_STICK_TOKENS
_Static_assert(LIMIT_STICK_PACKS <= KEPT_MOST, "one array serves both kinds");

static const struct {
    const char *suffix;
    uint32_t most;
    int64_t bytes_max;
} kinds[STICK_KINDS] = {
    [STICK_PACK] = {".tpk", LIMIT_STICK_PACKS, LIMIT_PACK_BYTES},
    [STICK_TOKEN] = {".fresh", LIMIT_STICK_TOKENS, LIMIT_STICK_TOKEN_BYTES},
};

/* A file that may be taken. */
struct candidate {
    char name[NAME_MAX + 1];
    int64_t modified_s;
};

/* The newest of a kind so far. */
struct kept {
    uint32_t count;
    struct candidate list[KEPT_MOST];
};

struct search {
    const struct stick_source *source;
    struct kept kept[STICK_KINDS];
    bool large;
    uint32_t names;
};

static bool ends_in(const char *name, const char *suffix) {
    size_t len = strlen(name), suffix_len = strlen(suffix);
    return len > suffix_len && strcasecmp(name + len - suffix_len, suffix) == 0;
}

/* Newer first; of equal age by name, so that the order of a folder decides nothing. */
static bool before(const struct candidate *a, const struct candidate *b) {
    return a->modified_s != b->modified_s ? a->modified_s > b->modified_s : strcmp(a->name, b->name) < 0;
}

static void keep(struct kept *kept, uint32_t most, const struct candidate *candidate) {
    uint32_t at = kept->count;
    while (at > 0 && before(candidate, &kept->list[at - 1])) {
        at--;
    }
    if (at == most) {
        return;
    }
    kept->count += kept->count < most ? 1 : 0;
    memmove(&kept->list[at + 1], &kept->list[at], (kept->count - 1 - at) * sizeof *kept->list);
    kept->list[at] = *candidate;
}

/* A hidden file is what a desktop left beside the real one. */
static void look_at(struct search *search, const char *name) {
    struct stat status;
    struct candidate candidate = {{0}, 0};
    size_t len = strnlen(name, sizeof candidate.name);
    for (unsigned kind = 0; name[0] != '.' && len < sizeof candidate.name && kind < STICK_KINDS; kind++) {
        if (!ends_in(name, kinds[kind].suffix) ||
            fstatat(search->source->folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(status.st_mode)) {
            continue;
        }
        if (status.st_size > kinds[kind].bytes_max) {
            search->large = true;
            continue;
        }
        memcpy(candidate.name, name, len);
        candidate.modified_s = status.st_mtim.tv_sec;
        keep(&search->kept[kind], kinds[kind].most, &candidate);
    }
}

/* The descriptor goes with the stream, so it is another one than the caller's. */
static enum err search_folder(struct search *search) {
    int folder = openat(search->source->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = folder < 0 ? NULL : fdopendir(folder);
    if (names == NULL) {
        if (folder >= 0) {
            close(folder);
        }
        return ERR_STICK_READ;
    }
    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(names)) != NULL && search->names <= LIMIT_STICK_NAMES) {
        search->names++;
        look_at(search, entry->d_name);
        errno = 0;
    }
    bool failed = entry == NULL && errno != 0;
    (void)closedir(names);
    return failed ? ERR_STICK_READ : search->names > LIMIT_STICK_NAMES ? ERR_STICK_CROWDED : ERR_OK;
}

/* Between the look at a name and its opening the stick may have changed: what is open is looked at again. */
static int open_file(const struct stick_source *source, const char *name) {
    struct stat status;
    int file = openat(source->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file >= 0 && (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(file);
        file = -1;
    }
    return file;
}

static void open_kind(const struct search *search, enum stick_kind kind, struct stick_found *out) {
    uint32_t *count = kind == STICK_PACK ? &out->packs : &out->tokens;
    for (uint32_t i = 0; i < search->kept[kind].count; i++) {
        int file = open_file(search->source, search->kept[kind].list[i].name);
        if (file >= 0) {
            out->files[out->packs + out->tokens] = file;
            (*count)++;
        } else {
            out->err = ERR_STICK_READ;
        }
    }
}

enum err stick_find(const struct stick_source *source, struct stick_found *out) {
    struct search *search = calloc(1, sizeof *search);
    struct stick_found found = {0};
    if (search == NULL) {
        return ERR_NO_MEMORY;
    }
    search->source = source;
    enum err err = search_folder(search);
    if (err == ERR_OK) {
        found.err = search->large ? ERR_STICK_LARGE : ERR_OK;
        open_kind(search, STICK_PACK, &found);
        open_kind(search, STICK_TOKEN, &found);
    }
    free(search);
    TRY(err);
    if (found.packs + found.tokens == 0) {
        return found.err == ERR_OK ? ERR_STICK_EMPTY : found.err;
    }
    *out = found;
    return ERR_OK;
}

void stick_close(struct stick_found *found) {
    for (uint32_t i = 0; i < found->packs + found->tokens; i++) {
        close(found->files[i]);
    }
    *found = (struct stick_found){0};
}
