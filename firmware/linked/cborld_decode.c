/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/cborld_pairs.h"

static enum err decode_value(struct cborld_run *run, const struct cborld_active *active,
                             const struct cborld_kind *kind, struct span *rest, json_t **out);

static enum err decode_array(struct cborld_run *run, const struct cborld_active *active,
                             const struct cborld_kind *kind, struct span *rest, uint64_t count,
                             json_t **out) {
    TRY(cborjson_counted(&run->count));
    json_t *array = json_array();
    enum err err = array == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (uint64_t i = 0; err == ERR_OK && i < count; i++) {
        json_t *value = NULL;
        err = decode_value(run, active, kind, rest, &value);
        err = err == ERR_OK && json_array_append_new(array, value) != 0 ? ERR_NO_MEMORY : err;
    }
    if (err != ERR_OK) {
        json_decref(array);
        return err;
    }
    *out = array;
    return ERR_OK;
}

static enum err decode_pair(struct cborld_run *run, const struct cborld_active *active,
                            const struct cborld_pair *pair, json_t *object) {
    struct cborld_found found = {0};
    struct cborld_active inside = {0};
    struct cborld_kind kind = {0};
    struct span rest = pair->value;
    uint64_t count = 0;
    json_t *value = NULL;
    TRY(cborld_active_find(run, active->top, pair->name, &found));
    TRY(cborld_kind_of(run, pair->name, found, &kind));
    TRY(cborld_active_enter(run, active, found, &inside));
    TRY(cborld_pairs_elements(pair, &rest, &count));
    TRY(pair->many ? decode_array(run, &inside, &kind, &rest, count, &value)
                   : decode_value(run, &inside, &kind, &rest, &value));
    const char *name = pair->name.len == 0 ? "" : (const char *)pair->name.ptr;
    return json_object_setn_new(object, name, pair->name.len, value) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

static enum err decode_members(struct cborld_run *run, const struct cborld_active *outer, struct span *rest,
                               uint64_t count, json_t *object) {
    struct cborld_active embedded = {outer->top, outer};
    struct cborld_pairs pairs = {0};
    struct cborld_pair **order = NULL;
    TRY(cborld_pairs_take(run, rest, count, &pairs));
    TRY(cborld_pairs_contexts(run, &pairs, object));
    TRY(cborld_active_apply(run, json_object_get(object, "@context"), CBORLD_EMBEDDED, &embedded.top));
    struct cborld_active typed = {embedded.top, &embedded};
    TRY(cborld_pairs_types(run, pairs, &typed.top));
    for (size_t i = 0; i < pairs.count; i++) {
        TRY(cborld_pairs_name(run, &pairs.first[i]));
    }
    TRY(cborld_pairs_sorted(run, pairs, &order));
    for (size_t i = 0; i < pairs.count; i++) {
        TRY(decode_pair(run, &typed, order[i], object));
    }
    return ERR_OK;
}

static enum err decode_map(struct cborld_run *run, const struct cborld_active *outer, struct span *rest,
                           uint64_t count, json_t **out) {
    TRY(cborjson_counted(&run->count));
    json_t *object = json_object();
    enum err err = object == NULL ? ERR_NO_MEMORY : decode_members(run, outer, rest, count, object);
    if (err != ERR_OK) {
        json_decref(object);
        return err;
    }
    *out = object;
    return ERR_OK;
}

static enum err decode_value(struct cborld_run *run, const struct cborld_active *active,
                             const struct cborld_kind *kind, struct span *rest, json_t **out) {
    struct cbor_item item = {0};
    TRY(cbor_next(rest, &item));
    TRY(cborld_value_read(run, kind, rest, &item));
    switch (item.kind) {
    case CBOR_MAP:
        return decode_map(run, active, rest, item.number, out);
    case CBOR_ARRAY:
        return decode_array(run, active, kind, rest, item.number, out);
    default:
        return cborjson_scalar(&item, &run->count, out);
    }
}

/* So many items, which must be maps. */
static enum err check_maps(const struct cborld_run *run, struct span rest, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        struct cbor_item item = {0};
        struct span head = rest;
        TRY(cbor_next(&head, &item));
        TRY(cborld_pairs_skip(run, &rest));
        if (item.kind != CBOR_MAP) {
            return ERR_CBORLD_DOCUMENT;
        }
    }
    return ERR_OK;
}

/* An object, or an array of objects, each on its own but with numbers that go on. */
static enum err decode_document(struct cborld_run *run, struct span rest, json_t **out) {
    static const struct cborld_active outermost;
    static const struct cborld_kind plain;
    struct cbor_item item = {0};
    TRY(cbor_next(&rest, &item));
    if (item.kind == CBOR_MAP) {
        return decode_map(run, &outermost, &rest, item.number, out);
    }
    if (item.kind != CBOR_ARRAY) {
        return ERR_CBORLD_DOCUMENT;
    }
    TRY(check_maps(run, rest, item.number));
    return decode_array(run, &outermost, &plain, &rest, item.number, out);
}

static enum err decode_plain(struct cborld_run *run, struct span rest, json_t **out) {
    bool nest = rest.len > 0 && (rest.ptr[0] >> 5 == 4 || rest.ptr[0] >> 5 == 5);
    return nest ? cborjson_read(&rest, &run->count, out) : ERR_CBORLD_DOCUMENT;
}

static enum err decode(struct cborld_run *run, struct span bytes, struct cborld_form form, json_t **out) {
    void *ends = NULL;
    TRY(arena_take(run->arena, bytes.len * sizeof *run->ends, &ends));
    run->document = bytes;
    run->ends = ends;
    TRY(cbor_survey(bytes, ends));
    if (form.entry == 0) {
        return decode_plain(run, bytes, out);
    }
    TRY(cborld_terms_open(run));
    return decode_document(run, bytes, out);
}

enum err cborld_decode(struct span bytes, const struct cborld_registry *registry,
                       const struct context_library *library, struct arena *arena, json_t **out) {
    struct cborld_run run = {.library = library, .arena = arena};
    struct cborld_form form = {0};
    json_t *document = NULL;
    TRY(cborld_header_read(&bytes, &form));
    TRY(cborld_run_tables(&run, form, registry == NULL ? cborld_registered() : registry));
    enum err err = cborld_run_spend(&run, decode(&run, bytes, form, &document));
    if (err != ERR_OK) {
        json_decref(document);
        return err;
    }
    *out = document;
    return ERR_OK;
}
