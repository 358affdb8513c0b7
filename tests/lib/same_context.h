/* same_context: do two contexts give every name the same meaning? */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SAME_CONTEXT_H
#define TESTS_LIB_SAME_CONTEXT_H

#include <jansson.h>
#include <stdbool.h>

#include "linked/context.h"

/*
 * Compare what stands under @context in two documents of one address: compiled, term by term; arrays part by part.
 * Ends the test where one of them cannot be compiled.
 */
bool same_context_meaning(struct context_env *env, const json_t *a, const json_t *b, struct span address);

#endif
