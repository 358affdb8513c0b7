/* tordf_literal: a value object as a literal. Private to tordf. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_TORDF_LITERAL_H
#define LINKED_TORDF_LITERAL_H

#include "linked/tordf.h"

/* The term of a value (section 8.2.2); 0 where it has none and options are lenient. Errors as tordf_statements. */
MUST_USE enum err tordf_literal(const struct tree_object *value, const struct tordf_options *options,
                                struct rdf_dataset *set, uint32_t graph, uint32_t *out);

/* The term of an IRI; 0 where it is not well-formed and options are lenient, else `otherwise`. */
MUST_USE enum err tordf_literal_iri(struct span iri, const struct tordf_options *options, enum err otherwise,
                                    struct rdf_dataset *set, uint32_t *out);

#endif
