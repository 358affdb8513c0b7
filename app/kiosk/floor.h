/* floor: a time that is known to have passed. It grows with the uptime and is kept over restarts: a clock that reads less
 * is ill. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_FLOOR_H
#define KIOSK_FLOOR_H

#include <stdbool.h>
#include <stdint.h>

#include "boards/store.h"

/* 2026-01-01: when this version was written, that had passed. Raised with releases; no build time, so that
 * builds can be repeated. */
#define FLOOR_RELEASE_S 1767225600ll
/* A floor past 2100-01-01 is damage. */
#define FLOOR_MOST_S 4102444800ll
/* How much uptime a power cut may cost: each keeping writes two blocks and a folder, 24 times a day. */
#define FLOOR_KEEP_S 3600

/* Seconds since 1970 UTC, and of CLOCK_BOOTTIME. All zero: not opened. */
struct floor {
    int64_t time_s, boot_s; /* what had passed at that uptime */
    uint64_t root;          /* version of the root under which lists have raised it; 0: none has */
    int64_t tried_s;        /* uptime when it was last written, or should have been */
};

/*
 * Read the kept floor and add the uptime since: of this boot as a whole where it was kept in an earlier one, since its
 * keeping where it was kept in this one.
 *
 * boot_id  of the clock port; 0: it cannot be told, and no uptime before now is added
 * boot_s   CLOCK_BOOTTIME
 * least_s  what has passed in any case: the build
 *
 * Where none can be read, or it is damaged, it is the greater of least_s and FLOOR_RELEASE_S.
 */
void floor_open(const struct store_port *store, uint64_t boot_id, int64_t boot_s, int64_t least_s,
                struct floor *out);

/* The floor at an uptime. */
int64_t floor_at(const struct floor *floor, int64_t boot_s);

/* A time has passed. False: the floor was there already, or the time is past FLOOR_MOST_S. Whoever raises it keeps it. */
bool floor_raise(struct floor *floor, int64_t time_s, int64_t boot_s);

/*
 * Lists under a root are in use. A newer root than any before lowers the floor to `time_s`, so that a rotation mends what a
 * leaked key did to it (trust.md section 3). True: it did, keep it. The first root that is met lowers nothing.
 */
bool floor_follow(struct floor *floor, uint64_t root, int64_t time_s, int64_t boot_s);

/* Is it time to write it, that no more than FLOOR_KEEP_S of uptime is lost? */
bool floor_is_due(const struct floor *floor, int64_t boot_s);

/*
 * Write it. Also after an error it is not due for another FLOOR_KEEP_S.
 *
 * Every error of the store; the earlier one is still there then.
 */
MUST_USE enum err floor_keep(struct floor *floor, const struct store_port *store, uint64_t boot_id,
                             int64_t boot_s);

#endif
