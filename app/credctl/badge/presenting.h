/* presenting: credentials to the presentation in which their holder shows them, signed by the holder or not. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BADGE_PRESENTING_H
#define CREDCTL_BADGE_PRESENTING_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"
#include "credctl/sign/signer.h"
#include "linked/context.h"

/* What is put together. */
struct presenting {
    size_t count;
    const struct span *credentials; /* JSON with a proof inside, or compact JWS */
    struct span holder;             /* a DID or address; empty: nobody is named */
};

/*
 * A presentation without a proof (VCDM 2.0 section 4.13; VCDM 1.1 section 4.10 where all credentials are of 1.1). A JWT
 * is put into an EnvelopedVerifiableCredential.
 *
 * out  the caller's reference
 *
 * ERR_PRESENTATION_EMPTY, ERR_PRESENTATION_MANY  none, or more than LIMIT_PRESENTED
 * ERR_CREDENTIAL_NONE                            one of them is no credential
 * ERR_NO_MEMORY, and those of jsontext_parse and jws_split
 */
MUST_USE enum err presenting_document(const struct presenting *presenting, json_t **out);

/*
 * Let the holder sign it: a proof for authentication by the suite that the key signs by.
 *
 * document   of presenting_document, with a holder
 * created_s  seconds since 1970 UTC
 * challenge  what the verifier asked to be signed too, or empty
 *
 * ERR_KEY_MISMATCH  the holder is a DID of another key, or the key signs by no suite
 * and those of data_integrity_method and data_integrity_add
 */
MUST_USE enum err presenting_sign(json_t *document, const struct signer *signer, int64_t created_s,
                                  struct span challenge, const struct context_library *library,
                                  struct arena *arena);

#endif
