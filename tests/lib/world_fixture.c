/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/world_fixture.h"

struct world world;

int world_set_up(void **state) {
    (void)state;
    world_start(&world, false);
    return 0;
}

int world_tear_down(void **state) {
    (void)state;
    world_stop(&world);
    return 0;
}
