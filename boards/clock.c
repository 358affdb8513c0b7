/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/clock.h"

#include "boards/linux/linux_clock.h"

struct clock_port clock_of_machine(void) {
    return linux_clock(PROFILE_RTC_NONE);
}
