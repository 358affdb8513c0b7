/* library: contexts read from files below ../shared/interop as the code under test asks for them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_LIBRARY_H
#define TESTS_LIB_LIBRARY_H

#include "linked/context.h"
#include "linked/context_unit.h"

#define LIBRARY_DOCUMENTS 128

/*
 * Addresses that begin with `prefix` are files under `folder`; or, with an index, those it lists as
 * {"address": {"file"}}. Documents stay until library_close. `compile` makes units of them, as the product does.
 */
struct library {
    struct context_library library;
    const char *prefix, *folder;
    json_t *index;
    bool compile;
    struct arena arena; /* keeps units */
    struct context_document documents[LIBRARY_DOCUMENTS];
    json_t *roots[LIBRARY_DOCUMENTS];
    char *addresses[LIBRARY_DOCUMENTS];
    int count;
};

/* A library over `folder` below ../shared/interop; `index` names a JSON file in it, NULL for none. */
void library_open(struct library *out, const char *prefix, const char *folder, const char *index,
                  bool compile);
void library_close(struct library *library);

#endif
