/* judge_one: verify() of what holds one credential, for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_JUDGE_ONE_H
#define TESTS_LIB_JUDGE_ONE_H

#include "verify.h"

/* Judge a payload that must get exactly one verdict; anything else ends the test. */
void judge_one(struct span payload, const struct verify_grounds *grounds, struct arena *arena,
               struct verdict *out);

#endif
