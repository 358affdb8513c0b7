/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/status_change.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"lift", 0, NULL, "End the suspension.", OPTION_ONCE},
};

static int run(const struct options *options) {
    bool lift = options_has(options, "lift");
    struct status_change suspend = {
        .purpose = "suspension", .value = lift ? 0 : 1, .token = lift ? 0 : 2, .keep_revoked = true};
    return status_change_entries(options, &suspend);
}

const struct command command_status_suspend = {
    .group = "status",
    .name = "suspend",
    .operands = "FILE NUMBER...",
    .operands_min = 2,
    .operands_max = SIZE_MAX,
    .sentence = "Suspend credentials by their numbers in a status list, or end it.",
    .more = "  credctl status suspend suspensions.json 17\n"
            "  credctl status suspend suspensions.json 17 --lift\n\n"
            "The list is one made with --purpose suspension, or with --form token and two bits or more. "
            "Then: credctl status sign.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
