/* jcs: a JSON value in its one canonical form (RFC 8785). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_JCS_H
#define CODEC_JCS_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/room.h"

/* Characters that a number takes at most, its terminator included: "-1.2345678901234567e-308". */
#define JCS_NUMBER_CHARS 32u

/*
 * A number as ECMAScript writes it (RFC 8785 section 3.2.2.3; ECMA-262 Number::toString): the fewest digits
 * that read back as the same double, of these the closest. Minus zero gives "0".
 *
 * number  finite
 * out     the text, with its terminator
 */
void jcs_number(double number, char out[JCS_NUMBER_CHARS]);

/*
 * Append the canonical form: no white space, members by the UTF-16 code units of their names (section 3.2.3),
 * the shortest escapes, numbers as above. Whole numbers past 2^53 are taken as the nearest double, as
 * ECMAScript would have read them.
 *
 * value  any JSON value whose strings are UTF-8 (as jsontext_parse gives them)
 * out    the caller's; after an error it may hold a beginning
 *
 * ERR_JSON_DEPTH  nested deeper than LIMIT_JSON_DEPTH
 * ERR_NO_ROOM     out is too small
 * ERR_NO_MEMORY   an object of many members could not be sorted
 */
MUST_USE enum err jcs_write(const json_t *value, struct room *out);

/* The same into the arena. Errors as above. */
MUST_USE enum err jcs_text(const json_t *value, struct arena *arena, struct span *out);

#endif
