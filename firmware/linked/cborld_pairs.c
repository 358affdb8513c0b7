/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/cborld_pairs.h"

#include "base/sort.h"
#include "base/utf8.h"

enum err cborld_pairs_skip(const struct cborld_run *run, struct span *rest) {
    size_t at = rest->len == 0 ? 0 : (size_t)(rest->ptr - run->document.ptr);
    if (rest->len == 0 || run->ends[at] == 0) {
        return cbor_skip(rest); /* nothing nests here */
    }
    *rest = span_slice(*rest, run->ends[at] - at, rest->len);
    return ERR_OK;
}

enum err cborld_pairs_take(struct cborld_run *run, struct span *rest, uint64_t count,
                           struct cborld_pairs *out) {
    void *taken = NULL;
    TRY(arena_take(run->arena, (size_t)count * sizeof(struct cborld_pair), &taken));
    *out = (struct cborld_pairs){taken, (size_t)count};
    for (size_t i = 0; i < out->count; i++) {
        struct cborld_pair *pair = &out->first[i];
        TRY(cbor_next(rest, &pair->key));
        pair->value = *rest;
        TRY(cborld_pairs_skip(run, rest));
        pair->value.len -= rest->len;
    }
    return ERR_OK;
}

/* Contexts are named by number alone: what stands under the word would not be applied. */
enum err cborld_pairs_name(const struct cborld_run *run, struct cborld_pair *pair) {
    const struct cbor_item *key = &pair->key;
    if (key->kind == CBOR_TEXT) {
        pair->name = key->bytes;
        bool nul = span_find(key->bytes, 0, 0) < key->bytes.len;
        return nul || span_equal_text(key->bytes, "@context") ? ERR_CBORLD_KEY : ERR_OK;
    }
    if (key->kind != CBOR_UNSIGNED) {
        return ERR_CBORLD_KEY;
    }
    pair->many = key->number % 2 != 0;
    return cborld_terms_name(run, key->number - key->number % 2, &pair->name) ? ERR_OK : ERR_CBORLD_TERM;
}

static int by_name(void *ctx, const void *left, const void *right) {
    (void)ctx;
    const struct cborld_pair *a = *(const struct cborld_pair *const *)left;
    const struct cborld_pair *b = *(const struct cborld_pair *const *)right;
    return utf8_order_utf16(a->name, b->name);
}

/* One context: the number of an address, an address, or an object as it is. */
static enum err decode_context(struct cborld_run *run, struct span *rest, json_t **out) {
    struct cborld_kind kind = cborld_kind_context(run);
    struct cbor_item item = {0};
    struct span behind = *rest;
    TRY(cbor_next(&behind, &item));
    if (item.kind == CBOR_MAP) {
        return cborjson_read(rest, &run->count, out);
    }
    if (item.kind == CBOR_UNSIGNED && cborld_kind_text(run, &kind, item.number, &item.bytes)) {
        item.kind = CBOR_TEXT;
    }
    *rest = behind;
    return item.kind == CBOR_TEXT ? cborjson_scalar(&item, &run->count, out) : ERR_CBORLD_CONTEXT;
}

/* One context, or an array of them. */
static enum err decode_contexts(struct cborld_run *run, const struct cborld_pair *pair, json_t **out) {
    struct span rest = pair->value;
    struct cbor_item item = {0};
    if (pair->key.number != CBORLD_CONTEXT_SET) {
        return decode_context(run, &rest, out);
    }
    TRY(cbor_next(&rest, &item));
    if (item.kind != CBOR_ARRAY) {
        return ERR_CBORLD_MANY;
    }
    TRY(cborjson_counted(&run->count));
    json_t *array = json_array();
    enum err err = array == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (uint64_t i = 0; err == ERR_OK && i < item.number; i++) {
        json_t *context = NULL;
        err = decode_context(run, &rest, &context);
        err = err == ERR_OK && json_array_append_new(array, context) != 0 ? ERR_NO_MEMORY : err;
    }
    if (err != ERR_OK) {
        json_decref(array);
        return err;
    }
    *out = array;
    return ERR_OK;
}

enum err cborld_pairs_contexts(struct cborld_run *run, struct cborld_pairs *pairs, json_t *object) {
    size_t kept = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        const struct cborld_pair *pair = &pairs->first[i];
        json_t *contexts = NULL;
        if (pair->key.kind != CBOR_UNSIGNED || pair->key.number > CBORLD_CONTEXT_SET) {
            pairs->first[kept++] = *pair;
            continue;
        }
        if (json_object_get(object, "@context") != NULL) {
            return ERR_CBORLD_TWICE;
        }
        TRY(decode_contexts(run, pair, &contexts));
        if (json_object_set_new(object, "@context", contexts) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    pairs->count = kept;
    return ERR_OK;
}

enum err cborld_pairs_sorted(struct cborld_run *run, struct cborld_pairs pairs, struct cborld_pair ***out) {
    void *taken = NULL;
    TRY(arena_take(run->arena, pairs.count * sizeof(struct cborld_pair *), &taken));
    struct cborld_pair **order = taken;
    for (size_t i = 0; i < pairs.count; i++) {
        order[i] = &pairs.first[i];
    }
    sort_items(order, pairs.count, sizeof *order, by_name, NULL);
    for (size_t i = 1; i < pairs.count; i++) {
        if (span_equal(order[i]->name, order[i - 1]->name)) {
            return ERR_CBORLD_TWICE;
        }
    }
    *out = order;
    return ERR_OK;
}

enum err cborld_pairs_elements(const struct cborld_pair *pair, struct span *rest, uint64_t *count) {
    struct cbor_item item = {0};
    *count = 1;
    if (!pair->many) {
        return ERR_OK;
    }
    TRY(cbor_next(rest, &item));
    *count = item.number;
    return item.kind == CBOR_ARRAY ? ERR_OK : ERR_CBORLD_MANY;
}

/* Add the type names that a pair holds. */
static enum err take_types(struct cborld_run *run, const struct cborld_pair *pair,
                           struct cborld_types *types) {
    struct cborld_kind kind = cborld_kind_url(run);
    struct span rest = pair->value;
    uint64_t count = 0;
    TRY(cborld_pairs_elements(pair, &rest, &count));
    for (uint64_t i = 0; i < count; i++) {
        struct cbor_item item = {0};
        TRY(cbor_next(&rest, &item));
        TRY(cborld_value_read(run, &kind, &rest, &item));
        if (item.kind != CBOR_TEXT) {
            return ERR_CBORLD_VALUE;
        }
        types->texts[types->count++] = item.bytes;
    }
    return ERR_OK;
}

/* Which pairs hold types, and how many types there are. Names that only the contexts of types will number are none. */
static enum err mark_types(struct cborld_run *run, const struct cborld_node *top, struct cborld_pairs pairs,
                           size_t *types) {
    *types = 0;
    for (size_t i = 0; i < pairs.count; i++) {
        struct cborld_pair *pair = &pairs.first[i];
        struct cborld_found found = {0};
        struct span rest = pair->value;
        uint64_t count = 0;
        if (cborld_pairs_name(run, pair) != ERR_OK) {
            continue;
        }
        TRY(cborld_active_find(run, top, pair->name, &found));
        TRY(cborld_kind_is_type(run, pair->name, found, &pair->type));
        if (pair->type) {
            TRY(cborld_pairs_elements(pair, &rest, &count));
            *types += (size_t)count;
        }
    }
    return ERR_OK;
}

enum err cborld_pairs_types(struct cborld_run *run, struct cborld_pairs pairs,
                            const struct cborld_node **top) {
    struct cborld_types types = {0};
    size_t count = 0;
    void *taken = NULL;
    TRY(mark_types(run, *top, pairs, &count));
    TRY(arena_take(run->arena, count * sizeof(struct span), &taken));
    types.texts = taken;
    for (size_t i = 0; i < pairs.count; i++) {
        if (pairs.first[i].type) {
            TRY(take_types(run, &pairs.first[i], &types));
        }
    }
    return cborld_active_typed(run, types, top);
}
