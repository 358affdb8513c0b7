/* moment: the time by which a list is made or checked: stated by --at, or the machine's. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_MOMENT_H
#define CREDCTL_BUILD_MOMENT_H

#include "base/interval.h"
#include "credctl/options.h"

/* How the tables of commands describe it. */
#define MOMENT_OPTION                                                                                        \
    { "at", 0, "TIME", "Another time than now, such as 2026-09-01T10:00:00Z.", OPTION_ONCE }

/* Room for what moment_said gives. */
#define MOMENT_SAID_SIZE 64

/* ", as of TIME (stated)" where the time was stated, else "": no result passes for one of the present. Gives
 * `out`. */
const char *moment_said(const struct interval *now, char out[MOMENT_SAID_SIZE]);

/*
 * Seconds since 1970 UTC, for what is signed. A sysexits.h status, after its message; 0: good. A machine whose
 * clock is before the building of this program signs nothing unless the time is stated.
 */
int moment_to_sign(const struct options *options, int64_t *out_s);

/* The interval, for what is checked. As above. */
int moment_to_check(const struct options *options, struct interval *out);

#endif
