/* shipped: the contexts that ship with the product, opened. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SHIPPED_H
#define TESTS_LIB_SHIPPED_H

#include "vocabulary/vocabulary.h"

/* Read and open assets/contexts, wherever tests or fuzzers run; vocabulary_close releases it. */
void shipped_open(struct vocabulary *out);

#endif
