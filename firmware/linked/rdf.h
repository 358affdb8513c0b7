/* rdf: a dataset: quads of terms that are each kept once (RDF 1.1 Concepts). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_RDF_H
#define LINKED_RDF_H

#include "base/arena.h"
#include "base/budget.h"
#include "base/err.h"
#include "base/span.h"

enum rdf_kind { RDF_NONE = 0, RDF_IRI, RDF_BLANK, RDF_LITERAL };

/*
 * One term. `text` is its canonical N-Quads form (RDFC-1.0 section 5): <iri>, or "literal" with ^^<datatype> or
 * @language; for a blank node its label as it was given, "_:label", or nothing for a fresh one.
 */
struct rdf_term {
    struct span text;
    uint64_t hash;
    enum rdf_kind kind;
    uint32_t blank; /* of a blank node: its number, from 0 in the order met */
};

/* What a quad is made of, as numbers of terms; 0 is no term, and in `graph` the default graph. */
struct rdf_quad {
    uint32_t subject, predicate, object, graph;
};

/* A dataset; open data, written by the functions below alone. Everything in it lives in the arena. */
struct rdf_dataset {
    struct arena *arena;
    struct budget *budget;  /* of the scan that it is made for; NULL: nobody counts */
    struct rdf_term *terms; /* the first is RDF_NONE */
    struct rdf_quad *quads;
    uint32_t *slots; /* from hash to number of term */
    uint32_t term_count, term_cap, quad_count, quad_cap, slot_count, blank_count;
};

/* An empty dataset whose terms and quads are taken from the arena, and whose work nobody counts. ERR_NO_ROOM. */
MUST_USE enum err rdf_open(struct arena *arena, struct rdf_dataset *out);

/*
 * The number of a term, which is added where it is new.
 *
 * iri       ERR_RDF_IRI where iri_absolute says no
 * value     any text, escaped as canonical N-Quads ask
 * datatype  an IRI; empty or xsd:string is the plain kind. Ignored where there is a language. ERR_RDF_IRI
 * language  a language tag, empty for none; ERR_RDF_LANGUAGE where it is not well-formed (RDF 1.1 Turtle, LANGTAG)
 * label     "_:label", whatever follows
 *
 * ERR_RDF_TERMS      more than LIMIT_RDF_TERMS
 * ERR_LINKED_COLLISIONS  terms were chosen to slow the search down
 * ERR_NO_ROOM        the arena is full
 */
MUST_USE enum err rdf_iri(struct rdf_dataset *set, struct span iri, uint32_t *out);
MUST_USE enum err rdf_literal(struct rdf_dataset *set, struct span value, struct span datatype,
                              struct span language, uint32_t *out);
MUST_USE enum err rdf_blank(struct rdf_dataset *set, struct span label, uint32_t *out);

/* A new blank node that no label names. ERR_RDF_TERMS, ERR_NO_ROOM. */
MUST_USE enum err rdf_fresh_blank(struct rdf_dataset *set, uint32_t *out);

/* A language tag: letters, then subtags of letters and digits, each up to eight (the outer form of BCP 47), in all
 * LIMIT_LANGUAGE_BYTES. */
bool rdf_language_tag(struct span tag);

/* Add a quad. ERR_RDF_QUADS beyond LIMIT_RDF_QUADS, ERR_NO_ROOM. */
MUST_USE enum err rdf_add(struct rdf_dataset *set, struct rdf_quad quad);

/* Bring the quads in the order of their terms' numbers and take out those that stand there twice. */
void rdf_distinct(struct rdf_dataset *set);

#endif
