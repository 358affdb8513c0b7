/* sealed_presented: presentations of eight credentials that are each dear to judge, and together dearer than a scan may
 * be. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SEALED_PRESENTED_H
#define TESTS_LIB_SEALED_PRESENTED_H

#include <jansson.h>

#include "tests/lib/world.h"

/* A badge with so many tags, without a proof; the caller's reference. */
json_t *sealed_presented_tagged(size_t tags);

/* Statements of such a badge beside its tags, without issuer, type and status of the credential. */
#define SEALED_PRESENTED_OTHERS 25u

/* A part of a badge signed by ecdsa-sd-2023, of which issuer, type and status are mandatory.
 *
 * whole  NULL: what is shown is all
 * shown  gets the proof, and is given back */
json_t *sealed_presented_part(const struct world *world, const json_t *whole, json_t *shown);

/* A presentation that nobody signed, of `count` times a credential, whose reference it takes. */
json_t *sealed_presented_by_nobody(json_t *credential, size_t count);

/* One of them: why its last credential is not judged. */
struct sealed_presented {
    const char *name;
    struct span payload;
    enum err last;
};

/* Call visit for each; what it is given lives for the call. */
void sealed_presented_each(const struct world *world,
                           void (*visit)(void *ctx, const struct sealed_presented *presented), void *ctx);

#endif
