/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/judge_one.h"

#include <stdlib.h>

void judge_one(struct span payload, const struct verify_grounds *grounds, struct arena *arena,
               struct verdict *out) {
    struct verdicts verdicts = {0};
    verify(payload, grounds, arena, &verdicts);
    if (verdicts.count != 1) {
        abort();
    }
    *out = verdicts.list[0];
}
