/* presentation: what a holder shows: one or more credentials, each of which is judged by itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_PRESENTATION_H
#define CREDENTIAL_PRESENTATION_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/span.h"

/* One credential of it: a document, or a token (a compact JWS, or an EnvelopedVerifiableCredential's). */
struct presented {
    json_t *document; /* borrowed; NULL: it is a token */
    struct span token;
};

/* What a presentation holds. Everything points into its document. */
struct presentation {
    struct span holder; /* who shows it, or empty: a claim as any other */
    uint32_t count;
    struct presented list[LIMIT_PRESENTED];
};

/* The object is a presentation: its type says VerifiablePresentation. */
bool presentation_is(const json_t *document);

/*
 * Take a presentation apart (VCDM 1.1 section 4.10, 2.0 section 4.13).
 *
 * ERR_PRESENTATION_EMPTY     it holds no credential
 * ERR_PRESENTATION_MANY      more than LIMIT_PRESENTED
 * ERR_PRESENTATION_MEMBER    a member of verifiableCredential is neither a credential nor a token
 * ERR_PRESENTATION_HOLDER    the holder is no identifier
 * ERR_CREDENTIAL_CONTEXT     no @context of a known version
 */
MUST_USE enum err presentation_read(const json_t *document, struct presentation *out);

#endif
