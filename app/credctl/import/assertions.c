/* SPDX-License-Identifier: Apache-2.0 */
/* Hosted badges (Open Badges 2.0): assertions, badge classes and issuers' profiles, as their addresses gave them. */
#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

#include "credctl/build/hosted_file.h"
#include "credctl/command.h"
#include "credctl/import/import.h"

static int fail(const struct import_input *input, enum err err) {
    return command_fail_err(err, input->path);
}

/* All are read before the first is kept: one that is wrong leaves the workspace as it was. */
static int check_all(struct import_job *job) {
    for (size_t i = 0; i < job->input_count; i++) {
        struct hosted_file file = {0};
        json_t *json = NULL;
        struct span text = {0};
        enum err err = import_text(job, i, &text);
        err = err == ERR_OK && text.len > HOSTED_FILE_BYTES_MAX ? ERR_FILE_LARGE : err;
        err = err == ERR_OK ? import_json(job, i, &json) : err;
        err = err == ERR_OK ? hosted_file_read(json, &file) : err;
        json_decref(json);
        if (err != ERR_OK) {
            return fail(&job->inputs[i], err);
        }
    }
    return EX_OK;
}

static int keep(struct import_job *job, const char *folder) {
    if (!options_has(job->options, "accept-unsigned")) {
        return fail(&job->inputs[0], ERR_IMPORT_UNSIGNED);
    }
    int status = check_all(job);
    for (size_t i = 0; status == EX_OK && i < job->input_count; i++) {
        char place[PATH_MAX];
        struct span text = {0};
        enum err err = import_text(job, i, &text);
        err = err == ERR_OK ? hosted_file_keep(folder, text, place) : err;
        status = err == ERR_OK ? EX_OK : fail(&job->inputs[i], err);
    }
    if (status == EX_OK) {
        printf("%s/hosted: %zu documents; unsigned\n", folder, job->input_count);
    }
    return status;
}

const struct import_format import_assertions = {
    .name = "assertions",
    .sentence =
        "Hosted badges of Open Badges 2.0: assertions, badge classes and profiles, a file each; unsigned.",
    .takes = {"accept-unsigned"},
    .keep = keep,
};
