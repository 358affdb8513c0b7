/* encoded: presentations and credentials as text for a QR code: VP1-B, VP1-R, VC1-B, VC1-R. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYLOAD_ENCODED_H
#define PAYLOAD_ENCODED_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

/* Characters of "VP1-B": what the code holds, and how it is encoded. */
#define ENCODED_PREFIX_CHARS 5u

/*
 * Take the text off the CBOR-LD bytes (the QR encodings of Verifiable Presentations and of vc-barcodes).
 *
 * text   begins "VP1-" or "VC1-", in capitals or not; behind it B: base32 (RFC 4648), or R: base45 (RFC 9285). Without
 *        white space behind it: a space is a character of base45, but never the last one
 * arena  receives the bytes
 *
 * ERR_PAYLOAD_PREFIX  neither B nor R follows
 * ERR_BASE32_*, ERR_BASE45_*, ERR_NO_ROOM
 */
MUST_USE enum err encoded_open(struct span text, struct arena *arena, struct span *out);

#endif
