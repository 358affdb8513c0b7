/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

#include "credctl/build/bitstring.h"
#include "credctl/build/status_file.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"issuer", 'i', "ID", "Who issues the credentials, and signs the list.", OPTION_REQUIRED},
    {"address", 'a', "URL", "Where credentials will say that the list is.", OPTION_REQUIRED},
    {"purpose", 'p', "PURPOSE", "revocation (the default) or suspension.", OPTION_ONCE},
    {"entries", 'n', "N",
     "How many credentials it can speak of; 131072 where it is not given, which is the least.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where the list goes while it is worked on.", OPTION_REQUIRED},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

static int run(const struct options *options) {
    const char *purpose = options_or(options, "purpose", "revocation"), *out = options_value(options, "out");
    int64_t entries = 0;
    struct status_file file = {0};
    if (strcmp(purpose, "revocation") != 0 && strcmp(purpose, "suspension") != 0) {
        return command_fail(EX_USAGE, "--purpose takes revocation or suspension");
    }
    if (!options_number(options, "entries", LIMIT_STATUS_ENTRIES_MIN, (int64_t)STATUSLIST_BYTES_MAX * 8,
                        LIMIT_STATUS_ENTRIES_MIN, &entries)) {
        return command_fail(EX_USAGE, "--entries takes a number from %u to %" PRId64, LIMIT_STATUS_ENTRIES_MIN,
                            (int64_t)STATUSLIST_BYTES_MAX * 8);
    }
    enum err err = status_file_make(options_value(options, "issuer"), options_value(options, "address"),
                                    purpose, entries, &file);
    if (err == ERR_OK) {
        err = status_file_write(&file, out, options_has(options, "force"));
    }
    status_file_close(&file);
    return err == ERR_OK ? EX_OK : command_fail_err(err, out);
}

const struct command command_status_new = {
    .group = "status",
    .name = "new",
    .operands = "",
    .sentence = "Begin a status list: which of an issuer's credentials are revoked or suspended.",
    .more =
        "  credctl status new --issuer did:web:academy.example --address https://academy.example/status/1 "
        "--out status.json\n\n"
        "Credentials name the list by its address and their own number in it. Then: credctl status "
        "revoke, sign.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
