/* document: the envelope of a Data Integrity credential as JSON, however it came. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYLOAD_DOCUMENT_H
#define PAYLOAD_DOCUMENT_H

#include <jansson.h>

#include "linked/context.h"
#include "payload/payload.h"

/*
 * Read JSON text, the CBOR map of PixelPass, or CBOR-LD to one JSON value.
 *
 * payload  of kind PAYLOAD_JSON, PAYLOAD_CBOR or PAYLOAD_CBOR_LD; borrowed for the call
 * library  the contexts that CBOR-LD is read by; not asked for the others
 * arena    takes what the work needs; nothing of it is used after
 * out      an object or array, within the limits of jsontext.h; the caller's reference
 *
 * ERR_PAYLOAD_UNKNOWN  another kind of payload
 * ERR_JSON_*, ERR_CBOR_*, ERR_CBORLD_*, ERR_CONTEXT_*, ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err payload_document(const struct payload *payload, const struct context_library *library,
                                   struct arena *arena, json_t **out);

#endif
