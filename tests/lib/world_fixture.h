/* world_fixture: the one world of a test program, started for its group and stopped behind it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_WORLD_FIXTURE_H
#define TESTS_LIB_WORLD_FIXTURE_H

#include "tests/lib/world.h"

/* Started by world_set_up, without RSA keys. */
extern struct world world;

/* For cmocka_run_group_tests. */
int world_set_up(void **state);
int world_tear_down(void **state);

#endif
