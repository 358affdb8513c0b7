/* SPDX-License-Identifier: Apache-2.0 */
#include "base/budget.h"

#include <stddef.h>

#include "base/limits.h"

enum err budget_spend(struct budget *budget, uint64_t steps) {
    if (budget == NULL) {
        return ERR_OK;
    }
    if (steps > LIMIT_SCAN_BUDGET - budget->spent) {
        budget->spent = LIMIT_SCAN_BUDGET;
        return ERR_BUDGET;
    }
    budget->spent += (uint32_t)steps;
    return ERR_OK;
}
