/* interop: run what others published, read from ../shared/interop, and write down how many cases pass. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_INTEROP_H
#define TESTS_LIB_INTEROP_H

#include <jansson.h>

#include "base/span.h"

/*
 * A suite as it runs. Each case of the published files is passed, failed or excluded with a reason; `total`
 * counts all three. Nothing of the vectors is copied into the repository.
 */
struct interop {
    const char *suite;
    unsigned total, passed, failed;
    json_t *excluded;
};

/*
 * Begin a suite. Where the folder is absent: prints "skipped, no vectors" and skips the calling cmocka test.
 *
 * suite   its name in build/interop.json; a string that outlives the suite
 * folder  below ../shared/interop: "wycheproof"
 */
void interop_open(struct interop *interop, const char *suite, const char *folder);

/* The bytes of a file below ../shared/interop; free with interop_free. Fails the test if it cannot be read. */
struct span interop_read(const char *path);
void interop_free(struct span bytes);

/* A JSON file below ../shared/interop; the caller's reference. Fails the test when it is none. */
json_t *interop_json(const char *path);

/* Call visit for each file of a folder below ../shared/interop, by name, and none of the folders inside; `bytes` lives
 * for the call. */
void interop_each_file(const char *folder, void (*visit)(void *ctx, const char *name, struct span bytes),
                       void *ctx);

/* Decode hexadecimal text; free with interop_free. Fails the test when it is none. */
struct span interop_unhex(const char *text);

/* Count one case. `name` is printed where it failed, and `got` with it: what came instead. */
void interop_case(struct interop *interop, const char *name, bool passed, const char *got);

/* Count cases that are not run: what they are, how many, and why. */
void interop_exclude(struct interop *interop, const char *name, unsigned cases, const char *reason);

/* Print passes of totals, write $BUILD/$MODE/interop/SUITE.json, release; fails the test when a case failed,
 * or when none was run. */
void interop_close(struct interop *interop);

#endif
