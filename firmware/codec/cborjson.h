/* cborjson: JSON values written as CBOR (RFC 8949 section 6), both ways. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_CBORJSON_H
#define CODEC_CBORJSON_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "codec/cbor.h"

/* What is read so far; open it zeroed. */
struct cborjson_count {
    uint32_t values;
};

/*
 * Read the next item and all that it holds, and move *rest behind it. Whole numbers and floats without a fraction,
 * within +-LIMIT_JSON_INTEGER, become integers, so that both ways of writing give one value.
 *
 * rest   borrowed for the call; as before after an error. Keys that stand twice are for cbor_check to find
 * count  shared by all items of one document
 * out    the caller's reference
 *
 * ERR_CBOR_TAG       a tag
 * ERR_CBOR_KEY       a key that is no text
 * ERR_CBOR_NUMBER    a whole number past 2^53, or a float that is not finite
 * ERR_CBOR_VALUE     a string of bytes, or text with a NUL character
 * ERR_JSON_TOO_MANY  more than LIMIT_JSON_VALUES values
 * ERR_CBOR_DEPTH     nested deeper than LIMIT_CBOR_DEPTH
 * and the errors of cbor_next, ERR_NO_MEMORY
 */
MUST_USE enum err cborjson_read(struct span *rest, struct cborjson_count *count, json_t **out);

/* One value more. ERR_JSON_TOO_MANY. */
MUST_USE enum err cborjson_counted(struct cborjson_count *count);

/* As cborjson_read, for a number, text, true, false or null whose head is read already; anything else is ERR_CBOR_VALUE. */
MUST_USE enum err cborjson_scalar(const struct cbor_item *item, struct cborjson_count *count, json_t **out);

/*
 * Append a value. Members stand in the order of their keys' bytes (RFC 8949 section 4.2.1); numbers without a
 * fraction, within +-LIMIT_JSON_INTEGER, are whole numbers, others the shortest float.
 *
 * value  any JSON value
 * arena  for the order of members; what is taken is given back
 * out    the caller's; after an error it may hold a beginning
 *
 * ERR_CBOR_NUMBER  a whole number past 2^53
 * ERR_JSON_DEPTH   nested deeper than LIMIT_JSON_DEPTH
 * ERR_NO_ROOM
 */
MUST_USE enum err cborjson_write(const json_t *value, struct arena *arena, struct room *out);

#endif
