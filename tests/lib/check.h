/* check: what every unit test includes: cmocka, and comparisons of spans and errors. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_CHECK_H
#define TESTS_LIB_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/span.h"

/* The call gives this error; a failure names both. */
#define assert_err(call, expected)                                                                           \
    do {                                                                                                     \
        enum err got_ = (call);                                                                              \
        if (got_ != (expected)) {                                                                            \
            fail_msg("%s gives %s, not %s", #call, err_name(got_), err_name(expected));                      \
        }                                                                                                    \
    } while (0)

#define assert_ok(call) assert_err(call, ERR_OK)

/* The span holds exactly these characters. */
#define assert_span_text(got, text)                                                                          \
    do {                                                                                                     \
        struct span span_ = (got);                                                                           \
        if (!span_equal_text(span_, (text))) {                                                               \
            fail_msg("%s is \"%.*s\", not \"%s\"", #got, (int)span_.len, (const char *)span_.ptr, (text));   \
        }                                                                                                    \
    } while (0)

#endif
