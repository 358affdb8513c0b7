/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sort.h"
#include "base/utf8.h"
#include "linked/cborld_run.h"

/* A pair of a map: its key and what that stands for, and where its value is. */
struct entry {
    struct cbor_item key;
    struct span name, value;
    bool many; /* the key is the number of a name for several values */
    bool type;
};

struct entries {
    struct entry *first;
    size_t count;
};

/* Move *rest, which lies in the document, behind a value. */
static enum err skip(const struct cborld_run *run, struct span *rest) {
    size_t at = rest->len == 0 ? 0 : (size_t)(rest->ptr - run->document.ptr);
    if (rest->len == 0 || run->ends[at] == 0) {
        return cbor_skip(rest); /* nothing nests here */
    }
    *rest = span_slice(*rest, run->ends[at] - at, rest->len);
    return ERR_OK;
}

/* The pairs as they stand; moves *rest behind them. */
static enum err take_entries(struct cborld_run *run, struct span *rest, uint64_t pairs, struct entries *out) {
    void *taken = NULL;
    TRY(arena_take(run->arena, (size_t)pairs * sizeof(struct entry), &taken));
    *out = (struct entries){taken, (size_t)pairs};
    for (size_t i = 0; i < out->count; i++) {
        struct entry *entry = &out->first[i];
        TRY(cbor_next(rest, &entry->key));
        entry->value = *rest;
        TRY(skip(run, rest));
        entry->value.len -= rest->len;
    }
    return ERR_OK;
}

/* The name of a key. Contexts are named by number alone: what stands under the word would not be applied. */
static enum err name_entry(const struct cborld_run *run, struct entry *entry) {
    const struct cbor_item *key = &entry->key;
    if (key->kind == CBOR_TEXT) {
        entry->name = key->bytes;
        bool nul = span_find(key->bytes, 0, 0) < key->bytes.len;
        return nul || span_equal_text(key->bytes, "@context") ? ERR_CBORLD_KEY : ERR_OK;
    }
    if (key->kind != CBOR_UNSIGNED) {
        return ERR_CBORLD_KEY;
    }
    entry->many = key->number % 2 != 0;
    return cborld_terms_name(run, key->number - key->number % 2, &entry->name) ? ERR_OK : ERR_CBORLD_TERM;
}

static int by_name(void *ctx, const void *left, const void *right) {
    (void)ctx;
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
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
static enum err decode_contexts(struct cborld_run *run, const struct entry *entry, json_t **out) {
    struct span rest = entry->value;
    struct cbor_item item = {0};
    if (entry->key.number != CBORLD_CONTEXT_SET) {
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

/* Take the contexts out of the pairs and put them into the object: they number the names of the others. */
static enum err take_contexts(struct cborld_run *run, struct entries *entries, json_t *object) {
    size_t kept = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->first[i];
        json_t *contexts = NULL;
        if (entry->key.kind != CBOR_UNSIGNED || entry->key.number > CBORLD_CONTEXT_SET) {
            entries->first[kept++] = *entry;
            continue;
        }
        if (json_object_get(object, "@context") != NULL) {
            return ERR_CBORLD_TWICE;
        }
        TRY(decode_contexts(run, entry, &contexts));
        if (json_object_set_new(object, "@context", contexts) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    entries->count = kept;
    return ERR_OK;
}

/* The pairs in the order in which their names are numbered; no name stands twice. */
static enum err sorted(struct cborld_run *run, struct entries entries, struct entry ***out) {
    void *taken = NULL;
    TRY(arena_take(run->arena, entries.count * sizeof(struct entry *), &taken));
    struct entry **order = taken;
    for (size_t i = 0; i < entries.count; i++) {
        order[i] = &entries.first[i];
    }
    sort_items(order, entries.count, sizeof *order, by_name, NULL);
    for (size_t i = 1; i < entries.count; i++) {
        if (span_equal(order[i]->name, order[i - 1]->name)) {
            return ERR_CBORLD_TWICE;
        }
    }
    *out = order;
    return ERR_OK;
}

/* The elements of a name's value, and *rest in front of the first. */
static enum err elements(const struct entry *entry, struct span *rest, uint64_t *count) {
    struct cbor_item item = {0};
    *count = 1;
    if (!entry->many) {
        return ERR_OK;
    }
    TRY(cbor_next(rest, &item));
    *count = item.number;
    return item.kind == CBOR_ARRAY ? ERR_OK : ERR_CBORLD_MANY;
}

/* Add the type names that a pair holds. */
static enum err take_types(struct cborld_run *run, const struct entry *entry, struct cborld_types *types) {
    struct cborld_kind kind = cborld_kind_url(run);
    struct span rest = entry->value;
    uint64_t count = 0;
    TRY(elements(entry, &rest, &count));
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
static enum err mark_types(struct cborld_run *run, const struct cborld_node *top, struct entries entries,
                           size_t *types) {
    *types = 0;
    for (size_t i = 0; i < entries.count; i++) {
        struct entry *entry = &entries.first[i];
        struct cborld_found found = {0};
        struct span rest = entry->value;
        uint64_t count = 0;
        if (name_entry(run, entry) != ERR_OK) {
            continue;
        }
        TRY(cborld_active_find(run, top, entry->name, &found));
        TRY(cborld_kind_is_type(run, entry->name, found, &entry->type));
        if (entry->type) {
            TRY(elements(entry, &rest, &count));
            *types += (size_t)count;
        }
    }
    return ERR_OK;
}

/* Put the contexts of the object's types on top of those that are embedded. */
static enum err apply_types(struct cborld_run *run, struct entries entries, const struct cborld_node **top) {
    struct cborld_types types = {0};
    size_t count = 0;
    void *taken = NULL;
    TRY(mark_types(run, *top, entries, &count));
    TRY(arena_take(run->arena, count * sizeof(struct span), &taken));
    types.texts = taken;
    for (size_t i = 0; i < entries.count; i++) {
        if (entries.first[i].type) {
            TRY(take_types(run, &entries.first[i], &types));
        }
    }
    return cborld_active_typed(run, types, top);
}

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

static enum err decode_entry(struct cborld_run *run, const struct cborld_active *active,
                             const struct entry *entry, json_t *object) {
    struct cborld_found found = {0};
    struct cborld_active inside = {0};
    struct cborld_kind kind = {0};
    struct span rest = entry->value;
    uint64_t count = 0;
    json_t *value = NULL;
    TRY(cborld_active_find(run, active->top, entry->name, &found));
    TRY(cborld_kind_of(run, entry->name, found, &kind));
    TRY(cborld_active_enter(run, active, found, &inside));
    TRY(elements(entry, &rest, &count));
    TRY(entry->many ? decode_array(run, &inside, &kind, &rest, count, &value)
                    : decode_value(run, &inside, &kind, &rest, &value));
    const char *name = entry->name.len == 0 ? "" : (const char *)entry->name.ptr;
    return json_object_setn_new(object, name, entry->name.len, value) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

static enum err decode_members(struct cborld_run *run, const struct cborld_active *outer, struct span *rest,
                               uint64_t pairs, json_t *object) {
    struct cborld_active embedded = {outer->top, outer};
    struct entries entries = {0};
    struct entry **order = NULL;
    TRY(take_entries(run, rest, pairs, &entries));
    TRY(take_contexts(run, &entries, object));
    TRY(cborld_active_apply(run, json_object_get(object, "@context"), CBORLD_EMBEDDED, &embedded.top));
    struct cborld_active typed = {embedded.top, &embedded};
    TRY(apply_types(run, entries, &typed.top));
    for (size_t i = 0; i < entries.count; i++) {
        TRY(name_entry(run, &entries.first[i]));
    }
    TRY(sorted(run, entries, &order));
    for (size_t i = 0; i < entries.count; i++) {
        TRY(decode_entry(run, &typed, order[i], object));
    }
    return ERR_OK;
}

static enum err decode_map(struct cborld_run *run, const struct cborld_active *outer, struct span *rest,
                           uint64_t pairs, json_t **out) {
    TRY(cborjson_counted(&run->count));
    json_t *object = json_object();
    enum err err = object == NULL ? ERR_NO_MEMORY : decode_members(run, outer, rest, pairs, object);
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

/* An object, or an array of objects, each on its own but with numbers that go on. */
static enum err decode_document(struct cborld_run *run, struct span rest, json_t **out) {
    static const struct cborld_active outermost;
    struct cbor_item item = {0};
    struct span elements_left = rest;
    TRY(cbor_next(&elements_left, &item));
    if (item.kind == CBOR_MAP) {
        return decode_map(run, &outermost, &elements_left, item.number, out);
    }
    if (item.kind != CBOR_ARRAY) {
        return ERR_CBORLD_DOCUMENT;
    }
    struct span left = elements_left;
    for (uint64_t i = 0; i < item.number; i++) {
        struct cbor_item element = {0};
        struct span head = left;
        TRY(cbor_next(&head, &element));
        TRY(skip(run, &left));
        if (element.kind != CBOR_MAP) {
            return ERR_CBORLD_DOCUMENT;
        }
    }
    static const struct cborld_kind plain;
    return decode_array(run, &outermost, &plain, &elements_left, item.number, out);
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
