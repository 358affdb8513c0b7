/* pin: tries at the staff's PIN, which become rare when they are wrong, over restarts too. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_PIN_H
#define KIOSK_PIN_H

#include <stdbool.h>
#include <stdint.h>

#include "boards/store.h"
#include "config/pin_hash.h"

/* So many may be wrong; that one and each after it costs a wait, twice as long as the one before, up to an hour. */
#define PIN_FREE       5u
#define PIN_WAIT_S     15
#define PIN_WAIT_MAX_S 3600

/* Zero is "wrong". */
enum pin_answer {
    PIN_WRONG = 0,
    PIN_RIGHT,
    PIN_WAIT, /* it is not the time for a try: it was not looked at */
    PIN_NONE  /* no PIN is set: nobody gets in */
};

/* All zero: not opened; the first try opens nothing by itself. */
struct pin_guard {
    uint32_t wrong;   /* in a row */
    int64_t until_ms; /* no try before */
};

/*
 * Read how many were wrong. Where that is PIN_FREE or more the wait begins anew: pulling the plug shortens none. A damaged
 * record counts as PIN_FREE; an absent one as none.
 *
 * now_ms  of a clock that runs while this process does
 */
void pin_guard_open(const struct store_port *store, int64_t now_ms, struct pin_guard *out);

/* Seconds until the next try, rounded up; 0: now. */
uint32_t pin_guard_wait_s(const struct pin_guard *guard, int64_t now_ms);

/*
 * Try a PIN. The try is written down as a wrong one before it is looked at, so that whoever kills the kiosk in between gains
 * none; where it cannot be written down, each costs a wait. The right one makes the record blank.
 */
enum pin_answer pin_guard_try(struct pin_guard *guard, const struct store_port *store,
                              const struct pin_hash *pin, struct span digits, int64_t now_ms);

#endif
