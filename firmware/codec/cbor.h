/* cbor: data items of RFC 8949, one after the other, of definite length and in their shortest form. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_CBOR_H
#define CODEC_CBOR_H

#include <stdbool.h>

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

enum cbor_kind {
    CBOR_NONE = 0,
    CBOR_UNSIGNED, /* number */
    CBOR_NEGATIVE, /* -1 - number */
    CBOR_BYTES,    /* bytes */
    CBOR_TEXT,     /* bytes: valid UTF-8 */
    CBOR_ARRAY,    /* number: items that follow */
    CBOR_MAP,      /* number: pairs of key and value that follow */
    CBOR_TAG,      /* number: of the one item that follows */
    CBOR_FALSE,
    CBOR_TRUE,
    CBOR_NULL,
    CBOR_FLOAT /* real: finite or not */
};

/* The head of a data item, and what it holds beside further items. All zero is none. */
struct cbor_item {
    enum cbor_kind kind;
    uint64_t number;
    double real;
    struct span bytes; /* points into the input */
};

/*
 * Read the next head, and move *rest behind it. A count never exceeds the bytes that follow, so that memory
 * may be taken by it.
 *
 * rest  borrowed; as before after an error
 *
 * ERR_CBOR_CUT         the bytes end within the item, or before what it counts
 * ERR_CBOR_INDEFINITE  a length that is not said beforehand, or a break
 * ERR_CBOR_HEAD        a reserved form, a simple value other than false, true and null
 * ERR_CBOR_LONG_FORM   a number, length or tag that a shorter form holds as well (RFC 8949 section 4.2.1): keys are
 *                      compared by their bytes. Floats may be of any width
 * ERR_CBOR_TEXT        no valid UTF-8
 */
MUST_USE enum err cbor_next(struct span *rest, struct cbor_item *out);

/*
 * Move *rest behind one whole item, whatever it nests.
 *
 * ERR_CBOR_DEPTH  arrays, maps and tags in each other above LIMIT_CBOR_DEPTH; beside the errors of cbor_next
 */
MUST_USE enum err cbor_skip(struct span *rest);

/*
 * One whole item, nothing behind it, no key twice in a map.
 *
 * ERR_CBOR_TRAILING   bytes follow
 * ERR_CBOR_DUPLICATE  a key stands twice, by its bytes (RFC 8949 section 5.6)
 * ERR_CBOR_TOO_MANY   maps in each other with more than LIMIT_CBOR_KEYS keys; beside the errors of cbor_skip
 */
MUST_USE enum err cbor_check(struct span item);

/*
 * The same, and where everything ends that nests: whoever goes through maps and what is in them does not look for their
 * ends again and again.
 *
 * ends  a number for each byte of the item, all zero: where an array, map or tag begins, the offset behind it
 */
MUST_USE enum err cbor_survey(struct span item, uint32_t *ends);

/*
 * Append the head of an item, in its shortest form.
 *
 * kind    not CBOR_NONE or CBOR_FLOAT
 * number  as in struct cbor_item; the length for BYTES and TEXT, whose bytes then follow; else not used
 *
 * ERR_NO_ROOM
 */
MUST_USE enum err cbor_put(struct room *out, enum cbor_kind kind, uint64_t number);

/* Append a string with its head; kind: CBOR_BYTES or CBOR_TEXT. ERR_NO_ROOM. */
MUST_USE enum err cbor_put_string(struct room *out, enum cbor_kind kind, struct span bytes);

/* Append a float in the shortest of the three forms that keeps it; every NaN as 7e00. ERR_NO_ROOM. */
MUST_USE enum err cbor_put_float(struct room *out, double real);

#endif
