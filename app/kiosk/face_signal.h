/* face_signal: somebody asks the kiosk to end: SIGINT, SIGTERM, SIGHUP. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_FACE_SIGNAL_H
#define KIOSK_FACE_SIGNAL_H

#include <stdbool.h>

/* Take note of these signals from now on, and ignore SIGPIPE. */
void face_signal_watch(void);

/* One of them came. */
bool face_signal_came(void);

#endif
