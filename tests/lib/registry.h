/* registry: tables of CBOR-LD as published vectors give them in JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_REGISTRY_H
#define TESTS_LIB_REGISTRY_H

#include "linked/cborld.h"

#define REGISTRY_ENTRIES 2
#define REGISTRY_TYPES   8
#define REGISTRY_WORDS   64

struct registry {
    struct cborld_registry registry;
    struct cborld_entry entries[REGISTRY_ENTRIES];
    struct cborld_type types[REGISTRY_ENTRIES][REGISTRY_TYPES];
    struct cborld_word words[REGISTRY_ENTRIES][REGISTRY_TYPES][REGISTRY_WORDS];
    struct cborld_word app_words[REGISTRY_WORDS];
};

/* Of {"id": {"__map": [[type, {"__map": [[text, number]]}]]}} and [[text, number]]; either may be NULL. Texts point into
 * the JSON. Fails the test where it does not fit. */
void registry_read(const json_t *tables, const json_t *app_words, struct registry *out);

#endif
