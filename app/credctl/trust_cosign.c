/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "credctl/build/root_text.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"key", 'k', "FILE", "A private root key that signs; may be given several times.",
     OPTION_REQUIRED | OPTION_MANY},
};

static int sign_all(const struct options *options, struct root_draft *draft) {
    const char *path = NULL;
    for (size_t i = 0; (path = options_nth(options, "key", i)) != NULL; i++) {
        struct signer *signer = NULL;
        enum err err = signer_load(path, &signer);
        err = err == ERR_OK ? root_draft_sign(draft, signer) : err;
        signer_close(signer);
        if (err != ERR_OK) {
            return command_fail_err(err, path);
        }
    }
    return EX_OK;
}

/* The file changes as a whole, after all keys have signed. */
static int run(const struct options *options) {
    const char *path = options->operands[0];
    struct root_draft draft = {0};
    int lock = -1;
    enum err err = file_lock_beside(path, &lock);
    err = err == ERR_OK ? root_draft_load(path, &draft) : err;
    int status = err == ERR_OK ? sign_all(options, &draft) : command_fail_err(err, path);
    if (status == EX_OK) {
        err = root_draft_save(&draft, path, (struct file_how){.replace = true});
        err = err == ERR_OK ? root_text_draft(stdout, &draft) : err;
        status = err == ERR_OK ? EX_OK : command_fail_err(err, path);
    }
    root_draft_close(&draft);
    if (lock >= 0) {
        close(lock);
    }
    return status;
}

const struct command command_trust_cosign = {
    .group = "trust",
    .name = "cosign",
    .operands = "DRAFT",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Sign the draft of a next root, on whatever machine the root key is.",
    .more = "  credctl trust cosign root.next --key /media/safe/root-1.jwk\n\n"
            "The draft needs no workspace around it. It says what it changes (look first: credctl trust root "
            "root.next) and\n"
            "whose signature is missing. Bring it back to the workspace: credctl trust rotate lists "
            "--continue --from root.next",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
