/* jws: a compact JSON Web Signature taken apart (RFC 7515 section 3.1); its form is checked, nothing else. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_JWS_H
#define CODEC_JWS_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

/* A signature taken apart. All zero is none, and safe to close. */
struct jws {
    json_t *header;            /* the protected header, an object; owned */
    struct span alg;           /* header "alg"; points into header */
    struct span typ;           /* header "typ", or empty */
    struct span kid;           /* header "kid", or empty */
    struct span payload;       /* decoded, in the arena */
    struct span signature;     /* decoded, in the arena */
    struct span signing_input; /* the first two parts with their dot; points into the text */
};

/*
 * Take a compact JWS apart.
 *
 * text   three base64url parts with dots between, nothing around; must outlive out
 * arena  receives the decoded parts; after an error it may have less left
 * out    the caller's: jws_close it
 *
 * ERR_JWS_SHAPE   not three parts, or an empty first or third part
 * ERR_BASE64URL   a part is not base64url without padding
 * ERR_JSON_*      the header is no JSON
 * ERR_JWS_HEADER  the header is not an object, "alg" is absent, or "alg", "typ", "kid" are not strings
 * ERR_JWS_CRIT    a "crit" member (RFC 7515 section 4.1.11): none is understood here
 * ERR_JWS_B64     a "b64" member (RFC 7797): none of the profiles read here allows it
 * ERR_NO_ROOM
 */
MUST_USE enum err jws_split(struct span text, struct arena *arena, struct jws *out);

/*
 * The same, where the header may demand extensions that whoever calls understands (RFC 7515 section 4.1.11).
 *
 * understood  names that "crit" may list; the caller checks what they mean
 *
 * ERR_JWS_CRIT  as above, or "crit" is not an array of such names, each once and each a member of the header
 */
MUST_USE enum err jws_split_understanding(struct span text, const char *const understood[], size_t count,
                                          struct arena *arena, struct jws *out);

/* Release what jws_split allocated, and zero it. */
void jws_close(struct jws *jws);

#endif
