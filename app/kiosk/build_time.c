/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/build_time.h"

const int64_t build_time_s = BUILD_TIME_S;

struct interval build_time_raise(const struct interval *now) {
    struct interval raised = *now;
    if (raised.source != INTERVAL_STATED && raised.lo_s < build_time_s) {
        raised.lo_s = build_time_s;
        bool far = raised.horizon_s != 0 && raised.horizon_s < build_time_s + INTERVAL_FAR_S;
        raised.horizon_s = far ? build_time_s + INTERVAL_FAR_S : raised.horizon_s;
    }
    return raised;
}
