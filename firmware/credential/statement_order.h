/* statement_order: values in one order, whatever the order of the statements that gave them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_STATEMENT_ORDER_H
#define CREDENTIAL_STATEMENT_ORDER_H

#include <jansson.h>

#include "base/err.h"

/* How many values a member may have. */
enum statement_order_rule {
    STATEMENT_ORDER_ONE = 0,
    STATEMENT_ORDER_MANY,
    STATEMENT_ORDER_LANGUAGES, /* one of each language, and one of none */
    STATEMENT_ORDER_TYPES      /* many, VerifiableCredential before known names, and these before addresses */
};

/*
 * Sort the values that were collected in a member, at most LIMIT_STATED_VALUES; a single one then stands there by
 * itself, as the documents of credentials have it.
 *
 * object  a member that is absent, or no array, stays as it is
 *
 * ERR_CREDENTIAL_TWICE  more values than the rule admits
 * ERR_NO_MEMORY
 */
MUST_USE enum err statement_order(json_t *object, const char *member, enum statement_order_rule rule);

#endif
