/* cose: a COSE signature of one signer taken apart (RFC 9052 section 4.2); its form is checked, nothing else. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_COSE_H
#define CODEC_COSE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

/* A signature taken apart. All zero is none. */
struct cose {
    int64_t alg;              /* protected header 1 (RFC 9053 section 2), never 0 */
    struct span typ;          /* protected header 16 (RFC 9596) where it is text, or empty */
    struct span kid;          /* header 4 of either kind, or empty */
    struct span payload;      /* points into the bytes, as the one before */
    struct span signature;    /* the same */
    struct span signed_bytes; /* the Sig_structure, in the arena */
};

/*
 * Take a COSE_Sign1 apart: tag 18, or a bare array of four; a CWT's tag 61 may stand around tag 18 (RFC 8392 section 6).
 *
 * bytes  the whole item; must outlive out
 * arena  receives signed_bytes; after an error it may have less left
 *
 * ERR_COSE_SHAPE   not four parts: bytes, a map, bytes, bytes; a payload that stands elsewhere (nil)
 * ERR_COSE_HEADER  the protected header is no map; a header stands twice, in the one and the other; no protected "alg", or one
 *                  that is no number; a kid that is no bytes
 * ERR_COSE_CRIT    a "crit" header (RFC 9052 section 3.1): none is understood here
 * ERR_CBOR_*       as cbor_check finds them
 * ERR_NO_ROOM
 */
MUST_USE enum err cose_split(struct span bytes, struct arena *arena, struct cose *out);

#endif
