/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/face_signal.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t face_signal_seen;

static void note(int number) {
    (void)number;
    face_signal_seen = 1;
}

void face_signal_watch(void) {
    struct sigaction action = {.sa_handler = note};
    sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGHUP, &action, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

bool face_signal_came(void) {
    return face_signal_seen != 0;
}
