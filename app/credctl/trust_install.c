/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "credctl/build/packing.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/progress.h"
#include "kiosk/install.h"
#include "kiosk/install_tokens.h"

static const struct option_spec table[] = {
    {"data", 'd', "FOLDER", "The kiosk's data folder, such as /var/lib/credkiosk.", OPTION_REQUIRED},
    {"token", 0, NULL, "The file is a freshness token for the installed pack.", OPTION_ONCE},
    PACKING_OPTIONS,
};

/* A token as its text; a kiosk reads its codes by itself. */
static enum err add_token(const struct store_port *store, const struct packing *packing, const char *path) {
    struct room bytes = {0};
    TRY(file_read(path, LIMIT_FRESH_BYTES + 2, &bytes));
    enum err err = install_tokens_add(store, room_span(&bytes), &packing->rules, NULL);
    file_release(&bytes);
    return err;
}

static int install(const struct packing *packing, const char *folder, const char *path, bool token) {
    struct store_port store = {0};
    enum install_outcome outcome = INSTALL_NOT_DONE;
    int lock = -1;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return command_fail(EX_CANTCREAT, "%s: The folder cannot be opened.", folder);
    }
    enum err err = store_lock(descriptor, &lock);
    if (err == ERR_OK) {
        err = store_open(descriptor, &store);
    }
    struct progress progress = {0};
    progress_begin(&progress, "installing");
    if (err == ERR_OK) {
        err = token ? add_token(&store, packing, path)
                    : install_pack(&store, packing->file, &packing->rules, &outcome);
    }
    progress_clear(&progress);
    store_close(&store);
    close(descriptor);
    if (lock >= 0) {
        close(lock);
    }
    if (err != ERR_OK) {
        return command_fail_err(err, path);
    }
    char said[MOMENT_SAID_SIZE];
    printf("%s: %s%s\n", path,
           token                     ? "accepted"
           : outcome == INSTALL_DONE ? "installed"
                                     : "installed already, nothing changed",
           moment_said(&packing->rules.now, said));
    return EX_OK;
}

static int run(const struct options *options) {
    struct packing packing = {0};
    int status = packing_open(options, options->operands[0], &packing);
    if (status == EX_OK) {
        status = install(&packing, options_value(options, "data"), options->operands[0],
                         options_has(options, "token"));
    }
    packing_close(&packing);
    return status;
}

const struct command command_trust_install = {
    .group = "trust",
    .name = "install",
    .operands = "PACK",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Install a pack into a kiosk's data folder, as the kiosk does from a stick.",
    .more = "  credctl trust install lists.tpk --root root.jwt --data /var/lib/credkiosk\n\n"
            "The pack in use stays until the new one is whole and checked; older packs and two packs of one "
            "number are refused.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
