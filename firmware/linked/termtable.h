/* termtable: a context as a table of terms, the form in which contexts ship (assets/contexts). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_TERMTABLE_H
#define LINKED_TERMTABLE_H

/*
 * UTF-8 text, one line each, columns parted by single tabs:
 *
 *     credkiosk-context 1
 *     address   https://example.org/context/v1
 *     source    where the context was published, with its version
 *     sha256    64 small hex digits: the published file's hash
 *     (an empty line)
 *     @protected  true                         a setting: @base @direction @import @language @propagate
 *     @vocab      ~                            @protected @version @vocab; "~" is null
 *     id          @id                          a term and what it means
 *     old         ~                            a term that means nothing
 *     issued      https://example.org/issued   type=http://www.w3.org/2001/XMLSchema#dateTime
 *     own         -                            no @id of its own: by prefix or vocabulary
 *     Person      https://example.org/Person   scope
 *         name    https://example.org/name     a tab deeper: the context inside Person
 *
 * Attributes behind the meaning: type=IRI container=@set,@list language=en direction=ltr index=NAME nest=NAME,
 * protected=true prefix=false (or the other way), language and direction alone for null, reverse (the meaning is a
 * reversed one), scope (the lines a tab deeper are the context inside). A context of several parts has the line
 * "@and" between them; "@use ADDRESS" is a part that stands elsewhere, "@forget" the part null.
 */

#include <jansson.h>

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* A table's head; the spans point into its text, or where the writer was told. */
struct termtable_head {
    struct span address, source, sha256;
};

/*
 * Read a table.
 *
 * text     the file; borrowed, the head points into it
 * context  what would stand under @context in JSON, with the same meaning; the caller's reference
 *
 * ERR_CONTEXT_TABLE  a line is not of the form above
 * ERR_CONTEXT_LARGE  more than LIMIT_CONTEXT_BYTES
 * ERR_CONTEXT_DEPTH  scopes nested deeper than LIMIT_CONTEXT_SCOPES
 * ERR_NO_MEMORY
 */
MUST_USE enum err termtable_read(struct span text, struct termtable_head *head, json_t **context);

/*
 * Write a context as a table, which reads back as one of the same meaning.
 *
 * context  what stands under @context
 *
 * ERR_CONTEXT_TABLE  the context has what the form cannot say: an entry of a wrong type, a control character
 * ERR_CONTEXT_DEPTH  as above
 * ERR_NO_ROOM        out is too small; it may hold a beginning
 */
MUST_USE enum err termtable_write(const struct termtable_head *head, const json_t *context, struct room *out);

#endif
