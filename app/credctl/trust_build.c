/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

#include "credctl/build/listing.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"out", 'o', "FILE", "Where the database goes; lists.db in the workspace where it is not given.",
     OPTION_ONCE},
};

static int run(const struct options *options) {
    const char *folder = options->operands[0], *out = options_value(options, "out");
    char path[PATH_MAX];
    struct file_draft draft = {0};
    struct listing listing = {0};
    enum err err = workspace_path(folder, WORKSPACE_LISTS, path);
    if (err == ERR_OK) {
        err = file_draft_open(out == NULL ? path : out, (struct file_how){.replace = true}, &draft);
    }
    if (err != ERR_OK) {
        return command_fail_err(err, out == NULL ? folder : out);
    }
    err = listing_build(folder, draft.temporary, &listing);
    if (err != ERR_OK) {
        file_draft_drop(&draft);
        return command_fail_err(err, listing.trouble);
    }
    err = file_draft_commit(&draft);
    if (err != ERR_OK) {
        return command_fail_err(err, out == NULL ? path : out);
    }
    printf("%s: %" PRIu64 " issuers, %" PRIu64 " keys, %" PRIu64 " status lists\n", out == NULL ? path : out,
           listing.issuers, listing.keys, listing.status_lists);
    return EX_OK;
}

const struct command command_trust_build = {
    .group = "trust",
    .name = "build",
    .operands = "FOLDER",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Make the database of a workspace's issuers and status lists.",
    .more = "Every issuer's file is read strictly, and every status list is checked again. The same "
            "workspace gives the same bytes.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
