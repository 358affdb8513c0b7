/* SPDX-License-Identifier: Apache-2.0 */
/* JSON-LD contexts, kept by address and hash, as credctl trust add --context keeps them. */
#include <sysexits.h>

#include "credctl/command.h"
#include "credctl/import/import.h"
#include "credctl/trust_add_context.h"

static int keep(struct import_job *job, const char *folder) {
    const char *address = job->url[0] == '\0' ? NULL : job->url;
    if (address != NULL && job->input_count > 1) {
        return command_fail(EX_USAGE, "--url is the address of one context: %zu files are named",
                            job->input_count);
    }
    int status = EX_OK;
    for (size_t i = 0; status == EX_OK && i < job->input_count; i++) {
        status = trust_add_context_file(job->options, folder, job->inputs[i].path, address);
    }
    return status;
}

const struct import_format import_contexts = {
    .name = "contexts",
    .sentence = "JSON-LD contexts: one as it was published, its address by --url, or tables of terms.",
    .takes = {"url", "source", "assets"},
    .keep = keep,
};
