/* linked_case: a few JSON texts as contexts and documents, from text to canonical statements, for unit tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_LINKED_CASE_H
#define TESTS_LIB_LINKED_CASE_H

#include "linked/expand.h"
#include "linked/linked.h"
#include "linked/shelf.h"

/* A shelf and a scan's memory. */
struct linked_case {
    struct shelf shelf;
    struct shelf_view view;
    struct context_library library;
    struct arena kept, scan;
    json_t *document;
    struct tree_items items;
    struct rdf_dataset set;
    struct rdfc_form form;
};

/* Open with an empty shelf; close releases all. */
void linked_case_open(struct linked_case *c);
void linked_case_close(struct linked_case *c);

/* Put {"@context": CONTEXT} on the shelf. */
void linked_case_shelve(struct linked_case *c, const char *address, const char *context);

/* Expand a document, drop what it made before. */
enum err linked_case_expand(struct linked_case *c, const char *text, bool lenient);

/* Expand, to statements, to the canonical form, in `form`. */
enum err linked_case_canonize(struct linked_case *c, const char *text);

/* The document gives this error in safe mode. */
void linked_case_refused(const char *text, enum err expected);

#endif
