/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/linked.h"

#include "linked/expand.h"
#include "linked/tordf.h"

enum err linked_state(const json_t *document, const char *without, const struct context_library *library,
                      struct arena *arena, struct linked_document *out) {
    const struct expand_options expansion = {.library = library, .without = without};
    const struct tordf_options conversion = {0};
    struct linked_document found = {0};
    TRY(expand_document(document, &expansion, arena, &found.items));
    TRY(rdf_open(arena, &found.set));
    found.set.budget = library == NULL ? NULL : library->budget;
    TRY(tordf_statements(found.items, &conversion, &found.set));
    *out = found;
    return ERR_OK;
}

enum err linked_canonize(const json_t *document, const struct context_library *library, enum rdfc_hash hash,
                         struct arena *arena, struct linked_document *out) {
    struct linked_document found = {0};
    TRY(linked_state(document, NULL, library, arena, &found));
    TRY(rdfc_canonize(&found.set, hash, arena, &found.form));
    *out = found;
    return ERR_OK;
}
