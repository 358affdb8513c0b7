/* jsontext: untrusted JSON to jansson's values, bounded, and members by type (RFC 8259, RFC 7493). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_JSONTEXT_H
#define CODEC_JSONTEXT_H

#include <jansson.h>

#include "base/err.h"
#include "base/span.h"

/*
 * Read one JSON object or array. Duplicate members, lone surrogates, invalid UTF-8, NUL characters and
 * anything behind the value are refused; depth and count are checked before anything is allocated.
 *
 * text  the document; borrowed for the call. Its size is for the caller to bound (LIMIT_PAYLOAD_BYTES): a
 *       string or number may be as long as the text
 * out   the caller's reference: json_decref it
 *
 * ERR_JSON_SYNTAX     not JSON, a lone scalar, or one of the things refused above
 * ERR_JSON_DUPLICATE  a member stands twice in one object, written alike or escaped
 * ERR_JSON_NUMBER     a whole number outside 64 bits, or a real outside a double
 * ERR_JSON_DEPTH      deeper than LIMIT_JSON_DEPTH
 * ERR_JSON_TOO_MANY   more than LIMIT_JSON_VALUES values, the outermost included
 * ERR_NO_MEMORY       where jansson lets it be told from ERR_JSON_SYNTAX
 */
MUST_USE enum err jsontext_parse(struct span text, json_t **out);

/* The same for a document of up to `values_max` values, where whoever calls can spare a hundred bytes for each. Errors as above. */
MUST_USE enum err jsontext_parse_large(struct span text, unsigned values_max, json_t **out);

/* The characters of a string value, no terminator; they live as long as it. Empty for anything else. */
struct span jsontext_span(const json_t *value);

/*
 * A member that must be a string. Points into the object.
 *
 * ERR_JSON_TYPE  absent, or not a string
 */
MUST_USE enum err jsontext_string(const json_t *object, const char *member, struct span *out);

/* A member that may be absent (then *out is the empty span), but else must be a string. ERR_JSON_TYPE. */
MUST_USE enum err jsontext_optional_string(const json_t *object, const char *member, struct span *out);

/* Does a member name this text: as a string, or among the strings of an array, as "type" does? */
bool jsontext_names(const json_t *object, const char *member, const char *text);

/*
 * A member that must be a whole number within +-LIMIT_JSON_INTEGER; a real with no fraction counts.
 *
 * ERR_JSON_TYPE  absent, not a number, a fraction, or too large to be exact
 */
MUST_USE enum err jsontext_integer(const json_t *object, const char *member, int64_t *out);

#endif
