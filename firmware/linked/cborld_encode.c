/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "codec/jsontext.h"
#include "linked/cborld_run.h"

/* A member: its name, the key that is written for it, and where its value was written. */
struct member {
    struct span name;
    const json_t *value;
    uint64_t key;
    bool numbered;
    size_t from, len;
};

struct members {
    struct member **order;
    size_t count;
};

static int by_name(void *ctx, const void *left, const void *right) {
    (void)ctx;
    const struct member *a = *(const struct member *const *)left;
    const struct member *b = *(const struct member *const *)right;
    return utf8_order_utf16(a->name, b->name);
}

/* In the order of the keys' bytes (RFC 8949 section 4.2.1): numbers, then text, of which shorter ones first. */
static int by_key(void *ctx, const void *left, const void *right) {
    (void)ctx;
    const struct member *a = *(const struct member *const *)left;
    const struct member *b = *(const struct member *const *)right;
    if (a->numbered != b->numbered) {
        return a->numbered ? -1 : 1;
    }
    if (a->numbered) {
        return (a->key > b->key) - (a->key < b->key);
    }
    return a->name.len != b->name.len ? (a->name.len > b->name.len) - (a->name.len < b->name.len)
                                      : span_order(a->name, b->name);
}

/* The members in the order in which their names are numbered, the context first. */
static enum err take_members(struct cborld_run *run, const json_t *object, struct members *out) {
    json_t *walked = (json_t *)(uintptr_t)object; /* jansson iterates without const */
    void *taken = NULL;
    void *order = NULL;
    size_t count = json_object_size(object);
    TRY(arena_take(run->arena, count * sizeof(struct member), &taken));
    TRY(arena_take(run->arena, count * sizeof(struct member *), &order));
    struct member *members = taken;
    *out = (struct members){order, 0};
    for (void *i = json_object_iter(walked); i != NULL; i = json_object_iter_next(walked, i)) {
        struct member *member = &members[out->count];
        member->name = span_of_bytes(json_object_iter_key(i), json_object_iter_key_len(i));
        member->value = json_object_iter_value(i);
        out->order[out->count++] = member;
    }
    sort_items(out->order, count, sizeof *out->order, by_name, NULL);
    return ERR_OK;
}

static bool is_context(const struct member *member) {
    return span_equal_text(member->name, "@context");
}

/* The key of a member: its number, one more for an array; a name without a number stays. */
static void number_member(const struct cborld_run *run, struct member *member) {
    member->numbered = cborld_terms_number(run, member->name, &member->key);
    member->key += member->numbered && json_is_array(member->value) ? 1 : 0;
}

static enum err encode_context(struct cborld_run *run, const json_t *context, struct room *out) {
    struct cborld_kind kind = cborld_kind_context(run);
    uint64_t number = 0;
    if (json_is_string(context) && cborld_kind_number(run, &kind, jsontext_span(context), &number)) {
        return cbor_put(out, CBOR_UNSIGNED, number);
    }
    return json_is_string(context) || json_is_object(context) ? cborjson_write(context, run->arena, out)
                                                              : ERR_CBORLD_CONTEXT;
}

static enum err encode_contexts(struct cborld_run *run, const json_t *contexts, struct room *out) {
    if (!json_is_array(contexts)) {
        return encode_context(run, contexts, out);
    }
    TRY(cbor_put(out, CBOR_ARRAY, json_array_size(contexts)));
    for (size_t i = 0; i < json_array_size(contexts); i++) {
        TRY(encode_context(run, json_array_get(contexts, i), out));
    }
    return ERR_OK;
}

/* Add the texts of a member that holds types. */
static enum err take_types(const json_t *value, struct cborld_types *types) {
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < count; i++) {
        const json_t *type = json_is_array(value) ? json_array_get(value, i) : value;
        if (!json_is_string(type)) {
            return ERR_CBORLD_VALUE;
        }
        types->texts[types->count++] = jsontext_span(type);
    }
    return ERR_OK;
}

/* Put the contexts of the object's types on top of those that are embedded. */
static enum err apply_types(struct cborld_run *run, struct members members, const struct cborld_node **top) {
    struct cborld_types types = {0};
    size_t most = 0;
    void *taken = NULL;
    for (size_t i = 0; i < members.count; i++) {
        const json_t *value = members.order[i]->value;
        most += json_is_array(value) ? json_array_size(value) : 1;
    }
    TRY(arena_take(run->arena, most * sizeof(struct span), &taken));
    types.texts = taken;
    for (size_t i = 0; i < members.count; i++) {
        struct cborld_found found = {0};
        bool is_type = false;
        TRY(cborld_active_find(run, *top, members.order[i]->name, &found));
        TRY(cborld_kind_is_type(run, members.order[i]->name, found, &is_type));
        if (is_type) {
            TRY(take_types(members.order[i]->value, &types));
        }
    }
    return cborld_active_typed(run, types, top);
}

static enum err encode_object(struct cborld_run *run, const struct cborld_active *outer, const json_t *object,
                              unsigned depth, struct room *out);

/* Arrays whose elements are arrays of these would be taken for one value. */
static bool has_pairs(const struct cborld_kind *kind) {
    return kind->codec == CBORLD_URL || kind->codec == CBORLD_DATE_TIME;
}

static enum err encode_value(struct cborld_run *run, const struct cborld_active *active,
                             const struct cborld_kind *kind, const json_t *value, unsigned depth,
                             struct room *out) {
    if (json_is_object(value)) {
        return encode_object(run, active, value, depth, out);
    }
    if (!json_is_array(value)) {
        return cborld_value_write(run, kind, value, out);
    }
    if (depth == LIMIT_JSON_DEPTH) {
        return ERR_JSON_DEPTH;
    }
    TRY(cbor_put(out, CBOR_ARRAY, json_array_size(value)));
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *element = json_array_get(value, i);
        if (json_is_array(element) && has_pairs(kind)) {
            return ERR_CBORLD_VALUE;
        }
        TRY(encode_value(run, active, kind, element, depth + 1, out));
    }
    return ERR_OK;
}

static enum err encode_member(struct cborld_run *run, const struct cborld_active *active,
                              const struct member *member, unsigned depth, struct room *out) {
    struct cborld_found found = {0};
    struct cborld_active inside = {0};
    struct cborld_kind kind = {0};
    if (is_context(member)) {
        return encode_contexts(run, member->value, out);
    }
    TRY(cborld_active_find(run, active->top, member->name, &found));
    TRY(cborld_kind_of(run, member->name, found, &kind));
    TRY(cborld_active_enter(run, active, found, &inside));
    bool unnumbered_array = !member->numbered && json_is_array(member->value) && has_pairs(&kind);
    return unnumbered_array ? ERR_CBORLD_VALUE : encode_value(run, &inside, &kind, member->value, depth, out);
}

/* The values stand in `out` from `from`, in the order of names: put their keys in front, in the order of keys. */
static enum err put_in_order(struct cborld_run *run, struct members members, size_t from, struct room *out) {
    struct span values = {0};
    size_t before = run->arena->used;
    TRY(arena_copy(run->arena, span_of_bytes(out->ptr + from, out->len - from), &values));
    sort_items(members.order, members.count, sizeof *members.order, by_key, NULL);
    out->len = from;
    TRY(cbor_put(out, CBOR_MAP, members.count));
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = members.order[i];
        TRY(member->numbered ? cbor_put(out, CBOR_UNSIGNED, member->key)
                             : cbor_put_string(out, CBOR_TEXT, member->name));
        TRY(room_put(out, span_slice(values, member->from - from, member->len)));
    }
    run->arena->used = before; /* the copy alone: what was read of contexts stands below it */
    return ERR_OK;
}

static enum err encode_object(struct cborld_run *run, const struct cborld_active *outer, const json_t *object,
                              unsigned depth, struct room *out) {
    struct cborld_active embedded = {outer->top, outer};
    struct members members = {0};
    size_t from = out->len;
    if (depth == LIMIT_JSON_DEPTH) {
        return ERR_JSON_DEPTH;
    }
    TRY(cborld_active_apply(run, json_object_get(object, "@context"), CBORLD_EMBEDDED, &embedded.top));
    struct cborld_active typed = {embedded.top, &embedded};
    TRY(take_members(run, object, &members));
    TRY(apply_types(run, members, &typed.top));
    for (size_t i = 0; i < members.count; i++) {
        number_member(run, members.order[i]);
    }
    for (size_t i = 0; i < members.count; i++) {
        struct member *member = members.order[i];
        member->from = out->len;
        TRY(encode_member(run, &typed, member, depth + 1, out));
        member->len = out->len - member->from;
    }
    return put_in_order(run, members, from, out);
}

static enum err encode_document(struct cborld_run *run, const json_t *document, struct room *out) {
    static const struct cborld_active outermost;
    if (json_is_object(document)) {
        return encode_object(run, &outermost, document, 0, out);
    }
    if (!json_is_array(document)) {
        return ERR_CBORLD_DOCUMENT;
    }
    TRY(cbor_put(out, CBOR_ARRAY, json_array_size(document)));
    for (size_t i = 0; i < json_array_size(document); i++) {
        const json_t *object = json_array_get(document, i);
        TRY(json_is_object(object) ? encode_object(run, &outermost, object, 1, out) : ERR_CBORLD_DOCUMENT);
    }
    return ERR_OK;
}

static enum err encode_plain(struct cborld_run *run, const json_t *document, struct room *out) {
    bool nest = json_is_object(document) || json_is_array(document);
    return nest ? cborjson_write(document, run->arena, out) : ERR_CBORLD_DOCUMENT;
}

static enum err encode(struct cborld_run *run, const json_t *document, struct cborld_form form,
                       struct room *out) {
    if (form.entry == 0) {
        return encode_plain(run, document, out);
    }
    TRY(cborld_terms_open(run));
    return encode_document(run, document, out);
}

enum err cborld_encode(const json_t *document, struct cborld_form form,
                       const struct cborld_registry *registry, const struct context_library *library,
                       struct arena *arena, struct room *out) {
    struct cborld_run run = {.library = library, .arena = arena, .strict = true};
    struct room room = *out;
    TRY(cborld_header_write(form, &room));
    TRY(cborld_run_tables(&run, form, registry == NULL ? cborld_registered() : registry));
    TRY(cborld_run_spend(&run, encode(&run, document, form, &room)));
    *out = room;
    return ERR_OK;
}
