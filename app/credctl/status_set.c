/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <sysexits.h>

#include "credctl/build/status_change.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"value", 0, "N", "What the entries become, from 0 to what their bits hold.", OPTION_REQUIRED},
};

static int run(const struct options *options) {
    int64_t value = 0;
    if (!options_number(options, "value", 0, 255, 0, &value)) {
        return command_fail(EX_USAGE, "--value takes 0 to 255");
    }
    struct status_change change = {.value = (uint32_t)value, .token = (uint32_t)value};
    return status_change_entries(options, &change);
}

const struct command command_status_set = {
    .group = "status",
    .name = "set",
    .operands = "FILE NUMBER...",
    .operands_min = 2,
    .operands_max = SIZE_MAX,
    .sentence = "Give entries of a status list any value, such as the number of a message.",
    .more =
        "  credctl status set progress.json --value 2 17 4711\n\n"
        "What a value means, credentials say by statusMessage where the list is one of messages; in a Token "
        "Status List 0 is valid, 1 invalid, 2 suspended, and kiosks pass no other. Then: credctl status "
        "sign.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
