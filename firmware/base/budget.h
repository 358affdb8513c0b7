/* budget: what one scan may cost in all, counted in steps and never in time: the same bytes cost the same anywhere. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_BUDGET_H
#define BASE_BUDGET_H

#include <stdint.h>

#include "base/err.h"

/* Weights, in steps of about a tenth of a microsecond on a PC of 2020. They need not be exact, but nothing may cost
 * much more than it says. */
#define BUDGET_TERM    2u    /* a term of a context, defined or compared */
#define BUDGET_NODE    8u    /* an object or value of a document, expanded */
#define BUDGET_QUAD    8u    /* a statement, made and brought into its order */
#define BUDGET_BYTES   16u   /* so many bytes of a canonical form, written and hashed, are one step */
#define BUDGET_BLANK   2u    /* a block hashed to tell blank nodes apart */
#define BUDGET_POINT   1300u /* a compressed point of P-384 made whole */
#define BUDGET_ED25519 500u
#define BUDGET_RSA     5000u
#define BUDGET_P256    13000u
#define BUDGET_P384    26000u

/* What one scan has spent. All zero is a fresh one. */
struct budget {
    uint32_t spent;
};

/*
 * Spend steps.
 *
 * budget  NULL: nobody counts
 *
 * ERR_BUDGET  the scan has cost more than LIMIT_SCAN_BUDGET; this and all further work is refused
 */
MUST_USE enum err budget_spend(struct budget *budget, uint64_t steps);

#endif
