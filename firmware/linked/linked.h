/* linked: from a JSON-LD document to the bytes that a signature is made over. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_LINKED_H
#define LINKED_LINKED_H

#include <jansson.h>

#include "linked/context.h"
#include "linked/rdfc.h"
#include "linked/tree.h"

/* A document expanded, as statements, and in canonical form; all live in the arena and point into the document. */
struct linked_document {
    struct tree_items items;
    struct rdf_dataset set;
    struct rdfc_form form;
};

/*
 * Expand in safe mode, without a base, and make statements, each once; no canonical form yet.
 *
 * without  a member of the outermost object that is left out, as if it did not stand there; NULL: none
 * out      its form stays empty
 *
 * Otherwise as below
 */
MUST_USE enum err linked_state(const json_t *document, const char *without,
                               const struct context_library *library, struct arena *arena,
                               struct linked_document *out);

/*
 * Expand in safe mode, without a base; make statements; canonicalise (the transformation of eddsa-rdfc-2022,
 * ecdsa-rdfc-2019 and the Ed25519 suites).
 *
 * document  borrowed as long as `items` are used
 * library   the contexts that may be used, and no others
 * hash      the algorithm inside RDFC-1.0
 * arena     about 1 kB for each statement
 *
 * Errors of expand_document, tordf_statements and rdfc_canonize
 */
MUST_USE enum err linked_canonize(const json_t *document, const struct context_library *library,
                                  enum rdfc_hash hash, struct arena *arena, struct linked_document *out);

#endif
