/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "credctl/assets.h"
#include "credctl/build/listing.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"out", 'o', "FILE", "Where the database goes; lists.db in the workspace where it is not given.",
     OPTION_ONCE},
    ASSETS_OPTION,
};

/* A database is as old as the moment at which its building began: what is changed meanwhile is younger. */
static enum err build(const char *folder, const struct shelf *shelf, struct file_draft *draft,
                      struct listing *listing) {
    struct timespec begun[2];
    if (clock_gettime(CLOCK_REALTIME, &begun[0]) != 0) {
        return ERR_FILE_WRITE;
    }
    begun[1] = begun[0];
    TRY(listing_build(folder, draft->temporary, shelf, listing));
    return futimens(draft->descriptor, begun) == 0 ? ERR_OK : ERR_FILE_WRITE;
}

static int build_into(const char *folder, const struct shelf *shelf, const char *out) {
    struct file_draft draft = {0};
    struct listing listing = {0};
    enum err err = file_draft_open(out, (struct file_how){.replace = true}, &draft);
    if (err != ERR_OK) {
        return command_fail_err(err, out);
    }
    err = build(folder, shelf, &draft, &listing);
    if (err != ERR_OK) {
        file_draft_drop(&draft);
        return command_fail_err(err, listing.trouble);
    }
    err = file_draft_commit(&draft);
    if (err != ERR_OK) {
        return command_fail_err(err, out);
    }
    printf("%s: %" PRIu64 " issuers, %" PRIu64 " keys, %" PRIu64 " status lists", out, listing.issuers,
           listing.keys, listing.status_lists);
    if (listing.contexts > 0) {
        printf(", %" PRIu64 " contexts", listing.contexts);
    }
    putchar('\n');
    return EX_OK;
}

static int run(const struct options *options) {
    const char *folder = options->operands[0];
    char path[PATH_MAX];
    int lock = -1;
    enum err err = workspace_lock(folder, &lock);
    if (err == ERR_OK) {
        err = workspace_path(folder, WORKSPACE_LISTS, path);
    }
    bool needs = false;
    if (err == ERR_OK) {
        err = listing_needs_contexts(folder, &needs);
    }
    struct vocabulary vocabulary = {0};
    int status = err != ERR_OK ? command_fail_err(err, folder)
                 : needs       ? assets_workspace_vocabulary(options, folder, &vocabulary)
                               : EX_OK;
    if (status == EX_OK) {
        status = build_into(folder, &vocabulary.shelf, options_or(options, "out", path));
    }
    vocabulary_close(&vocabulary);
    if (lock >= 0) {
        close(lock);
    }
    return status;
}

const struct command command_trust_build = {
    .group = "trust",
    .name = "build",
    .operands = "FOLDER",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Make the database of a workspace's issuers, status lists and contexts.",
    .more = "  credctl trust build lists\n\n"
            "Every issuer's file is read strictly, and every status list is checked again. The same "
            "workspace gives the same bytes.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
