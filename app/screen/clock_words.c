/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/clock_words.h"

bool clock_words_is_set(const struct interval *now) {
    return now->source != INTERVAL_NO_CLOCK && now->source != INTERVAL_DISAGREE &&
           now->hi_s != INTERVAL_UNBOUNDED;
}

const char *clock_words_state(const struct interval *now) {
    if (now->source == INTERVAL_DISAGREE) {
        return tr("its sources disagree");
    }
    if (!clock_words_is_set(now)) {
        return tr("not set");
    }
    switch (now->source) {
    case INTERVAL_RTC:
        return tr("checked (battery clock)");
    case INTERVAL_SYSTEM:
        return tr("checked (network time)");
    default:
        return tr("checked (set by staff)");
    }
}
