/* sim_clock: the clock that a script sets. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_SIM_CLOCK_H
#define BOARDS_SIM_SIM_CLOCK_H

#include "boards/clock.h"
#include "boards/sim/sim_state.h"

/* A clock over a state, which stays the caller's. Set: a synchronised system clock. Unset: the system clock does not
 * count. Before the script says anything: the machine's system clock as it is. A battery clock where the script has put
 * one in. */
struct clock_port sim_clock(struct sim_state *state);

#endif
