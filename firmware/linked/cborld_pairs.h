/* cborld_pairs: the keys and values of one compressed map, on their way to the members of an object. Private to cborld. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_CBORLD_PAIRS_H
#define LINKED_CBORLD_PAIRS_H

#include "linked/cborld_run.h"

/* A pair of a map: its key and what that stands for, and where its value is. */
struct cborld_pair {
    struct cbor_item key;
    struct span name, value;
    bool many; /* the key is the number of a name for several values */
    bool type;
};

struct cborld_pairs {
    struct cborld_pair *first;
    size_t count;
};

/* Move *rest, which lies in the run's document, behind a value. The errors of cbor_skip. */
MUST_USE enum err cborld_pairs_skip(const struct cborld_run *run, struct span *rest);

/* The pairs as they stand; moves *rest behind them. ERR_NO_ROOM, and the errors of cbor_next. */
MUST_USE enum err cborld_pairs_take(struct cborld_run *run, struct span *rest, uint64_t count,
                                    struct cborld_pairs *out);

/* Take the contexts out of the pairs and put them into the object: they number the names of the others.
 * ERR_CBORLD_TWICE, ERR_CBORLD_MANY, ERR_CBORLD_CONTEXT, ERR_NO_MEMORY, and the errors of cborjson_read. */
MUST_USE enum err cborld_pairs_contexts(struct cborld_run *run, struct cborld_pairs *pairs, json_t *object);

/* Put the contexts of the object's types on top of those that are embedded. ERR_CBORLD_MANY, ERR_CBORLD_VALUE, and the
 * errors of cborld_value_read and cborld_active_typed. */
MUST_USE enum err cborld_pairs_types(struct cborld_run *run, struct cborld_pairs pairs,
                                     const struct cborld_node **top);

/* The name of a key. ERR_CBORLD_KEY, ERR_CBORLD_TERM. */
MUST_USE enum err cborld_pairs_name(const struct cborld_run *run, struct cborld_pair *pair);

/* The pairs in the order in which their names are numbered. ERR_CBORLD_TWICE, ERR_NO_ROOM. */
MUST_USE enum err cborld_pairs_sorted(struct cborld_run *run, struct cborld_pairs pairs,
                                      struct cborld_pair ***out);

/* The values of a pair, one or the elements of an array; *rest: in front of the first. ERR_CBORLD_MANY, and the errors
 * of cbor_next. */
MUST_USE enum err cborld_pairs_elements(const struct cborld_pair *pair, struct span *rest, uint64_t *count);

#endif
