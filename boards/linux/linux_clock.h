/* linux_clock: the machine's system clock and its battery clock. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_LINUX_LINUX_CLOCK_H
#define BOARDS_LINUX_LINUX_CLOCK_H

#include "boards/clock.h"
#include "boards/profile.h"

/*
 * Read both clocks.
 *
 * The system clock counts where the kernel says that it is synchronised (adjtimex). The battery clock,
 * /dev/rtc0, counts where the profile names one and its driver answers RTC_VL_READ that no power was lost; a
 * driver that cannot answer leaves it unknown, and unknown is not healthy.
 */
struct clock_port linux_clock(enum profile_rtc rtc);

#endif
