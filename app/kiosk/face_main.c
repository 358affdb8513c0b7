/* SPDX-License-Identifier: Apache-2.0 */
/* credkiosk: the kiosk. Opens devices and screen, starts the other programs, and shows their answers. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sysexits.h>

#include "kiosk/face.h"
#include "kiosk/face_signal.h"
#include "pack/pack.h"

static int print_version(void) {
    printf("credkiosk %u.%u.%u\n", PACK_APP_VERSION / 1000000, PACK_APP_VERSION / 1000 % 1000,
           PACK_APP_VERSION % 1000);
    return EX_OK;
}

/* A core of this process would hold somebody's data. */
static void leave_no_core(void) {
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
}

static int run(const struct face_options *options) {
    struct config_complaint why = {""};
    struct face *face = calloc(1, sizeof *face);
    if (face == NULL) {
        return EX_OSERR;
    }
    enum err err = face_open(options, face, &why);
    int status = err == ERR_CONFIG || err == ERR_PROFILE ? EX_CONFIG : EX_UNAVAILABLE;
    if (err == ERR_OK) {
        err = face_run(face);
        snprintf(why.text, sizeof why.text, "%s", err_sentence(err));
        status = EX_SOFTWARE;
    }
    face_close(face);
    free(face);
    if (err != ERR_OK) {
        fprintf(stderr, "credkiosk: %s\n", why.text);
        return status;
    }
    return EX_OK;
}

int main(int argc, char **argv) {
    struct face_options options = {0};
    char complaint[FACE_OPTIONS_COMPLAINT_SIZE] = "";
    if (face_options_read(argc, argv, &options, complaint) != ERR_OK) {
        fprintf(stderr, "credkiosk: %s\n", complaint);
        return EX_USAGE;
    }
    if (options.help) {
        fputs(face_options_help(), stdout);
        return EX_OK;
    }
    if (options.version) {
        return print_version();
    }
    leave_no_core();
    face_signal_watch();
    return run(&options);
}
