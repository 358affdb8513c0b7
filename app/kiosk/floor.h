/* floor: a time that is known to have passed, kept over restarts: a clock that reads less is ill. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_FLOOR_H
#define KIOSK_FLOOR_H

#include <stdint.h>

#include "boards/store.h"

/* 2026-01-01: when this version was written, that had passed. Raised with releases; no build time, so that
 * builds can be repeated. */
#define FLOOR_RELEASE_S 1767225600ll
/* A stored floor past 2100-01-01 is damage. */
#define FLOOR_MOST_S 4102444800ll

/* The stored floor in seconds since 1970 UTC; FLOOR_RELEASE_S where none can be read, or it is less. */
int64_t floor_read(const struct store_port *store);

/*
 * Keep a floor: the `iat` of a trust list that was accepted.
 *
 * Every error of the store; the earlier one is still there then.
 */
MUST_USE enum err floor_write(const struct store_port *store, int64_t floor_s);

#endif
