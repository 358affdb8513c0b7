/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/linux/linux_clock.h"

#include <fcntl.h>
#include <linux/rtc.h>
#include <sys/ioctl.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static void read_system(struct clock_reading *out) {
    struct timex query = {0};
    int state = adjtimex(&query);
    out->system_synchronised = state >= 0 && state != TIME_ERROR && (query.status & STA_UNSYNC) == 0;
    out->system_s = (int64_t)time(NULL);
}

/* The driver says that the chip kept its power; one without that question has not said so. */
static bool kept_power(int descriptor) {
    unsigned int flags = 0;
    unsigned int ill = RTC_VL_DATA_INVALID | RTC_VL_BACKUP_EMPTY | RTC_VL_ACCURACY_LOW;
    return ioctl(descriptor, RTC_VL_READ, &flags) == 0 && (flags & ill) == 0;
}

static void read_rtc(struct clock_reading *out) {
    int descriptor = open("/dev/rtc0", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return;
    }
    struct rtc_time rtc = {0};
    if (ioctl(descriptor, RTC_RD_TIME, &rtc) == 0) {
        struct tm calendar = {.tm_sec = rtc.tm_sec,
                              .tm_min = rtc.tm_min,
                              .tm_hour = rtc.tm_hour,
                              .tm_mday = rtc.tm_mday,
                              .tm_mon = rtc.tm_mon,
                              .tm_year = rtc.tm_year};
        out->rtc_s = (int64_t)timegm(&calendar);
        out->rtc_healthy = kept_power(descriptor);
    }
    close(descriptor);
}

static void read_without_rtc(void *ctx, struct clock_reading *out) {
    (void)ctx;
    *out = (struct clock_reading){0};
    read_system(out);
}

static void read_both(void *ctx, struct clock_reading *out) {
    read_without_rtc(ctx, out);
    read_rtc(out);
}

struct clock_port linux_clock(enum profile_rtc rtc) {
    return (struct clock_port){NULL, rtc == PROFILE_RTC_PRESENT ? read_both : read_without_rtc};
}
