/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/descriptor_vfs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What SQLite holds as the open file. */
struct open_file {
    sqlite3_file base;
    const struct descriptor_vfs *from;
};

static int file_close(sqlite3_file *file) {
    (void)file;
    return SQLITE_OK;
}

/* Read what the file has; the rest is zero, as SQLite asks of a short read. */
static int file_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 at) {
    const struct descriptor_vfs *from = ((struct open_file *)file)->from;
    uint64_t begin = (uint64_t)at, wanted = amount < 0 ? 0 : (uint64_t)amount;
    uint64_t there = begin < from->bytes ? from->bytes - begin : 0;
    uint64_t todo = wanted < there ? wanted : there, done = 0;
    while (done < todo) {
        ssize_t got =
            pread(from->descriptor, (uint8_t *)out + done, todo - done, (off_t)(from->offset + begin + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return SQLITE_IOERR_READ;
        }
        if (got == 0) {
            break;
        }
        done += (uint64_t)got;
    }
    if (done == wanted) {
        return SQLITE_OK;
    }
    memset((uint8_t *)out + done, 0, wanted - done);
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 at) {
    (void)file, (void)bytes, (void)amount, (void)at;
    return SQLITE_READONLY;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    (void)file, (void)size;
    return SQLITE_READONLY;
}

static int file_sync(sqlite3_file *file, int flags) {
    (void)file, (void)flags;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out) {
    *out = (sqlite3_int64)((struct open_file *)file)->from->bytes;
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int level) {
    (void)file, (void)level;
    return SQLITE_OK;
}

static int file_check_lock(sqlite3_file *file, int *out) {
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
    (void)file, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *file) {
    (void)file;
    return 4096;
}

static int file_traits(sqlite3_file *file) {
    (void)file;
    return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_lock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_traits,
};

/* The main database alone: journals and temporary files do not exist here. */
static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *out, int flags, int *out_flags) {
    (void)name;
    out->pMethods = NULL;
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0 || (flags & SQLITE_OPEN_READONLY) == 0) {
        return SQLITE_CANTOPEN;
    }
    ((struct open_file *)out)->from = vfs->pAppData;
    out->pMethods = &methods;
    if (out_flags != NULL) {
        *out_flags = flags;
    }
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs, (void)name, (void)sync;
    return SQLITE_IOERR_DELETE;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
    (void)vfs, (void)name, (void)flags;
    *out = 0;
    return SQLITE_OK;
}

static int vfs_full_name(sqlite3_vfs *vfs, const char *name, int room, char *out) {
    (void)vfs;
    int length = snprintf(out, (size_t)room, "/%s", name);
    return length < room ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int vfs_randomness(sqlite3_vfs *vfs, int amount, char *out) {
    (void)vfs;
    memset(out, 0, (size_t)amount);
    return amount;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return microseconds;
}

/* No query asks for the time. */
static int vfs_time(sqlite3_vfs *vfs, double *out) {
    (void)vfs;
    *out = 0;
    return SQLITE_OK;
}

static int vfs_last_error(sqlite3_vfs *vfs, int room, char *out) {
    (void)vfs, (void)room, (void)out;
    return 0;
}

enum err descriptor_vfs_register(struct descriptor_vfs *out, int descriptor, uint64_t offset,
                                 uint64_t bytes) {
    *out = (struct descriptor_vfs){.descriptor = descriptor, .offset = offset, .bytes = bytes};
    snprintf(out->name, sizeof out->name, "credkiosk-pack-%p", (void *)out);
    out->vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = sizeof(struct open_file),
        .mxPathname = 512,
        .zName = out->name,
        .pAppData = out,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_name,
        .xRandomness = vfs_randomness,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_last_error,
    };
    out->registered = sqlite3_vfs_register(&out->vfs, 0) == SQLITE_OK;
    return out->registered ? ERR_OK : ERR_PACK_DAMAGED;
}

void descriptor_vfs_drop(struct descriptor_vfs *vfs) {
    if (vfs->registered) {
        sqlite3_vfs_unregister(&vfs->vfs);
    }
    *vfs = (struct descriptor_vfs){0};
}
