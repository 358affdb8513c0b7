/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/packing.h"

#include <fcntl.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/limits.h"
#include "credctl/command.h"
#include "credctl/file.h"

int packing_open(const struct options *options, const char *path, struct packing *out) {
    const char *root = options_value(options, "root");
    *out = (struct packing){0};
    int status = moment_to_check(options, &out->rules.now);
    if (status != EX_OK) {
        return status;
    }
    enum err err = file_read(root, LIMIT_ROOT_CHAIN_BYTES, &out->root);
    if (err != ERR_OK) {
        return command_fail_err(err, root);
    }
    out->rules.root = room_span(&out->root);
    out->rules.audience = span_of_text(options_or(options, "audience", ""));
    out->rules.app_version = PACK_APP_VERSION;
    out->file = open(path, O_RDONLY | O_CLOEXEC);
    out->open = out->file >= 0;
    if (out->open) {
        return EX_OK;
    }
    return command_fail_err(access(path, F_OK) == 0 ? ERR_FILE_READ : ERR_FILE_MISSING, path);
}

void packing_close(struct packing *packing) {
    if (packing->open) {
        close(packing->file);
    }
    file_release(&packing->root);
    *packing = (struct packing){0};
}
