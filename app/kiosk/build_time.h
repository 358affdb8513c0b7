/* build_time: when this program was compiled, which is a time that has passed for certain. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_BUILD_TIME_H
#define KIOSK_BUILD_TIME_H

#include "base/interval.h"

/* Seconds since 1970 UTC; SOURCE_DATE_EPOCH where that was set. A floor for every clock. */
extern const int64_t build_time_s;

/* The interval with its lower end raised to the build; a stated time stays as stated. */
struct interval build_time_raise(const struct interval *now);

#endif
