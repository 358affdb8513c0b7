/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/sim_clock.h"

#include "boards/linux/linux_clock.h"

static void read_system(const struct sim_state *state, struct clock_reading *out) {
    switch (sim_state_clock(state, &out->system_s)) {
    case SIM_CLOCK_MACHINE: {
        struct clock_port machine = linux_clock(PROFILE_RTC_NONE);
        machine.read(machine.ctx, out);
        break;
    }
    case SIM_CLOCK_SET:
        out->system_synchronised = true;
        break;
    case SIM_CLOCK_UNSET:
        break;
    }
}

static void read_clock(void *ctx, struct clock_reading *out) {
    struct clock_reading reading = {0};
    read_system(ctx, &reading);
    enum sim_state_rtc rtc = sim_state_rtc(ctx, &reading.rtc_s);
    reading.rtc_present = rtc != SIM_RTC_NONE;
    reading.rtc_healthy = rtc == SIM_RTC_HEALTHY;
    reading.boot_s = sim_state_boot_s(ctx);
    *out = reading;
}

struct clock_port sim_clock(struct sim_state *state) {
    return (struct clock_port){state, read_clock, linux_clock(PROFILE_RTC_NONE).boot_id};
}
