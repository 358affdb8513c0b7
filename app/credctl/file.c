/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boards/store.h"

#define FIRST_BYTES 65536u
/* Bytes written between two looks at the signals that wait. */
#define PIECE_BYTES (1u << 20)

static enum err grow(struct room *room, size_t max_bytes) {
    size_t cap = room->cap == 0 ? FIRST_BYTES : room->cap * 2;
    if (cap > max_bytes + 1) {
        cap = max_bytes + 1; /* one byte more shows that a file is too long */
    }
    uint8_t *larger = malloc(cap);
    if (larger == NULL) {
        return ERR_NO_MEMORY;
    }
    if (room->len > 0) {
        memcpy(larger, room->ptr, room->len);
    }
    struct room old = *room;
    file_release(&old);
    *room = (struct room){larger, cap, room->len};
    return ERR_OK;
}

static enum err read_all(int descriptor, size_t max_bytes, struct room *room) {
    for (;;) {
        if (room->len == room->cap) {
            TRY(grow(room, max_bytes));
        }
        ssize_t got = read(descriptor, room->ptr + room->len, room->cap - room->len);
        if (got == 0) {
            return ERR_OK;
        }
        if (got < 0 && errno != EINTR) {
            return ERR_FILE_READ;
        }
        room->len += got < 0 ? 0 : (size_t)got;
        if (room->len > max_bytes) {
            return ERR_FILE_LARGE;
        }
    }
}

enum err file_read(const char *path, size_t max_bytes, struct room *out) {
    bool standard = strcmp(path, "-") == 0;
    int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return errno == ENOENT ? ERR_FILE_MISSING : ERR_FILE_READ;
    }
    struct room room = {0};
    enum err err = read_all(descriptor, max_bytes, &room);
    if (!standard) {
        close(descriptor);
    }
    if (err != ERR_OK) {
        file_release(&room);
        return err;
    }
    *out = room;
    return ERR_OK;
}

void file_release(struct room *room) {
    if (room->ptr != NULL) {
        sodium_memzero(room->ptr, room->cap);
        free(room->ptr);
    }
    *room = (struct room){0};
}

static void hold_signals(struct file_draft *draft) {
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    sigprocmask(SIG_BLOCK, &held, &draft->signals);
}

enum err file_draft_open(const char *path, struct file_how how, struct file_draft *out) {
    struct stat there;
    if (!how.replace && lstat(path, &there) == 0) {
        return ERR_FILE_EXISTS;
    }
    struct file_draft draft = {.how = how};
    int path_len = snprintf(draft.path, sizeof draft.path, "%s", path);
    int temporary_len = snprintf(draft.temporary, sizeof draft.temporary, "%s.XXXXXX", path);
    if (path_len <= 0 || temporary_len >= (int)sizeof draft.temporary) {
        return ERR_FILE_WRITE;
    }
    hold_signals(&draft);
    draft.descriptor = mkostemp(draft.temporary, O_CLOEXEC); /* made with O_EXCL and 0600 */
    if (draft.descriptor < 0) {
        sigprocmask(SIG_SETMASK, &draft.signals, NULL);
        return ERR_FILE_WRITE;
    }
    draft.open = true;
    *out = draft;
    return ERR_OK;
}

/* Ctrl-C was pressed: remove the draft, and let the signal end the process. */
static void heed_signals(struct file_draft *draft) {
    sigset_t waiting;
    sigpending(&waiting);
    if (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1 ||
        sigismember(&waiting, SIGHUP) == 1) {
        file_draft_drop(draft);
    }
}

static bool write_all(int descriptor, struct span bytes) {
    while (bytes.len > 0) {
        ssize_t done = write(descriptor, bytes.ptr, bytes.len);
        if (done < 0 && errno != EINTR) {
            return false;
        }
        size_t len = done < 0 ? 0 : (size_t)done;
        bytes = span_slice(bytes, len, bytes.len);
    }
    return true;
}

enum err file_draft_append(struct file_draft *draft, struct span bytes) {
    for (size_t at = 0; draft->open && at < bytes.len; at += PIECE_BYTES) {
        if (!write_all(draft->descriptor, span_slice(bytes, at, PIECE_BYTES))) {
            return ERR_FILE_WRITE;
        }
        heed_signals(draft);
    }
    return draft->open ? ERR_OK : ERR_FILE_WRITE;
}

static mode_t ordinary_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static enum err take_name(const struct file_draft *draft) {
    if (draft->how.replace) {
        return rename(draft->temporary, draft->path) == 0 ? ERR_OK : ERR_FILE_WRITE;
    }
    if (renameat2(AT_FDCWD, draft->temporary, AT_FDCWD, draft->path, RENAME_NOREPLACE) == 0) {
        return ERR_OK;
    }
    if (errno == EEXIST) {
        return ERR_FILE_EXISTS;
    }
    /* A file system without that flag: a link refuses an existing name as well. */
    if (errno != EINVAL || link(draft->temporary, draft->path) != 0) {
        return errno == EEXIST ? ERR_FILE_EXISTS : ERR_FILE_WRITE;
    }
    return unlink(draft->temporary) == 0 ? ERR_OK : ERR_FILE_WRITE;
}

static void folder_of(const char *path, char folder[PATH_MAX]) {
    snprintf(folder, PATH_MAX, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        snprintf(folder, PATH_MAX, ".");
    } else {
        slash[slash == folder ? 1 : 0] = 0;
    }
}

static void sync_folder_of(const char *path) {
    char folder[PATH_MAX];
    folder_of(path, folder);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

enum err file_draft_commit(struct file_draft *draft) {
    if (!draft->open) {
        return ERR_FILE_WRITE;
    }
    mode_t mode = draft->how.secret ? 0600 : ordinary_mode();
    bool whole = fchmod(draft->descriptor, mode) == 0 && fsync(draft->descriptor) == 0;
    enum err err = whole ? take_name(draft) : ERR_FILE_WRITE;
    if (err != ERR_OK) {
        file_draft_drop(draft);
        return err;
    }
    close(draft->descriptor);
    draft->open = false;
    sync_folder_of(draft->path);
    sigprocmask(SIG_SETMASK, &draft->signals, NULL);
    return ERR_OK;
}

void file_draft_drop(struct file_draft *draft) {
    if (!draft->open) {
        return;
    }
    close(draft->descriptor);
    unlink(draft->temporary);
    draft->open = false;
    sigprocmask(SIG_SETMASK, &draft->signals, NULL);
}

enum err file_lock_folder(const char *folder, int *lock) {
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return errno == ENOENT ? ERR_FILE_MISSING : ERR_FILE_READ;
    }
    enum err err = store_lock(descriptor, lock);
    close(descriptor);
    return err == ERR_OK ? ERR_OK : ERR_FILE_READ;
}

enum err file_lock_beside(const char *path, int *lock) {
    char folder[PATH_MAX];
    folder_of(path, folder);
    return file_lock_folder(folder, lock);
}

enum err file_write(const char *path, struct span bytes, struct file_how how) {
    if (strcmp(path, "-") == 0) {
        return write_all(STDOUT_FILENO, bytes) ? ERR_OK : ERR_FILE_WRITE;
    }
    struct file_draft draft = {0};
    TRY(file_draft_open(path, how, &draft));
    enum err err = file_draft_append(&draft, bytes);
    if (err != ERR_OK) {
        file_draft_drop(&draft);
        return err;
    }
    return file_draft_commit(&draft);
}
