/* report: a verdict as JSON (trust.md section 4), and as lines for a person. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_JUDGE_REPORT_H
#define CREDCTL_JUDGE_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "verdict/verdict.h"

/* The verdict as a JSON object; NULL when memory ran out. The caller's reference. */
json_t *report_json(const struct verdict *verdict);

/*
 * Print the verdict.
 *
 * name    of the file, shown first
 * colour  the output is a terminal that shows colours
 */
void report_text(FILE *out, const char *name, const struct verdict *verdict, bool colour);

/* The exit status of a verdict: 0 valid, 1 not valid, 2 cannot check, 3 valid with a note. */
int report_status(const struct verdict *verdict);

/* The worse of two such statuses: 1, then 2, then 3, then 0. */
int report_worse(int a, int b);

#endif
