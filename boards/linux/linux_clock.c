/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/linux/linux_clock.h"

#include <fcntl.h>
#include <linux/rtc.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#define RTC_DEVICE   "/dev/rtc0"
#define BOOT_ID_FILE "/proc/sys/kernel/random/boot_id"

static void read_system(struct clock_reading *out) {
    struct timex query = {0};
    struct timespec boot = {0};
    int state = adjtimex(&query);
    out->system_synchronised = state >= 0 && state != TIME_ERROR && (query.status & STA_UNSYNC) == 0;
    out->system_s = (int64_t)time(NULL);
    out->boot_s = clock_gettime(CLOCK_BOOTTIME, &boot) == 0 ? (int64_t)boot.tv_sec : 0;
}

/* The driver says that the chip kept its power; one without that question has not said so. */
static bool kept_power(int descriptor) {
    unsigned int flags = 0;
    unsigned int ill = RTC_VL_DATA_INVALID | RTC_VL_BACKUP_EMPTY | RTC_VL_ACCURACY_LOW;
    return ioctl(descriptor, RTC_VL_READ, &flags) == 0 && (flags & ill) == 0;
}

static void read_rtc(struct clock_reading *out) {
    int descriptor = open(RTC_DEVICE, O_RDONLY | O_CLOEXEC);
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
        out->rtc_present = true;
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

/* The first 64 bits of the kernel's name for this boot; 0 where it gives none. */
static uint64_t read_boot_id(void) {
    char text[64] = "", digits[17] = "";
    int file = open(BOOT_ID_FILE, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        (void)!read(file, text, sizeof text - 1);
        close(file);
    }
    size_t count = 0;
    for (const char *at = text; *at != '\0' && count < sizeof digits - 1; at++) {
        if (*at != '-') {
            digits[count++] = *at;
        }
    }
    return strtoull(digits, NULL, 16);
}

struct clock_port linux_clock(enum profile_rtc rtc) {
    return (struct clock_port){NULL, rtc == PROFILE_RTC_PRESENT ? read_both : read_without_rtc,
                               read_boot_id()};
}
