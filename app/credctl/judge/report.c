/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/report.h"

int report_status(const struct verdicts *verdicts) {
    static const int statuses[VERDICT_CLASSES] = {
        [VERDICT_NONE] = 2,      [VERDICT_VALID] = 0,        [VERDICT_VALID_NOTE] = 3,
        [VERDICT_NOT_VALID] = 1, [VERDICT_CANNOT_CHECK] = 2,
    };
    bool none = verdicts->count == 0;
    return statuses[none ? VERDICT_NONE : verdict_class_of(verdicts->list[verdict_worst(verdicts)].reason)];
}

int report_worse(int a, int b) {
    static const int rank[] = {[0] = 0, [3] = 1, [2] = 2, [1] = 3};
    return rank[a] >= rank[b] ? a : b;
}
