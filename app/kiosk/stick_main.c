/* SPDX-License-Identifier: Apache-2.0 */
/* credkiosk-stick: copies what lies on a USB stick into the data folder, read-only and locked in, and ends. */
#include <fcntl.h>
#include <getopt.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "boards/stick.h"
#include "kiosk/sandbox.h"

static const char usage[] =
    "usage: credkiosk-stick --data FOLDER DEVICE    the file system of a block device\n"
    "       credkiosk-stick --data FOLDER --folder FOLDER\n"
    "       credkiosk-stick --data FOLDER --gone    the stick was removed\n"
    "Copies trust packs (*.tpk) and freshness tokens (*.fresh) to FOLDER/stick.\n";

/* Exit statuses (sysexits.h). */
enum { ENDED_USAGE = 64, ENDED_BADLY = 65 };

struct options {
    const char *data, *folder, *device;
    bool gone;
};

static bool parse(int argc, char **argv, struct options *options) {
    static const struct option known[] = {{"data", required_argument, NULL, 'd'},
                                          {"folder", required_argument, NULL, 'f'},
                                          {"gone", no_argument, NULL, 'g'},
                                          {NULL, 0, NULL, 0}};
    int option;
    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (option) {
        case 'd':
            options->data = optarg;
            break;
        case 'f':
            options->folder = optarg;
            break;
        case 'g':
            options->gone = true;
            break;
        default:
            return false;
        }
    }
    options->device = optind < argc ? argv[optind] : NULL;
    int asked = (options->device != NULL) + (options->folder != NULL) + options->gone;
    return options->data != NULL && asked == 1 && optind + (options->device != NULL) == argc;
}

static int open_folder(const char *path) {
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* What mounting needed is given up before the first name of the stick is read. */
static enum err drop_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    bool dropped = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                   prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
                   syscall(SYS_capset, &header, none) == 0;
    return dropped ? ERR_OK : ERR_SANDBOX;
}

static enum err open_source(const struct options *options, struct stick_source *source) {
    if (options->folder != NULL) {
        source->folder = open_folder(options->folder);
        return source->folder >= 0 ? ERR_OK : ERR_STICK_READ;
    }
    return stick_mount(options->device, &source->folder);
}

/* The files are opened before the lock and read behind it: then nothing can be reached but them and the data folder. */
static enum err take_locked(const struct store_port *store, const struct stick_source *source, int data) {
    struct sandbox_report report = {0};
    struct stick_found found = {0};
    enum err err = stick_find(source, &found);
    close(source->folder);
    err = err == ERR_OK ? sandbox_lock(&sandbox_stick, data, &report) : err;
    err = err == ERR_OK ? stick_keep(store, source, &found) : stick_fail(store, err);
    stick_close(&found);
    return err;
}

static enum err take(const struct options *options, const struct store_port *store, int data) {
    struct stick_source source = {.folder = -1};
    struct stick_status reading = {.step = STICK_READING};
    TRY(stick_say(store, &reading));
    enum err err = open_source(options, &source);
    err = err == ERR_OK ? drop_capabilities() : err;
    return err == ERR_OK ? take_locked(store, &source, data) : stick_fail(store, err);
}

int main(int argc, char **argv) {
    struct options options = {0};
    struct store_port store = {0};
    int lock = -1;
    if (!parse(argc, argv, &options)) {
        (void)fputs(usage, stderr);
        return ENDED_USAGE;
    }
    int data = open_folder(options.data);
    enum err err = data < 0 ? ERR_STORE_READ : store_open(data, &store);
    err = err == ERR_OK ? stick_lock(data, &lock) : err;
    if (err == ERR_OK) {
        err = options.gone ? stick_gone(&store) : take(&options, &store, data);
    }
    if (err != ERR_OK) {
        (void)fprintf(stderr, "credkiosk-stick: %s\n", err_sentence(err));
    }
    store_close(&store);
    _exit(err == ERR_OK ? 0 : ENDED_BADLY);
}
