/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/shrink.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "credctl/build/workspace.h"
#include "pack/pack_built.h"

/* Bytes copied at once. */
#define PIECE_BYTES 65536u

static enum err compare(int before, int after, const struct difference_listener *listener,
                        struct difference *out) {
    struct pack *old = NULL, *new = NULL;
    enum err err = pack_built_open(before, &old);
    err = err == ERR_OK ? pack_built_open(after, &new) : err;
    err = err == ERR_OK ? difference_walk(old, new, listener, out) : err;
    pack_close(old);
    pack_close(new);
    return err;
}

enum err shrink_compare(const char *folder, int lists, const struct difference_listener *listener,
                        struct difference *out) {
    char path[PATH_MAX];
    *out = (struct difference){0};
    TRY(workspace_path(folder, SHRINK_SIGNED, path));
    int before = open(path, O_RDONLY | O_CLOEXEC);
    if (before < 0) {
        return errno == ENOENT ? ERR_OK : ERR_FILE_READ;
    }
    enum err err = compare(before, lists, listener, out);
    close(before);
    return err;
}

static enum err copy(int lists, struct file_draft *draft) {
    uint8_t piece[PIECE_BYTES];
    for (off_t at = 0;;) {
        ssize_t got = pread(lists, piece, sizeof piece, at);
        if (got == 0) {
            return ERR_OK;
        }
        if (got < 0 && errno != EINTR) {
            return ERR_FILE_READ;
        }
        if (got > 0) {
            TRY(file_draft_append(draft, span_of_bytes(piece, (size_t)got)));
            at += got;
        }
    }
}

enum err shrink_keep(const char *folder, int lists) {
    char path[PATH_MAX];
    struct file_draft draft = {0};
    TRY(workspace_path(folder, SHRINK_SIGNED, path));
    TRY(file_draft_open(path, (struct file_how){.replace = true}, &draft));
    enum err err = copy(lists, &draft);
    if (err != ERR_OK) {
        file_draft_drop(&draft);
        return err;
    }
    return file_draft_commit(&draft);
}
