/* verify: bytes, lists, rules and a time go in, a verdict comes out. The whole product feeds this or shows
 * its answer. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VERIFY_H
#define VERIFY_H

#include "base/arena.h"
#include "base/interval.h"
#include "base/span.h"
#include "pack/pack.h"
#include "policy/policy.h"
#include "verdict/verdict.h"

/*
 * Judge what a QR code or file holds. Pure: the same arguments give the same verdict on every machine and
 * day.
 *
 * payload  the exact bytes, hostile; borrowed for the call
 * lists    the opened trust pack, or NULL where the kiosk has none
 * policy   the venue's rules
 * now      what is known of the time
 * arena    at least LIMIT_SCAN_ARENA_BYTES; wiped before the call returns
 * out      overwritten; never holds anything of a credential whose signature was not found right by a listed
 * key
 */
void verify(struct span payload, struct pack *lists, const struct policy *policy, const struct interval *now,
            struct arena *arena, struct verdict *out);

#endif
