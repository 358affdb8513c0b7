/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/status_change.h"
#include "credctl/command.h"

static int run(const struct options *options) {
    static const struct status_change revoke = {.purpose = "revocation", .value = 1, .token = 1};
    return status_change_entries(options, &revoke);
}

const struct command command_status_revoke = {
    .group = "status",
    .name = "revoke",
    .operands = "FILE NUMBER...",
    .operands_min = 2,
    .operands_max = SIZE_MAX,
    .sentence = "Revoke credentials by their numbers in a status list. A revocation is for good.",
    .more = "  credctl status revoke status.json 17 4711\n\nThen: credctl status sign.",
    .run = run,
};
