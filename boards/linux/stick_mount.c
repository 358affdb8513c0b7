/* SPDX-License-Identifier: Apache-2.0 */
/* stick_mount: the file system of a stick as a descriptor, by the calls of Linux 5.2 and later. */
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boards/stick.h"

/* What sticks are formatted with. ext4 would write its journal even where it is mounted read-only, but for noload. */
static const struct {
    const char *name, *flag;
} systems[] = {{"vfat", NULL}, {"exfat", NULL}, {"ext4", "noload"}};

static bool set_up(int system, const char *device, const char *flag) {
    return fsconfig(system, FSCONFIG_SET_STRING, "source", device, 0) == 0 &&
           fsconfig(system, FSCONFIG_SET_FLAG, "ro", NULL, 0) == 0 &&
           (flag == NULL || fsconfig(system, FSCONFIG_SET_FLAG, flag, NULL, 0) == 0) &&
           fsconfig(system, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0;
}

/* The root folder of one kind of file system; -1 where the device holds another. */
static int open_as(const char *device, const char *name, const char *flag) {
    int folder = -1, system = fsopen(name, FSOPEN_CLOEXEC);
    if (system < 0) {
        return -1;
    }
    if (set_up(system, device, flag)) {
        int mount = fsmount(system, FSMOUNT_CLOEXEC,
                            MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
        if (mount >= 0) {
            folder = openat(mount, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            close(mount);
        }
    }
    close(system);
    return folder;
}

enum err stick_mount(const char *device, int *folder) {
    struct stat status;
    if (stat(device, &status) != 0 || !S_ISBLK(status.st_mode) || unshare(CLONE_NEWNS) != 0) {
        return ERR_STICK_MOUNT;
    }
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        int opened = open_as(device, systems[i].name, systems[i].flag);
        if (opened >= 0) {
            *folder = opened;
            return ERR_OK;
        }
    }
    return ERR_STICK_MOUNT;
}
