/* understudy: a test program put beside itself under the reader's name, to play a reader gone wrong. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_UNDERSTUDY_H
#define TESTS_LIB_UNDERSTUDY_H

#include <stdbool.h>

/* Bytes of a part's name with its terminator. */
#define UNDERSTUDY_PART_MAX 64u

/*
 * Is this process the understudy? Ask first in main, and then play: one that ran the tests would start itself
 * again without end. A child has no environment, so its part stands in a file; without one the process ends.
 */
bool understudy_part(int argc, char **argv, char part[UNDERSTUDY_PART_MAX]);

/* Set-up and tear-down of the tests' group: the link beside this program, and its part's file. */
int understudy_put_beside(void **state);
int understudy_take_away(void **state);

/* What the understudy plays when it is started next. */
void understudy_set_part(const char *part);

#endif
