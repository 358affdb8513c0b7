/* iri: is this an address, and which one does a relative one mean? (RFC 3987, RFC 3986 section 5) */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_IRI_H
#define LINKED_IRI_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

/*
 * A scheme, a colon, one "#" at most, and no character that N-Quads forbids between angle brackets (controls, space,
 * <>"{}|^`\). What RFC 3987 asks of single schemes is not judged.
 */
bool iri_absolute(struct span text);

/* The offset of the colon behind a scheme (RFC 3986 section 3.1), or 0 where the text has none. */
size_t iri_scheme(struct span text);

/* A blank node identifier of JSON-LD: begins with "_:". */
static inline bool iri_is_blank(struct span text) {
    return text.len >= 2 && text.ptr[0] == '_' && text.ptr[1] == ':';
}

/*
 * Resolve a reference against a base (RFC 3986 section 5.2, strict).
 *
 * base       absolute; empty: the reference is given back as it is
 * reference  any text
 * out        into `reference` or the arena
 *
 * ERR_NO_ROOM
 */
MUST_USE enum err iri_resolve(struct span base, struct span reference, struct arena *arena, struct span *out);

#endif
