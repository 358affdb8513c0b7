/* bench: medians of repeated runs, printed as a table and kept as lines of build/bench.json. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_BENCH_H
#define TESTS_LIB_BENCH_H

#include <stddef.h>

/* Work to be timed, done once a call. */
typedef void bench_work(void *ctx);

/*
 * Median microseconds of CPU time that one call of `work` takes: `rounds` rounds, each of as many calls as
 * fill about five milliseconds, after a warm-up round.
 */
double bench_median_us(bench_work *work, void *ctx, int rounds);

/* The same of a bare check of an Ed25519 signature of 64 bytes by libsodium, which others stand beside. */
double bench_ed25519_us(int rounds);

/*
 * Print one line of the table, and append it as an object to the file that the environment's BENCH_OUT names.
 *
 * name, unit   what was measured, and in what
 * peer         what it is compared with in the same run, or NULL
 */
void bench_report(const char *name, double value, const char *unit, const char *peer, double peer_value);

#endif
