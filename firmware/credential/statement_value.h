/* statement_value: terms of statements as the JSON values that stand for them in credentials. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_STATEMENT_VALUE_H
#define CREDENTIAL_STATEMENT_VALUE_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "linked/rdf.h"

/* How a value stands in a credential. Zero is as a node, which others read. */
enum statement_value_kind {
    STATEMENT_VALUE_NODE = 0,
    STATEMENT_VALUE_TEXT,   /* a literal, with its language where it has one: {"@value", "@language"} */
    STATEMENT_VALUE_WORD,   /* a literal or an address, as a string */
    STATEMENT_VALUE_DATE,   /* a literal of any type, as a string */
    STATEMENT_VALUE_NUMBER, /* a literal of up to nine digits, as a number */
    STATEMENT_VALUE_TRUTH   /* true or false */
};

/* The address of an IRI; empty for any other term. Points into the term. */
struct span statement_value_address(const struct rdf_term *term);

/*
 * A term as a value; null where it is not of the kind.
 *
 * arena  lent for the call
 * out    the caller's reference
 *
 * ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err statement_value(const struct rdf_term *term, enum statement_value_kind kind,
                                  struct arena *arena, json_t **out);

#endif
