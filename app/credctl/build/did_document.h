/* did_document: the verification methods that a DID document's owner makes assertions with (DID 1.0, CID 1.0). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_DID_DOCUMENT_H
#define CREDCTL_BUILD_DID_DOCUMENT_H

#include <jansson.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

/* A verification method. Spans point into the document, or into `absolute`. */
struct did_document_method {
    const json_t *json;
    struct span id;               /* a whole DID URL */
    int64_t expires_s, revoked_s; /* seconds since 1970 UTC, 0 where absent */
    char absolute[1200];          /* room for an id that is relative to its document */
};

/* How many methods the relationship assertionMethod names or holds. */
size_t did_document_methods(const json_t *document);

/*
 * The n-th of them, from 0. By reference (a whole id or its fragment) or embedded; no other relationship counts.
 *
 * document  borrowed, must outlive out
 * owner     whose document it must be
 *
 * ERR_KEY_FILE        it is not there, has no id, or a date that is none
 * ERR_KEY_FILE_OWNER  another DID's document, or a method that another DID names or controls
 */
MUST_USE enum err did_document_method(const json_t *document, struct span owner, size_t n,
                                      struct did_document_method *out);

#endif
