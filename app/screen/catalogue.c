/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/catalogue.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/room.h"
#include "base/utf8.h"

#define MAGIC       0x950412deu
#define HEADER_SIZE 28u

static uint32_t word_at(const struct catalogue *c, size_t at) {
    uint32_t word;
    memcpy(&word, c->file.ptr + at, sizeof word);
    return c->swapped ? __builtin_bswap32(word) : word;
}

/* Entry `index` of a table of (length, offset); false when it reaches outside or lacks its last zero byte. */
static bool entry(const struct catalogue *c, uint32_t table_at, uint32_t index, struct span *out) {
    size_t at = (size_t)table_at + (size_t)index * 8;
    uint32_t len = word_at(c, at), from = word_at(c, at + 4);
    if (from >= c->file.len || len >= c->file.len - from || c->file.ptr[from + len] != 0) {
        return false;
    }
    *out = (struct span){c->file.ptr + from, len};
    return true;
}

/* Byte order of two keys; a plural entry's key ends at its first zero byte. */
static int compare(struct span a, struct span b) {
    return span_order(span_slice(a, 0, span_find(a, 0, 0)), span_slice(b, 0, span_find(b, 0, 0)));
}

static bool table_fits(const struct catalogue *c, uint32_t at) {
    return at <= c->file.len && c->count <= (c->file.len - at) / 8;
}

static bool entries_are_sound(const struct catalogue *c) {
    struct span previous = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        struct span key, text;
        if (!entry(c, c->keys_at, i, &key) || !entry(c, c->texts_at, i, &text) || !utf8_valid(text) ||
            (i > 0 && compare(previous, key) >= 0)) {
            return false;
        }
        previous = key;
    }
    return true;
}

enum err catalogue_read(enum language language, struct span file, struct catalogue *out) {
    struct catalogue c = {.language = language, .file = file};
    if (file.len < HEADER_SIZE) {
        return ERR_CATALOGUE_DAMAGED;
    }
    c.swapped = word_at(&c, 0) != MAGIC;
    if (word_at(&c, 0) != MAGIC || word_at(&c, 4) >> 16 > 1) {
        return ERR_CATALOGUE_DAMAGED;
    }
    c.count = word_at(&c, 8);
    c.keys_at = word_at(&c, 12);
    c.texts_at = word_at(&c, 16);
    if (!table_fits(&c, c.keys_at) || !table_fits(&c, c.texts_at) || !entries_are_sound(&c)) {
        return ERR_CATALOGUE_DAMAGED;
    }
    *out = c;
    return ERR_OK;
}

/* The whole of an open file, into memory of its own. */
static enum err read_whole(int fd, struct room *out) {
    struct stat about;
    if (fstat(fd, &about) != 0 || about.st_size < 0 || about.st_size > (off_t)CATALOGUE_BYTES_MAX) {
        return ERR_FILE_READ;
    }
    size_t size = (size_t)about.st_size;
    uint8_t *bytes = malloc(size + 1);
    if (bytes == NULL) {
        return ERR_NO_MEMORY;
    }
    size_t got = 0;
    while (got < size) {
        ssize_t n = read(fd, bytes + got, size - got);
        if (n <= 0) {
            free(bytes);
            return ERR_FILE_READ;
        }
        got += (size_t)n;
    }
    *out = (struct room){bytes, size + 1, size};
    return ERR_OK;
}

enum err catalogue_load(const char *folder, enum language language, struct catalogue *out) {
    if (language == LANGUAGE_ENGLISH) {
        *out = (struct catalogue){0};
        return ERR_OK;
    }
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/%s.mo", folder, language_code(language));
    if (len < 0 || (size_t)len >= sizeof path) {
        return ERR_FILE_READ;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return ERR_FILE_READ;
    }
    struct room file = {0};
    enum err err = read_whole(fd, &file);
    close(fd);
    if (err == ERR_OK) {
        err = catalogue_read(language, room_span(&file), out);
        if (err != ERR_OK) {
            free(file.ptr);
        } else {
            out->owned = file.ptr;
        }
    }
    return err;
}

void catalogue_close(struct catalogue *catalogue) {
    free(catalogue->owned);
    *catalogue = (struct catalogue){0};
}

/* The text filed under a key; empty when there is none. */
static struct span find(const struct catalogue *c, const char *key) {
    uint32_t low = 0, high = c == NULL ? 0 : c->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct span at;
        if (!entry(c, c->keys_at, middle, &at)) {
            break;
        }
        int order = compare(span_of_text(key), at);
        if (order == 0) {
            return entry(c, c->texts_at, middle, &at) ? at : (struct span){0};
        }
        low = order < 0 ? low : middle + 1;
        high = order < 0 ? middle : high;
    }
    return (struct span){0};
}

struct span catalogue_text(const struct catalogue *catalogue, const char *english) {
    struct span text = *english == 0 ? (struct span){0} : find(catalogue, english);
    text = span_slice(text, 0, span_find(text, 0, 0));
    return text.len == 0 ? span_of_text(english) : text;
}

struct span catalogue_plural(const struct catalogue *catalogue, const char *one, const char *many,
                             uint64_t n) {
    struct span forms = find(catalogue, one);
    unsigned form = catalogue == NULL ? 0 : language_plural_form(catalogue->language, n);
    for (; form > 0 && forms.len > 0; form--) {
        size_t end = span_find(forms, 0, 0);
        forms = span_slice(forms, end + 1, forms.len);
    }
    forms = span_slice(forms, 0, span_find(forms, 0, 0));
    return forms.len == 0 ? span_of_text(n == 1 ? one : many) : forms;
}
