/* rewriting: a badge, and the same signed statements of it written as other documents. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_REWRITING_H
#define TESTS_LIB_REWRITING_H

#include <stddef.h>

/* How it was written, and its text: the same statements as rewriting_badge has. */
struct rewriting {
    const char *how, *text;
};

/* An Open Badge of did:web:issuer.example without a proof. */
extern const char *const rewriting_badge;
extern const struct rewriting rewriting_all[];
extern const size_t rewriting_count;

#endif
