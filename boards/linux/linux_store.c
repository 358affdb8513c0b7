/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/linux/linux_store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct linux_store {
    int folder;
};

/* Open a folder inside another, never through a symbolic link. */
static int open_folder(int from, const char *name) {
    return openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* The path's next name, up to '/' or the end, into `name`; false for "", ".", ".." and overlong ones. */
static bool next_name(const char **path, char name[NAME_MAX + 1]) {
    size_t len = strcspn(*path, "/");
    if (len == 0 || len > NAME_MAX) {
        return false;
    }
    memcpy(name, *path, len);
    name[len] = '\0';
    *path += len;
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/*
 * Walk to the folder that holds the path's last name, each step without following links.
 *
 * Gives its descriptor, the caller's to close, and the last name; -1 with errno.
 */
static int walk(const struct linux_store *store, const char *path, char name[NAME_MAX + 1]) {
    int at = fcntl(store->folder, F_DUPFD_CLOEXEC, 0);
    while (at >= 0) {
        if (!next_name(&path, name)) {
            close(at);
            errno = EINVAL;
            return -1;
        }
        if (*path == '\0') {
            return at;
        }
        path++;
        int inner = open_folder(at, name);
        int cause = errno;
        close(at);
        errno = cause;
        at = inner;
    }
    return -1;
}

/* openat() of a path's last name. */
static int open_path(const struct linux_store *store, const char *path, int flags) {
    char name[NAME_MAX + 1];
    int folder = walk(store, path, name);
    if (folder < 0) {
        return -1;
    }
    int descriptor = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    int cause = errno;
    close(folder);
    errno = cause;
    return descriptor;
}

static enum err store_open_file(void *ctx, const char *path, int *descriptor) {
    int opened = open_path(ctx, path, O_RDONLY | O_NONBLOCK);
    if (opened < 0) {
        return errno == ENOENT ? ERR_STORE_MISSING : ERR_STORE_READ;
    }
    struct stat status;
    if (fstat(opened, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(opened);
        return ERR_STORE_READ;
    }
    *descriptor = opened;
    return ERR_OK;
}

/* Fill the room from an open file. ERR_NO_ROOM when more than fits comes. */
static enum err read_all(int descriptor, struct room *room) {
    for (;;) {
        uint8_t beyond;
        bool full = room->len == room->cap;
        ssize_t got = full ? read(descriptor, &beyond, 1)
                           : read(descriptor, room->ptr + room->len, room->cap - room->len);
        if (got == 0) {
            return ERR_OK;
        }
        if (got < 0 && errno != EINTR) {
            return ERR_STORE_READ;
        }
        if (got > 0 && full) {
            return ERR_NO_ROOM;
        }
        room->len += got > 0 ? (size_t)got : 0;
    }
}

static enum err store_read(void *ctx, const char *path, struct room *out) {
    int descriptor = -1;
    struct room room = *out;
    TRY(store_open_file(ctx, path, &descriptor));
    enum err err = read_all(descriptor, &room);
    close(descriptor);
    if (err == ERR_OK) {
        *out = room;
    }
    return err;
}

static enum err store_make_folder(void *ctx, const char *path) {
    char name[NAME_MAX + 1];
    int folder = walk(ctx, path, name);
    if (folder < 0) {
        return ERR_STORE_WRITE;
    }
    bool made = mkdirat(folder, name, S_IRWXU) == 0 || errno == EEXIST;
    int opened = made ? open_folder(folder, name) : -1;
    if (opened >= 0) {
        close(opened);
    }
    close(folder);
    return opened >= 0 ? ERR_OK : ERR_STORE_WRITE;
}

static enum err store_create(void *ctx, const char *path, int *descriptor) {
    int opened = open_path(ctx, path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK);
    if (opened < 0) {
        return ERR_STORE_WRITE;
    }
    struct stat status;
    if (fstat(opened, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(opened);
        return ERR_STORE_WRITE;
    }
    *descriptor = opened;
    return ERR_OK;
}

static enum err store_append(void *ctx, int descriptor, struct span bytes) {
    (void)ctx;
    while (bytes.len > 0) {
        ssize_t written = write(descriptor, bytes.ptr, bytes.len);
        if (written < 0 && errno != EINTR) {
            return ERR_STORE_WRITE;
        }
        if (written > 0) {
            bytes = span_slice(bytes, (size_t)written, bytes.len);
        }
    }
    return ERR_OK;
}

static enum err store_sync(void *ctx, int descriptor) {
    (void)ctx;
    return fsync(descriptor) == 0 ? ERR_OK : ERR_STORE_WRITE;
}

static void store_close_file(void *ctx, int descriptor) {
    (void)ctx;
    close(descriptor);
}

/* "" and "." are the data folder itself. */
static enum err store_sync_folder(void *ctx, const char *path) {
    const struct linux_store *store = ctx;
    bool top = path[0] == '\0' || strcmp(path, ".") == 0;
    int folder = top ? open_folder(store->folder, ".") : open_path(store, path, O_RDONLY | O_DIRECTORY);
    if (folder < 0) {
        return ERR_STORE_WRITE;
    }
    bool synced = fsync(folder) == 0;
    close(folder);
    return synced ? ERR_OK : ERR_STORE_WRITE;
}

static enum err store_rename(void *ctx, const char *from, const char *to) {
    char from_name[NAME_MAX + 1];
    char to_name[NAME_MAX + 1];
    int from_folder = walk(ctx, from, from_name);
    int cause = errno;
    int to_folder = walk(ctx, to, to_name);
    enum err err = from_folder < 0 && cause == ENOENT ? ERR_STORE_MISSING : ERR_STORE_WRITE;
    if (from_folder >= 0 && to_folder >= 0) {
        bool renamed = renameat(from_folder, from_name, to_folder, to_name) == 0;
        err = renamed ? ERR_OK : errno == ENOENT ? ERR_STORE_MISSING : ERR_STORE_WRITE;
    }
    if (from_folder >= 0) {
        close(from_folder);
    }
    if (to_folder >= 0) {
        close(to_folder);
    }
    return err;
}

static enum err store_remove(void *ctx, const char *path) {
    char name[NAME_MAX + 1];
    int folder = walk(ctx, path, name);
    if (folder < 0) {
        return errno == ENOENT ? ERR_OK : ERR_STORE_WRITE;
    }
    int result = unlinkat(folder, name, 0);
    if (result != 0 && (errno == EISDIR || errno == EPERM)) {
        result = unlinkat(folder, name, AT_REMOVEDIR);
    }
    bool gone = result == 0 || errno == ENOENT;
    close(folder);
    return gone ? ERR_OK : ERR_STORE_WRITE;
}

enum err linux_store_open(int folder, struct store_port *out) {
    struct stat status;
    if (fstat(folder, &status) != 0 || !S_ISDIR(status.st_mode)) {
        return ERR_STORE_READ;
    }
    struct linux_store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        return ERR_NO_MEMORY;
    }
    store->folder = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    if (store->folder < 0) {
        free(store);
        return ERR_STORE_READ;
    }
    *out = (struct store_port){store,        store_read,   store_make_folder, store_create,
                               store_append, store_sync,   store_close_file,  store_sync_folder,
                               store_rename, store_remove, store_open_file};
    return ERR_OK;
}

void linux_store_close(struct store_port *store) {
    struct linux_store *state = store->ctx;
    if (state != NULL) {
        close(state->folder);
        free(state);
    }
    *store = (struct store_port){0};
}
