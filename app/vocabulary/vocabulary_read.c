/* SPDX-License-Identifier: Apache-2.0 */
/* vocabulary_read: files to a bundle. It parses no table, so that face can do it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "vocabulary/vocabulary.h"

#define HASH_DIGITS (2 * CRYPTO_SHA256_BYTES)

/* The rest of a file, appended. False: it cannot be read, or does not fit. */
static bool read_rest(int file, struct room *out) {
    for (;;) {
        if (out->len == out->cap) {
            uint8_t more = 0;
            return read(file, &more, 1) == 0;
        }
        ssize_t got = read(file, out->ptr + out->len, out->cap - out->len);
        if (got == 0) {
            return true;
        }
        if (got < 0 && errno != EINTR) {
            return false;
        }
        out->len += got < 0 ? 0 : (size_t)got;
    }
}

/* ERR_FILE_READ, ERR_NO_ROOM */
static enum err read_file(int folder, const char *name, struct room *out) {
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return ERR_FILE_READ;
    }
    bool whole = read_rest(file, out);
    close(file);
    return whole ? ERR_OK : out->len == out->cap ? ERR_NO_ROOM : ERR_FILE_READ;
}

static bool has_hash(struct span bytes, struct span digits, enum err *err) {
    static const char alphabet[] = "0123456789abcdef";
    uint8_t hash[CRYPTO_SHA256_BYTES];
    *err = crypto_sha256(bytes, hash);
    bool same = *err == ERR_OK;
    for (size_t i = 0; same && i < sizeof hash; i++) {
        same = digits.ptr[2 * i] == alphabet[hash[i] >> 4] && digits.ptr[2 * i + 1] == alphabet[hash[i] & 15];
    }
    return same;
}

/* A table behind its length. */
static enum err append(int folder, const char *name, struct span digits, struct room *bundle) {
    static const uint8_t no_length[VOCABULARY_LENGTH_BYTES] = {0};
    TRY(room_put(bundle, span_of_bytes(no_length, sizeof no_length)));
    size_t begin = bundle->len;
    enum err err = read_file(folder, name, bundle);
    if (err != ERR_OK) {
        return err == ERR_FILE_READ ? ERR_VOCABULARY_MISSING : err;
    }
    struct span table = span_of_bytes(bundle->ptr + begin, bundle->len - begin);
    for (size_t i = 0; i < VOCABULARY_LENGTH_BYTES; i++) {
        bundle->ptr[begin - VOCABULARY_LENGTH_BYTES + i] =
            (uint8_t)(table.len >> 8 * (VOCABULARY_LENGTH_BYTES - 1 - i));
    }
    bool same = has_hash(table, digits, &err);
    return err != ERR_OK ? err : same ? ERR_OK : ERR_VOCABULARY_DAMAGED;
}

/* A line of the list: a hash, two blanks, the name of a file of this folder. */
static enum err take_line(int folder, struct span line, struct room *bundle,
                          struct vocabulary_complaint *why) {
    struct span name = span_slice(line, HASH_DIGITS + 2, line.len);
    bool shaped = line.len > HASH_DIGITS + 2 && line.ptr[HASH_DIGITS] == ' ' &&
                  line.ptr[HASH_DIGITS + 1] == ' ' && name.len < VOCABULARY_NAME_SIZE &&
                  span_find(name, '/', 0) == name.len && span_find(name, '\0', 0) == name.len;
    if (!shaped) {
        return ERR_VOCABULARY_LIST;
    }
    memcpy(why->name, name.ptr, name.len);
    why->name[name.len] = 0;
    return append(folder, why->name, span_slice(line, 0, HASH_DIGITS), bundle);
}

static enum err read_tables(int folder, struct span list, struct room *bundle,
                            struct vocabulary_complaint *why) {
    enum err err = list.len > 0 ? ERR_OK : ERR_VOCABULARY_LIST;
    for (size_t at = 0; err == ERR_OK && at < list.len;) {
        size_t end = span_find(list, '\n', at);
        err = end < list.len ? take_line(folder, span_slice(list, at, end - at), bundle, why)
                             : ERR_VOCABULARY_LIST;
        at = end + 1;
    }
    if (err == ERR_VOCABULARY_LIST) {
        snprintf(why->name, sizeof why->name, VOCABULARY_LIST);
    }
    return err;
}

/* List and tables, into memory that is there for either. */
static enum err read_all(int folder, struct room *list, struct room *bundle,
                         struct vocabulary_complaint *why) {
    snprintf(why->name, sizeof why->name, VOCABULARY_LIST);
    if (list->ptr == NULL || bundle->ptr == NULL) {
        return ERR_NO_MEMORY;
    }
    if (folder < 0 || read_file(folder, VOCABULARY_LIST, list) != ERR_OK) {
        return ERR_VOCABULARY_LIST;
    }
    return read_tables(folder, room_span(list), bundle, why);
}

enum err vocabulary_read(const char *folder, struct room *bundle, struct vocabulary_complaint *why) {
    static const size_t list_bytes = LIMIT_SHELF_CONTEXTS * (HASH_DIGITS + 3 + VOCABULARY_NAME_SIZE);
    struct room list = room_over(malloc(list_bytes), list_bytes);
    struct room out = room_over(malloc(LIMIT_VOCABULARY_BYTES), LIMIT_VOCABULARY_BYTES);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum err err = read_all(descriptor, &list, &out, why);
    if (descriptor >= 0) {
        close(descriptor);
    }
    free(list.ptr);
    if (err != ERR_OK) {
        free(out.ptr);
        return err;
    }
    *bundle = out;
    return ERR_OK;
}

void vocabulary_release(struct room *bundle) {
    free(bundle->ptr);
    *bundle = (struct room){0};
}
