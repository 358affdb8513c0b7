/* verify: bytes, lists, rules and a time go in, verdicts come out. The whole product feeds this or shows its answer. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VERIFY_H
#define VERIFY_H

#include "base/arena.h"
#include "base/interval.h"
#include "base/span.h"
#include "linked/shelf.h"
#include "pack/fresh.h"
#include "policy/policy.h"
#include "verdict/verdict.h"

/* What is judged by; all borrowed. All zero judges nothing good. */
struct verify_grounds {
    struct pack *lists;          /* the opened trust pack, or NULL where the kiosk has none */
    const struct fresh *fresh;   /* what accepted freshness tokens of these very lists say; NULL: none */
    const struct shelf *shelf;   /* the JSON-LD contexts at hand; NULL: none */
    const struct policy *policy; /* the venue's rules */
    const struct interval *now;  /* what is known of the time */
};

/*
 * Judge what a QR code or file holds: a credential, or a presentation of several. Pure: the same arguments give the
 * same verdicts on every machine and day.
 *
 * payload  the exact bytes, hostile; borrowed for the call
 * arena    at least LIMIT_SCAN_ARENA_BYTES; wiped before the call returns
 * out      overwritten; at least one verdict; never holds anything of a credential whose signature was not found
 *          right by a listed key
 */
void verify(struct span payload, const struct verify_grounds *grounds, struct arena *arena,
            struct verdicts *out);

/*
 * The freshness token (pack/fresh.h) that a payload holds, unchecked and out of its compression; empty where it is
 * something else. It is no credential: verify says so of it.
 *
 * payload  the exact bytes, hostile; borrowed: they must outlive what is given back
 * arena    LIMIT_SCAN_ARENA_BYTES; receives what was compressed
 */
struct span verify_fresh(struct span payload, struct arena *arena);

#endif
