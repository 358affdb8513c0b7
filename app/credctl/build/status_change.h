/* status_change: what status revoke, suspend and set do: give values to entries of a list in work. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_STATUS_CHANGE_H
#define CREDCTL_BUILD_STATUS_CHANGE_H

#include "credctl/options.h"

/* A change of entries. */
struct status_change {
    const char *purpose; /* a bitstring must serve it; NULL: any */
    uint32_t value;      /* what the entries of a bitstring become */
    uint32_t token;      /* what those of a Token Status List become */
    bool keep_revoked;   /* entries of a Token Status List that are invalid stay so */
};

/*
 * Change the entries whose numbers follow the file among the operands: all of them or, after an error,
 * none. Gives a status of sysexits.h, after its message.
 */
int status_change_entries(const struct options *options, const struct status_change *change);

#endif
