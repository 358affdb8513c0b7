/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/sim_clock.h"

#include "boards/linux/linux_clock.h"

static void read_clock(void *ctx, struct clock_reading *out) {
    struct clock_reading reading = {0};
    switch (sim_state_clock(ctx, &reading.system_s)) {
    case SIM_CLOCK_MACHINE: {
        struct clock_port machine = linux_clock(PROFILE_RTC_NONE);
        machine.read(machine.ctx, &reading);
        break;
    }
    case SIM_CLOCK_SET:
        reading.system_synchronised = true;
        break;
    case SIM_CLOCK_UNSET:
        break;
    }
    *out = reading;
}

struct clock_port sim_clock(struct sim_state *state) {
    return (struct clock_port){state, read_clock};
}
