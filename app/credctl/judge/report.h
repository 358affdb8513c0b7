/* report: the verdicts of a file as JSON (trust.md section 4), and as lines for a person. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_JUDGE_REPORT_H
#define CREDCTL_JUDGE_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "verdict/verdict.h"

/*
 * The verdict as a JSON object; of several the worst's answer with "credentials", an array of such objects. NULL when
 * memory ran out. The caller's reference.
 */
json_t *report_json(const struct verdicts *verdicts);

/*
 * Print the verdict; of several first how many there are and the worst, then one below the other.
 *
 * name    of the file, shown first
 * colour  the output is a terminal that shows colours
 */
void report_text(FILE *out, const char *name, const struct verdicts *verdicts, bool colour);

/* The exit status of the worst verdict: 0 valid, 1 not valid, 2 cannot check, 3 valid with a note; 2 where there is
 * none. */
int report_status(const struct verdicts *verdicts);

/* The worse of two such statuses: 1, then 2, then 3, then 0. */
int report_worse(int a, int b);

#endif
