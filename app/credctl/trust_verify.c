/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

#include "base/datetime.h"
#include "credctl/build/packing.h"
#include "credctl/command.h"
#include "credctl/progress.h"

static const struct option_spec table[] = {PACKING_OPTIONS};

static int run(const struct options *options) {
    const char *path = options->operands[0];
    struct packing packing = {0};
    struct pack *pack = NULL;
    int status = packing_open(options, path, &packing);
    if (status == EX_OK) {
        struct progress progress = {0};
        progress_begin(&progress, "checking");
        enum err err = pack_open_file(packing.file, &packing.rules, PACK_OPEN_INSTALL, &pack);
        progress_clear(&progress);
        if (err == ERR_OK) {
            err = pack_admit(pack_info(pack), &packing.rules.now);
        }
        status = err == ERR_OK ? EX_OK : command_fail_err(err, path);
    }
    if (status == EX_OK) {
        char until[DATETIME_TEXT_SIZE], said[MOMENT_SAID_SIZE];
        const struct pack_info *info = pack_info(pack);
        datetime_text(info->expires_s, until);
        printf("%s: good, %.*s number %" PRIu64 ", until %s%s\n", path, (int)info->scheme.len,
               (const char *)info->scheme.ptr, info->seq, until, moment_said(&packing.rules.now, said));
    }
    pack_close(pack);
    packing_close(&packing);
    return status;
}

const struct command command_trust_verify = {
    .group = "trust",
    .name = "verify",
    .operands = "PACK",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Check a pack as a kiosk does before it installs it.",
    .more = "  credctl trust verify lists.tpk --root root.jwt",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
