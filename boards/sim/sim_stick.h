/* sim_stick: a USB stick made of a folder: put in, pulled out in the middle of a file, taken away. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_SIM_STICK_H
#define BOARDS_SIM_SIM_STICK_H

#include "base/err.h"

/* `readable` of a stick that stays in. */
#define SIM_STICK_STAYS (-1)

/*
 * Put it in: its files are copied as credkiosk-stick does. What becomes of that, the stick's status says.
 *
 * data      the data folder
 * folder    what lies on the stick
 * readable  bytes that can be read before it is pulled out, or SIM_STICK_STAYS
 *
 * ERR_STORE_READ, ERR_STORE_WRITE  the data folder cannot be opened, or written to
 */
MUST_USE enum err sim_stick_plug(const char *data, const char *folder, int64_t readable);

/* Take it away. The same errors. */
MUST_USE enum err sim_stick_unplug(const char *data);

#endif
