/* tordf: an expanded document as a dataset of statements (JSON-LD 1.1 API section 8). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_TORDF_H
#define LINKED_TORDF_H

#include "linked/rdf.h"
#include "linked/tree.h"

/* What becomes of a text's base direction: by default it has no place in RDF. */
enum tordf_direction { TORDF_DIRECTION_NONE = 0, TORDF_DIRECTION_I18N, TORDF_DIRECTION_COMPOUND };

/* All zero is safe: what has no place in RDF is an error. `lenient` leaves it out, for suites alone. */
struct tordf_options {
    enum tordf_direction direction;
    bool lenient;
};

/*
 * Put the statements of an expanded document into a dataset, each once. Node objects that share an @id come
 * together as statements of one subject, so that no node map is made; @index, which has no place in RDF, is not
 * compared between them.
 *
 * items  from expand_document
 * set    open; its arena is used
 *
 * ERR_SAFE_RELATIVE   a subject, relation, datatype or graph that is no well-formed IRI
 * ERR_SAFE_TYPE       a type that is none
 * ERR_SAFE_DROPPED    a relation named by a blank node
 * ERR_SAFE_DIRECTION  a base direction without a place
 * ERR_RDF_LANGUAGE    a malformed language tag
 * ERR_RDF_*, ERR_LINKED_COLLISIONS, ERR_JSON_DEPTH, ERR_NO_MEMORY, ERR_NO_ROOM: beyond a limit
 */
MUST_USE enum err tordf_statements(struct tree_items items, const struct tordf_options *options,
                                   struct rdf_dataset *set);

#endif
