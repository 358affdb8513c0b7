/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/line_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum err line_file_open(const char *path, struct line_file *out) {
    struct line_file file = {.open = true};
    file.descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (file.descriptor < 0) {
        return errno == ENOENT ? ERR_FILE_MISSING : ERR_FILE_READ;
    }
    /* Room for the longest line and its line feed. */
    file.buffer = room_over(malloc(LINE_FILE_MAX + 1), LINE_FILE_MAX + 1);
    if (file.buffer.ptr == NULL) {
        close(file.descriptor);
        return ERR_NO_MEMORY;
    }
    *out = file;
    return ERR_OK;
}

/* Read on behind what is there; *got is 0 at the end of the file. */
static enum err read_on(struct line_file *file, size_t *got) {
    struct room *buffer = &file->buffer;
    ssize_t bytes = 0;
    memmove(buffer->ptr, buffer->ptr + file->at, buffer->len - file->at);
    buffer->len -= file->at;
    file->at = 0;
    if (buffer->len == buffer->cap) {
        return ERR_FILE_LARGE;
    }
    do {
        bytes = read(file->descriptor, buffer->ptr + buffer->len, buffer->cap - buffer->len);
    } while (bytes < 0 && errno == EINTR);
    if (bytes < 0) {
        return ERR_FILE_READ;
    }
    if (file->hash != NULL) {
        TRY(crypto_hash_add(file->hash, span_of_bytes(buffer->ptr + buffer->len, (size_t)bytes)));
    }
    buffer->len += (size_t)bytes;
    *got = (size_t)bytes;
    return ERR_OK;
}

enum err line_file_next(struct line_file *file, bool *found, struct span *line) {
    size_t got = 1, searched = file->at;
    size_t end = span_find(room_span(&file->buffer), '\n', searched);
    while (end == file->buffer.len && got > 0) {
        searched = file->buffer.len - file->at;
        TRY(read_on(file, &got));
        end = span_find(room_span(&file->buffer), '\n', searched);
    }
    bool fed = end < file->buffer.len;
    *found = fed || end > file->at;
    *line = span_slice(room_span(&file->buffer), file->at, end - file->at);
    if (line->len > LINE_FILE_MAX) {
        return ERR_FILE_LARGE;
    }
    file->offset = file->behind;
    file->behind += line->len + (fed ? 1 : 0);
    file->at = end + (fed ? 1 : 0);
    return ERR_OK;
}

void line_file_close(struct line_file *file) {
    if (file->open) {
        close(file->descriptor);
        free(file->buffer.ptr);
    }
    *file = (struct line_file){0};
}
