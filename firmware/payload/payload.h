/* payload: what a QR code or file holds, named for what it is, and taken out of its compression. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYLOAD_PAYLOAD_H
#define PAYLOAD_PAYLOAD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

/* The kinds of kinds.def. Zero is none of them. */
enum payload_kind {
    PAYLOAD_NONE = 0,
#define KIND(name, code, error, what) name,
#include "payload/kinds.def"
#undef KIND
    PAYLOAD_KINDS
};

/* What was found. All zero is nothing. */
struct payload {
    enum payload_kind kind;
    bool compressed; /* it came as base45 around zlib */
    struct span
        envelope; /* a text without white space around it; of CBOR-LD the bytes. Into the bytes or the arena */
};

/*
 * Name what the bytes are. Base45 around zlib is taken off once, and what is inside is named; so are "VP1-" and "VC1-"
 * with their encodings, and the CBOR string that PixelPass puts around an SD-JWT.
 *
 * White space around text is nobody's intention: line ends at both sides are cut off everything, spaces and
 * tabs too where they cannot belong to it (a space is a character of base45).
 *
 * bytes  hostile; borrowed: they must outlive out
 * arena  receives what was compressed or encoded
 *
 * ERR_PAYLOAD_TOO_LARGE  over LIMIT_PAYLOAD_BYTES
 * ERR_PAYLOAD_UNKNOWN    none of the kinds
 * ERR_PAYLOAD_NESTED     compressed twice
 * ERR_JSON_*             it begins with '{' and is not JSON within its limits
 * ERR_PAYLOAD_PREFIX, ERR_BASE32_*, ERR_BASE45_*  it begins "VP1-" or "VC1-" and does not go on so
 * ERR_INFLATE_TOO_LARGE  it inflates beyond LIMIT_INFLATED_BYTES
 * ERR_NO_ROOM
 */
MUST_USE enum err payload_recognise(struct span bytes, struct arena *arena, struct payload *out);

/* ERR_OK for a kind that is judged; else the error that says what it is. ERR_PAYLOAD_UNKNOWN outside the
 * enum. */
enum err payload_kind_error(enum payload_kind kind);

/* "sd_jwt"; NULL outside the enum. Static. */
const char *payload_kind_code(enum payload_kind kind);

#endif
