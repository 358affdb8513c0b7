/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boards/stick.h"

static int open_folder(int data) {
    return openat(data, STICK_FOLDER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

enum err stick_lock(int data, int *lock) {
    (void)mkdirat(data, STICK_FOLDER, S_IRWXU);
    int folder = open_folder(data);
    if (folder < 0) {
        return ERR_STORE_WRITE;
    }
    enum err err = store_lock(folder, lock);
    close(folder);
    return err == ERR_OK ? ERR_OK : ERR_STORE_WRITE;
}

bool stick_try_lock(int data, int *lock) {
    int folder = open_folder(data);
    if (folder < 0 || flock(folder, LOCK_EX | LOCK_NB) != 0) {
        if (folder >= 0) {
            close(folder);
        }
        return false;
    }
    *lock = folder;
    return true;
}
