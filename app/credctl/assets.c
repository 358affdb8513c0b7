/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/assets.h"

#include <limits.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "credctl/build/context_file.h"
#include "credctl/command.h"

#define BESIDE "/../share/credkiosk"

/* The contexts of an installed prefix or a build folder: PREFIX/bin/credctl finds PREFIX/share/credkiosk. */
static bool find_beside(char out[PATH_MAX]) {
    char program[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    program[len > 0 ? len : 0] = 0;
    char *slash = strrchr(program, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = 0;
    int whole = snprintf(out, PATH_MAX, "%s" BESIDE "/contexts", program);
    return whole > 0 && whole < PATH_MAX && access(out, R_OK) == 0;
}

int assets_vocabulary(const struct options *options, struct vocabulary *out) {
    char folder[PATH_MAX];
    const char *told = options_value(options, "assets");
    if (told != NULL || !find_beside(folder)) {
        snprintf(folder, sizeof folder, "%s/contexts", told != NULL ? told : ASSETS_FOLDER);
    }
    struct room bundle = {0};
    struct vocabulary_complaint why = {""};
    enum err err = vocabulary_read(folder, &bundle, &why);
    if (err != ERR_OK) {
        return command_fail(command_status(err), "%s/%s: %s", folder, why.name, err_sentence(err));
    }
    err = vocabulary_open(room_span(&bundle), out);
    vocabulary_release(&bundle);
    return err == ERR_OK ? EX_OK : command_fail_err(err, folder);
}

int assets_workspace_vocabulary(const struct options *options, const char *folder, struct vocabulary *out) {
    int status = assets_vocabulary(options, out);
    if (status != EX_OK) {
        return status;
    }
    char trouble[PATH_MAX];
    enum err err = context_file_shelve(folder, &out->shelf, trouble);
    return err == ERR_OK ? EX_OK : command_fail_err(err, trouble);
}
