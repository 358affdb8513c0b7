/* presentation: what a holder shows: one or more credentials, each of which is judged by itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_PRESENTATION_H
#define CREDENTIAL_PRESENTATION_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/span.h"

/*
 * One credential of it: a document, or a token (a compact JWS or SD-JWT; an EnvelopedVerifiableCredential's). Where
 * `err` is not ERR_OK it is neither, and the others are judged all the same: ERR_PRESENTATION_MEMBER, or
 * ERR_FORMAT_COSE for an envelope of COSE.
 */
struct presented {
    json_t *document; /* borrowed; NULL: it is a token */
    struct span token;
    enum err err;
};

/* What a presentation holds. Everything points into its document. */
struct presentation {
    struct span id;     /* or empty */
    struct span holder; /* who shows it, or empty: a claim as any other */
    uint32_t count;
    struct presented list[LIMIT_PRESENTED];
};

/* The object is a presentation: its type says VerifiablePresentation. */
bool presentation_is(const json_t *document);

/*
 * Take a presentation apart (VCDM 1.1 section 4.10, 2.0 section 4.13).
 *
 * document  an object; borrowed, must outlive out
 *
 * ERR_CREDENTIAL_NONE        it is no presentation
 * ERR_CREDENTIAL_CONTEXT     no @context of a known version
 * ERR_CREDENTIAL_ID          an id that is no text
 * ERR_PRESENTATION_HOLDER    the holder is no identifier
 * ERR_PRESENTATION_EMPTY     it holds no credential
 * ERR_PRESENTATION_MANY      more than LIMIT_PRESENTED
 */
MUST_USE enum err presentation_read(const json_t *document, struct presentation *out);

/*
 * The token that stands in an EnvelopedVerifiableCredential or an EnvelopedVerifiablePresentation as a data: address
 * (VCDM 2.0 section 4.13).
 *
 * document  an object; borrowed
 * token     points into it; empty where the object is no envelope
 *
 * ERR_PRESENTATION_MEMBER  an envelope whose address holds no token of a media type that is known here
 * ERR_FORMAT_COSE          it holds COSE
 */
MUST_USE enum err presentation_envelope(const json_t *document, struct span *token);

#endif
