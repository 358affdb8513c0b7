/* SPDX-License-Identifier: Apache-2.0 */
/* linux_clock_test: the port over a kernel that this test plays: adjtimex, /dev/rtc0 and its ioctls. */
#include "tests/lib/check.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/rtc.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "boards/linux/linux_clock.h"

/* What the kernel answers. */
static struct {
    int state, status; /* of adjtimex */
    bool rtc;          /* there is a device */
    bool reads, tells; /* RTC_RD_TIME, RTC_VL_READ are answered */
    struct rtc_time time;
    unsigned flags; /* of RTC_VL_READ */
    int opened, closed;
    int descriptor;
} kernel;

int adjtimex(struct timex *query) {
    query->status = kernel.status;
    return kernel.state;
}

int open(const char *path, int flags, ...) {
    if (strcmp(path, "/dev/rtc0") != 0) {
        return (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0);
    }
    if (!kernel.rtc) {
        errno = ENOENT;
        return -1;
    }
    kernel.opened++;
    kernel.descriptor = (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY | O_CLOEXEC, 0);
    return kernel.descriptor;
}

int close(int descriptor) {
    kernel.closed += kernel.opened > kernel.closed && descriptor == kernel.descriptor;
    return (int)syscall(SYS_close, descriptor);
}

int ioctl(int descriptor, unsigned long request, ...) {
    va_list arguments;
    va_start(arguments, request);
    void *out = va_arg(arguments, void *);
    va_end(arguments);
    bool answers = request == RTC_RD_TIME ? kernel.reads : request == RTC_VL_READ && kernel.tells;
    if (descriptor != kernel.descriptor || !answers) {
        errno = ENOTTY;
        return -1;
    }
    if (request == RTC_RD_TIME) {
        memcpy(out, &kernel.time, sizeof kernel.time);
    } else {
        memcpy(out, &kernel.flags, sizeof kernel.flags);
    }
    return 0;
}

static struct clock_reading read_clock(enum profile_rtc rtc) {
    struct clock_port port = linux_clock(rtc);
    struct clock_reading reading = {.rtc_s = 77, .rtc_healthy = true, .system_synchronised = true};
    port.read(port.ctx, &reading);
    assert_int_equal(kernel.opened, kernel.closed);
    return reading;
}

/* A whole machine: a synchronised clock, and a chip that reads 2026-09-01T10:00:00Z. */
static void play_a_good_kernel(void) {
    memset(&kernel, 0, sizeof kernel);
    kernel.rtc = kernel.reads = kernel.tells = true;
    kernel.time = (struct rtc_time){.tm_year = 126, .tm_mon = 8, .tm_mday = 1, .tm_hour = 10};
}

static void the_system_clock_counts_where_the_kernel_says_so(void **state) {
    (void)state;
    static const struct {
        int state, status;
        bool synchronised;
    } cases[] = {
        {TIME_OK, 0, true},
        {TIME_OK, STA_PLL, true},
        {TIME_INS, STA_INS, true},
        {TIME_OOP, STA_INS, true},
        {TIME_OK, STA_UNSYNC, false},
        {TIME_ERROR, 0, false},
        {TIME_ERROR, STA_UNSYNC, false},
        {-1, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        play_a_good_kernel();
        kernel.state = cases[i].state;
        kernel.status = cases[i].status;
        assert_int_equal(read_clock(PROFILE_RTC_NONE).system_synchronised, cases[i].synchronised);
    }
}

static void a_battery_clock_is_healthy_where_its_driver_says_so(void **state) {
    (void)state;
    play_a_good_kernel();
    struct clock_reading reading = read_clock(PROFILE_RTC_PRESENT);
    assert_true(reading.rtc_present && reading.rtc_healthy);
    assert_int_equal(reading.rtc_s, 1788256800);
    static const unsigned ill[] = {RTC_VL_DATA_INVALID, RTC_VL_BACKUP_EMPTY, RTC_VL_ACCURACY_LOW,
                                   RTC_VL_DATA_INVALID | RTC_VL_BACKUP_LOW};
    for (size_t i = 0; i < sizeof ill / sizeof *ill; i++) {
        kernel.flags = ill[i];
        reading = read_clock(PROFILE_RTC_PRESENT);
        assert_true(reading.rtc_present && !reading.rtc_healthy);
    }
    kernel.flags = RTC_VL_BACKUP_LOW; /* soon, not yet */
    assert_true(read_clock(PROFILE_RTC_PRESENT).rtc_healthy);
}

static void a_driver_that_cannot_tell_leaves_it_unknown(void **state) {
    (void)state;
    play_a_good_kernel();
    kernel.tells = false;
    struct clock_reading reading = read_clock(PROFILE_RTC_PRESENT);
    assert_true(reading.rtc_present && !reading.rtc_healthy);
    assert_int_equal(reading.rtc_s, 1788256800);
}

static void what_cannot_be_read_is_left_unset(void **state) {
    (void)state;
    play_a_good_kernel();
    kernel.reads = false;
    struct clock_reading reading = read_clock(PROFILE_RTC_PRESENT);
    assert_false(reading.rtc_present || reading.rtc_healthy);
    assert_int_equal(reading.rtc_s, 0);
    play_a_good_kernel();
    kernel.rtc = false;
    reading = read_clock(PROFILE_RTC_PRESENT);
    assert_false(reading.rtc_present || reading.rtc_healthy);
    play_a_good_kernel(); /* a profile without one does not even look */
    reading = read_clock(PROFILE_RTC_NONE);
    assert_false(reading.rtc_present || reading.rtc_healthy);
    assert_int_equal(kernel.opened, 0);
}

static void years_far_away_are_read_whole(void **state) {
    (void)state;
    play_a_good_kernel();
    kernel.time = (struct rtc_time){
        .tm_year = 138, .tm_mon = 0, .tm_mday = 19, .tm_hour = 3, .tm_min = 14, .tm_sec = 8};
    assert_int_equal(read_clock(PROFILE_RTC_PRESENT).rtc_s, 2147483648LL);
    kernel.time = (struct rtc_time){.tm_year = 70, .tm_mday = 1};
    assert_int_equal(read_clock(PROFILE_RTC_PRESENT).rtc_s, 0);
}

static void the_uptime_goes_on_and_a_boot_has_a_name(void **state) {
    (void)state;
    play_a_good_kernel();
    struct timespec boot = {0};
    clock_gettime(CLOCK_BOOTTIME, &boot);
    assert_in_range(read_clock(PROFILE_RTC_NONE).boot_s, boot.tv_sec, boot.tv_sec + 60);
    assert_true(linux_clock(PROFILE_RTC_NONE).boot_id != 0);
    assert_true(linux_clock(PROFILE_RTC_NONE).boot_id == linux_clock(PROFILE_RTC_PRESENT).boot_id);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_system_clock_counts_where_the_kernel_says_so),
        cmocka_unit_test(a_battery_clock_is_healthy_where_its_driver_says_so),
        cmocka_unit_test(a_driver_that_cannot_tell_leaves_it_unknown),
        cmocka_unit_test(what_cannot_be_read_is_left_unset),
        cmocka_unit_test(years_far_away_are_read_whole),
        cmocka_unit_test(the_uptime_goes_on_and_a_boot_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
