/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "credctl/assets.h"
#include "base/datetime.h"
#include "credctl/build/listing.h"
#include "credctl/build/moment.h"
#include "credctl/build/status_listing.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "credctl/progress.h"

static const struct option_spec table[] = {
    {"out", 'o', "FILE", "Where the database goes; lists.db in the workspace where it is not given.",
     OPTION_ONCE},
    MOMENT_OPTION,
    ASSETS_OPTION,
};

/* A database is as old as the moment at which its building began: what is changed meanwhile is younger. */
static enum err build(const char *folder, const struct listing_how *how, struct file_draft *draft,
                      struct listing *listing) {
    struct timespec begun[2];
    if (clock_gettime(CLOCK_REALTIME, &begun[0]) != 0) {
        return ERR_FILE_WRITE;
    }
    begun[1] = begun[0];
    TRY(listing_build(folder, draft->temporary, how, listing));
    return futimens(draft->descriptor, begun) == 0 ? ERR_OK : ERR_FILE_WRITE;
}

static void warn_left_out(void *ctx, const struct merge_import *import) {
    char due[DATETIME_TEXT_SIZE];
    progress_clear(ctx);
    datetime_text(import->source.next_update_s, due);
    command_fail(EX_OK, "warning: the import %s is left out, its next update was due at %s",
                 import->source.name, due);
}

static void warn_ended(void *ctx, const char *path, int64_t expires_s) {
    char ended[DATETIME_TEXT_SIZE];
    progress_clear(ctx);
    datetime_text(expires_s, ended);
    command_fail(EX_OK, "warning: the status list of %s ended at %s, kiosks will call it old", path, ended);
}

static int build_into(const char *folder, const struct listing_how *how, const char *out) {
    struct file_draft draft = {0};
    struct listing listing = {0};
    enum err err = file_draft_open(out, (struct file_how){.replace = true}, &draft);
    if (err != ERR_OK) {
        return command_fail_err(err, out);
    }
    progress_begin(how->ctx, "building");
    err = build(folder, how, &draft, &listing);
    progress_clear(how->ctx);
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
    if (listing.hosted > 0) {
        printf(", %" PRIu64 " hosted documents", listing.hosted);
    }
    if (listing.imports > 0) {
        printf(", %" PRIu64 " imports", listing.imports);
    }
    putchar('\n');
    return EX_OK;
}

/* With the contexts that the workspace's status lists need. */
static int run_in(const struct options *options, const char *folder, const char *out) {
    struct progress progress = {0};
    struct listing_how how = {
        .ctx = &progress, .step = progress_step, .left_out = warn_left_out, .ended = warn_ended};
    struct vocabulary vocabulary = {0};
    bool needs = false;
    int status = moment_to_sign(options, &how.now_s);
    if (status != EX_OK) {
        return status;
    }
    enum err err = status_listing_needs_contexts(folder, &needs);
    if (err != ERR_OK) {
        return command_fail_err(err, folder);
    }
    status = needs ? assets_workspace_vocabulary(options, folder, &vocabulary) : EX_OK;
    if (status == EX_OK) {
        how.shelf = &vocabulary.shelf;
        status = build_into(folder, &how, options_or(options, "out", out));
    }
    vocabulary_close(&vocabulary);
    return status;
}

static int run(const struct options *options) {
    const char *folder = options->operands[0];
    char path[PATH_MAX];
    int lock = -1;
    enum err err = workspace_lock(folder, &lock);
    if (err == ERR_OK) {
        err = workspace_path(folder, WORKSPACE_LISTS, path);
    }
    int status = err == ERR_OK ? run_in(options, folder, path) : command_fail_err(err, folder);
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
            "Every issuer's file and import is read strictly, and every status list is checked again. What "
            "was added by hand\ncomes first, then imports that somebody signed, then the others; an import "
            "past its next update is left out. The same\nworkspace at the same time gives the same bytes.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
