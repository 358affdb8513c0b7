/* looker: the one reader of codes that the tests of a program share, and pictures shown to it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_LOOKER_H
#define TESTS_LIB_LOOKER_H

#include <stdbool.h>

#include "symbol/symbol.h"
#include "tests/lib/render_code.h"

/* Open from looker_start to looker_stop. */
extern struct symbol_reader *looker_reader;

/* Before and after all tests of a group: for cmocka_run_group_tests. */
int looker_start(void **state);
int looker_stop(void **state);

/* What the reader finds in a picture, which is freed. Fails the test where there is no picture, or an error. */
struct symbols looker_read(struct grey picture, bool thorough);

/* Whether a picture, which is freed, gives this code's payload and no other. */
bool looker_reads(struct grey picture, const struct render_code *code);

#endif
