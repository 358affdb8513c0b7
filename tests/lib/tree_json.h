/* tree_json: an expanded document as JSON, and two such compared as the JSON-LD test suite asks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_TREE_JSON_H
#define TESTS_LIB_TREE_JSON_H

#include <jansson.h>

#include "linked/tree.h"

/* The expanded document form; the caller's reference. */
json_t *tree_json(struct tree_items items);

/* Both are the same but for the order of arrays outside @list and of members. */
bool tree_json_equal(const json_t *a, const json_t *b);

#endif
