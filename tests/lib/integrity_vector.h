/* integrity_vector: signed documents of other people, checked with the keys that their proofs name, and changed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_INTEGRITY_VECTOR_H
#define TESTS_LIB_INTEGRITY_VECTOR_H

#include <jansson.h>

#include "base/arena.h"
#include "proof/integrity.h"

/* Where documents are read: the contexts, and memory for one at a time. */
struct integrity_vector {
    const struct context_library *library;
    struct arena arena;
    enum integrity_purpose purpose;
    struct span statements; /* of the document that is being changed; empty where none are signed */
};

/* Memory of its own over this library; close releases it. */
void integrity_vector_open(struct integrity_vector *v, const struct context_library *library);
void integrity_vector_close(struct integrity_vector *v);

/* Read a document's proofs; what was read before is gone. */
enum err integrity_vector_read(struct integrity_vector *v, const json_t *document, struct integrity *out);

/* Read them, and check each signature with the key that a did:key or a fragment names. The first error. */
enum err integrity_vector_check(struct integrity_vector *v, const json_t *document);

/*
 * A document that checks: a bit of any byte of its signatures flipped (FULL=1 in the environment: any bit) or any text
 * in it changed, and it checks no more. Nor does it with any member taken out, unless the statements that were signed
 * are all there still: the same may be said twice. Fails the test otherwise.
 *
 * name  for messages
 */
void integrity_vector_resist(struct integrity_vector *v, const char *name, json_t *document);

#endif
