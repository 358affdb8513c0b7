/* imported: a published list read into a workspace of a test's own, by one format of credctl trust import. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_IMPORTED_H
#define TESTS_LIB_IMPORTED_H

#include <jansson.h>

#include "credctl/import/import.h"
#include "tests/lib/testpack.h"

/* When lists of tests are read: TESTPACK_IAT_S. */
#define IMPORTED_NOW_S TESTPACK_IAT_S

/* How to read it. All zero: no options, at IMPORTED_NOW_S. */
struct imported_how {
    const char *options[8]; /* name, value, name, value; up to a NULL */
    int64_t now_s;
};

/* What came of it. */
struct imported {
    enum err err;
    struct import_job job; /* its counts and its source; nothing that it points to is left */
    json_t *issuers;       /* an array, as they are kept; owned */
};

/* Read a text, or a file; imported_close what comes back. Fails the test where it cannot even begin. */
struct imported imported_text(const struct import_format *format, struct span text,
                              const struct imported_how *how);
struct imported imported_file(const struct import_format *format, const char *path,
                              const struct imported_how *how);
void imported_close(struct imported *imported);

#endif
