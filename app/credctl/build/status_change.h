/* status_change: what status revoke and status suspend do: set or clear entries of a list in work. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_STATUS_CHANGE_H
#define CREDCTL_BUILD_STATUS_CHANGE_H

#include "credctl/options.h"

/*
 * Set or clear the entries whose numbers follow the file among the operands: all of them or, after an error,
 * none.
 *
 * purpose  the list must serve it
 * value    what the entries become
 * Gives a status of sysexits.h, after its message.
 */
int status_change_entries(const struct options *options, const char *purpose, bool value);

#endif
