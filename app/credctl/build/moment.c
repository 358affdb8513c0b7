/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/moment.h"

#include <stdio.h>
#include <sysexits.h>
#include <time.h>

#include "base/datetime.h"
#include "boards/clock.h"
#include "credctl/command.h"
#include "kiosk/build_time.h"

/* *stated is false where --at was not given. */
static int read_stated(const struct options *options, bool *stated, int64_t *out_s) {
    const char *at = options_value(options, "at");
    *stated = at != NULL;
    if (at != NULL && datetime_parse(span_of_text(at), out_s) != ERR_OK) {
        return command_fail(EX_USAGE, "--at takes a date and time such as 2026-09-01T10:00:00Z");
    }
    return EX_OK;
}

const char *moment_said(const struct interval *now, char out[MOMENT_SAID_SIZE]) {
    char time[DATETIME_TEXT_SIZE];
    out[0] = '\0';
    if (now->source == INTERVAL_STATED) {
        datetime_text(now->lo_s, time);
        snprintf(out, MOMENT_SAID_SIZE, ", as of %s (stated)", time);
    }
    return out;
}

int moment_to_sign(const struct options *options, int64_t *out_s) {
    bool stated = false;
    int64_t time_s = (int64_t)time(NULL);
    int status = read_stated(options, &stated, &time_s);
    if (status == EX_OK && !stated && time_s < build_time_s) {
        return command_fail(EX_OSERR, "the clock of this machine is wrong, it is before this program was "
                                      "built: set it, or state the time with --at");
    }
    if (status == EX_OK) {
        *out_s = time_s;
    }
    return status;
}

int moment_to_check(const struct options *options, struct interval *out) {
    bool stated = false;
    int64_t time_s = 0;
    int status = read_stated(options, &stated, &time_s);
    if (status != EX_OK) {
        return status;
    }
    struct clock_reading reading = {0};
    struct clock_port clock = clock_of_machine();
    clock.read(clock.ctx, &reading);
    *out = stated ? interval_at(time_s) : interval_from_clock(build_time_s, &reading);
    if (out->source == INTERVAL_SYSTEM) {
        out->horizon_s = INTERVAL_UNBOUNDED; /* whoever runs credctl sees that clock */
    }
    return EX_OK;
}
