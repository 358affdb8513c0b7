/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

#include "base/limits.h"
#include "credctl/build/statuslist.h"
#include "credctl/build/status_file.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"issuer", 'i', "ID", "Who issues the credentials, and signs the list.", OPTION_REQUIRED},
    {"address", 'a', "URL", "Where credentials will say that the list is.", OPTION_REQUIRED},
    {"form", 0, "FORM", "bitstring (the default), or token: a Token Status List, which has no purpose.",
     OPTION_ONCE},
    {"purpose", 'p', "PURPOSE", "revocation (the default), suspension or message.", OPTION_ONCE},
    {"bits", 'b', "N", "Bits of an entry: 1 (the default) to 8; in a Token Status List 1, 2, 4 or 8.",
     OPTION_ONCE},
    {"entries", 'n', "N",
     "How many credentials it can speak of; 131072 where it is not given, which is the least.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where the list goes while it is worked on.", OPTION_REQUIRED},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

/* What the list is for; NULL where that is no choice, after its message. */
static const char *read_purpose(const struct options *options) {
    const char *form = options_or(options, "form", "bitstring");
    const char *purpose = options_or(options, "purpose", "revocation");
    bool token = strcmp(form, "token") == 0;
    if (!token && strcmp(form, "bitstring") != 0) {
        command_fail(EX_USAGE, "--form takes bitstring or token");
        return NULL;
    }
    if (token && options_has(options, "purpose")) {
        command_fail(EX_USAGE, "a Token Status List has no --purpose: its values say what they mean");
        return NULL;
    }
    if (strcmp(purpose, "revocation") != 0 && strcmp(purpose, "suspension") != 0 &&
        strcmp(purpose, "message") != 0) {
        command_fail(EX_USAGE, "--purpose takes revocation, suspension or message");
        return NULL;
    }
    return token ? STATUS_FILE_TOKEN : purpose;
}

static int make(const struct options *options, const char *purpose, int64_t entries, int64_t bits) {
    const char *out = options_value(options, "out");
    struct status_file file = {0};
    enum err err = status_file_make(options_value(options, "issuer"), options_value(options, "address"),
                                    purpose, entries, bits, &file);
    if (err == ERR_OK) {
        err = status_file_write(&file, out, options_has(options, "force"));
    }
    status_file_close(&file);
    return err == ERR_OK ? EX_OK : command_fail_err(err, out);
}

static int run(const struct options *options) {
    const char *purpose = read_purpose(options);
    int64_t entries = 0, bits = 0;
    if (purpose == NULL) {
        return EX_USAGE;
    }
    bool token = strcmp(purpose, STATUS_FILE_TOKEN) == 0;
    if (!options_number(options, "bits", 1, 8, 1, &bits) || (token && (bits & (bits - 1)) != 0)) {
        return command_fail(EX_USAGE, token ? "--bits takes 1, 2, 4 or 8" : "--bits takes 1 to 8");
    }
    int64_t least = token ? 1 : LIMIT_STATUS_ENTRIES_MIN, most = (int64_t)STATUSLIST_BYTES_MAX * 8 / bits;
    if (!options_number(options, "entries", least, most, LIMIT_STATUS_ENTRIES_MIN, &entries)) {
        return command_fail(EX_USAGE, "--entries takes a number from %" PRId64 " to %" PRId64, least, most);
    }
    return make(options, purpose, entries, bits);
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
