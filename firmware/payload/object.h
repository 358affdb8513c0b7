/* object: what JSON and CBOR objects are, by a glance at them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYLOAD_OBJECT_H
#define PAYLOAD_OBJECT_H

#include "payload/payload.h"

/*
 * What a text that begins with '{' is: a credential, a sealed one, an Open Badge 2.0; PAYLOAD_NONE for
 * another object. ERR_JSON_* where it is no JSON within its limits.
 */
MUST_USE enum err object_json_kind(struct span text, enum payload_kind *out);

/* What bytes are by their first ones (RFC 8949): COSE_Sign1, CBOR-LD, or a map; else PAYLOAD_NONE. */
enum payload_kind object_cbor_kind(struct span bytes);

#endif
