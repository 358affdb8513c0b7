/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/sim_stick.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "boards/stick.h"

static int open_folder(const char *path) {
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* As read(2) of a device that is gone after so many bytes. */
static ssize_t read_some(void *ctx, int file, void *bytes, size_t len) {
    int64_t *readable = ctx;
    if (*readable == 0) {
        errno = EIO;
        return -1;
    }
    bool stays = *readable == SIM_STICK_STAYS;
    ssize_t got = read(file, bytes, stays || (int64_t)len < *readable ? len : (size_t)*readable);
    *readable -= stays || got < 0 ? 0 : got;
    return got;
}

/* A folder that is not there is a stick without a file system. */
static void take(const struct store_port *store, const char *folder, int64_t readable) {
    struct stick_source source = {open_folder(folder), read_some, &readable};
    if (source.folder < 0) {
        (void)!stick_fail(store, ERR_STICK_MOUNT);
        return;
    }
    (void)!stick_take(store, &source);
    close(source.folder);
}

/* The data folder, locked for work on a stick. */
struct desk {
    int data, lock;
    struct store_port store;
};

static enum err sit_down(const char *data, struct desk *desk) {
    desk->data = open_folder(data);
    if (desk->data < 0) {
        return ERR_STORE_READ;
    }
    enum err err = stick_lock(desk->data, &desk->lock);
    err = err == ERR_OK ? store_open(desk->data, &desk->store) : err;
    if (err != ERR_OK) {
        close(desk->data);
    }
    return err;
}

static void stand_up(struct desk *desk) {
    store_close(&desk->store);
    close(desk->lock);
    close(desk->data);
}

enum err sim_stick_plug(const char *data, const char *folder, int64_t readable) {
    struct desk desk = {-1, -1, {0}};
    TRY(sit_down(data, &desk));
    take(&desk.store, folder, readable);
    stand_up(&desk);
    return ERR_OK;
}

enum err sim_stick_unplug(const char *data) {
    struct desk desk = {-1, -1, {0}};
    TRY(sit_down(data, &desk));
    enum err err = stick_gone(&desk.store);
    stand_up(&desk);
    return err;
}
