/* SPDX-License-Identifier: Apache-2.0 */
/* Records of the EBSI Trusted Issuers Registry (version 5) and DID Registry: who was accredited by whom to issue what. */
#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/import/ebsi_attribute.h"

/* A registry being read. */
struct registry {
    struct import_job *job;
    struct pins pins;
    struct dids dids;
    struct roll issuers, records;
    json_t **inputs; /* owned */
    struct ebsi_attribute *attributes;
    size_t count, places;
};

static enum err make_place(struct registry *registry) {
    if (registry->count < registry->places) {
        return ERR_OK;
    }
    size_t places = registry->places == 0 ? 16 : registry->places * 2;
    struct ebsi_attribute *more = realloc(registry->attributes, places * sizeof *more);
    if (more == NULL) {
        return ERR_NO_MEMORY;
    }
    registry->attributes = more;
    registry->places = places;
    return ERR_OK;
}

static enum err add_record(struct registry *registry, const char *id, const json_t *record) {
    TRY(id == NULL ? ERR_OK : roll_call(&registry->records, span_of_text(id), ERR_IMPORT_TWICE));
    TRY(make_place(registry));
    import_at(registry->job, span_of_text(id == NULL ? "" : id), registry->count);
    return ebsi_attribute_read(record, &registry->pins, &registry->dids, registry->job,
                               &registry->attributes[registry->count++]);
}

/* One record, or several by their ids. */
static enum err add_records(struct registry *registry, json_t *input) {
    const char *id = NULL;
    json_t *record = NULL;
    enum err err = json_object_size(input) > 0 ? ERR_OK : ERR_IMPORT_SHAPE;
    if (json_object_get(input, "attribute") != NULL) {
        return add_record(registry, NULL, input);
    }
    json_object_foreach(input, id, record) {
        err = err == ERR_OK ? add_record(registry, id, record) : err;
    }
    return err;
}

static bool is_listing(const json_t *input) {
    return json_object_get(input, "items") != NULL;
}

/* "attributes" of an issuer's own record is an address. */
static bool is_issuer(const json_t *input) {
    return json_is_boolean(json_object_get(input, "hasAttributes"));
}

/* A record that the registry lists must be there: the one that is left out may be the one that narrows. */
static enum err check_listing(struct registry *registry, const json_t *input) {
    const json_t *items = json_object_get(input, "items");
    if (!json_is_array(items)) {
        return ERR_IMPORT_SHAPE;
    }
    for (size_t i = 0; i < json_array_size(items); i++) {
        struct span id = jsontext_span(json_object_get(json_array_get(items, i), "id"));
        import_at(registry->job, id, i);
        enum err err = id.len == 0 ? ERR_IMPORT_SHAPE : roll_call(&registry->records, id, ERR_IMPORT_TWICE);
        if (err != ERR_IMPORT_TWICE) {
            return err == ERR_OK ? ERR_IMPORT_MISSING : err;
        }
    }
    return ERR_OK;
}

static int order_of_spans(struct span a, struct span b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : memcmp(a.ptr, b.ptr, len);
    return order != 0 ? order : a.len < b.len ? -1 : a.len > b.len;
}

/* Of one issuer together, of one credential together, the latest revision first. */
static int order(const void *left, const void *right) {
    const struct ebsi_attribute *a = left, *b = right;
    int by_did = order_of_spans(a->did, b->did);
    int by_accreditor = order_of_spans(a->statement.issuer, b->statement.issuer);
    int by_credential = order_of_spans(a->credential, b->credential);
    int by_time =
        a->statement.issued_s > b->statement.issued_s ? -1 : a->statement.issued_s < b->statement.issued_s;
    return by_did != 0          ? by_did
           : by_accreditor != 0 ? by_accreditor
           : by_credential != 0 ? by_credential
                                : by_time;
}

static bool is_revision_of(const struct ebsi_attribute *a, const struct ebsi_attribute *b) {
    return span_equal(a->did, b->did) && span_equal(a->statement.issuer, b->statement.issuer) &&
           span_equal(a->credential, b->credential);
}

/* What of one record counts: its types, and its end where that is the first. */
static enum err take_record(struct registry *registry, size_t at, struct entry *entry, bool *some) {
    const struct ebsi_attribute *attribute = &registry->attributes[at];
    bool superseded = at > 0 && is_revision_of(attribute, attribute - 1);
    if (superseded || attribute->accredited_for == NULL) {
        registry->job->passed_over++;
        return ERR_OK;
    }
    if (attribute->expired) {
        import_pass_over(registry->job, ERR_IMPORT_EXPIRED);
        return ERR_OK;
    }
    int64_t expires_s = attribute->statement.expires_s;
    bool first = expires_s != 0 && (entry->valid_until_s == 0 || expires_s < entry->valid_until_s);
    entry->valid_until_s = first ? expires_s : entry->valid_until_s;
    return ebsi_attribute_types(attribute, entry, some);
}

/* The registry has no names: whoever wants one adds it by hand. Without a type there is nothing that it may issue. */
static enum err list_issuer(struct registry *registry, size_t begin, size_t end) {
    struct span did = registry->attributes[begin].did;
    struct entry *entry = NULL;
    json_t *name = json_stringn((const char *)did.ptr, did.len);
    bool some = false;
    enum err err = entry_open(registry->job, did, &registry->issuers, &entry);
    err = err == ERR_OK ? entry_name(entry, "en", name) : err;
    for (size_t i = begin; err == ERR_OK && i < end; i++) {
        err = take_record(registry, i, entry, &some);
    }
    if (err == ERR_OK && some) {
        err = dids_add_keys(&registry->dids, &registry->pins, entry);
        err = err == ERR_OK ? entry_add(entry) : err;
    } else if (err == ERR_OK) {
        import_pass_over(registry->job, ERR_IMPORT_SCOPE);
    }
    entry_close(entry);
    json_decref(name);
    return err;
}

static enum err list_issuers(struct registry *registry) {
    struct import_file_source *source = &registry->job->source;
    source->is_signed = registry->count > 0;
    for (size_t i = 0; i < registry->count; i++) {
        const struct ebsi_attribute *attribute = &registry->attributes[i];
        source->is_signed = source->is_signed && attribute->authentic;
        source->issued_s = attribute->statement.issued_s > source->issued_s ? attribute->statement.issued_s
                                                                            : source->issued_s;
    }
    for (size_t begin = 0, end = 0; begin < registry->count; begin = end) {
        while (end < registry->count &&
               span_equal(registry->attributes[end].did, registry->attributes[begin].did)) {
            end++;
        }
        TRY(list_issuer(registry, begin, end));
    }
    return ERR_OK;
}

static enum err read_inputs(struct registry *registry) {
    for (size_t i = 0; i < registry->job->input_count; i++) {
        TRY(import_json(registry->job, i, &registry->inputs[i]));
        if (dids_is_document(registry->inputs[i])) {
            TRY(dids_take(&registry->dids, json_incref(registry->inputs[i])));
        }
    }
    for (size_t i = 0; i < registry->job->input_count; i++) {
        json_t *input = registry->inputs[i];
        if (!dids_is_document(input) && !is_listing(input) && !is_issuer(input)) {
            TRY(add_records(registry, input));
        }
    }
    for (size_t i = 0; i < registry->job->input_count; i++) {
        TRY(is_listing(registry->inputs[i]) ? check_listing(registry, registry->inputs[i]) : ERR_OK);
    }
    return ERR_OK;
}

static enum err read_registry(struct registry *registry) {
    TRY(pins_read(registry->job, &registry->pins));
    TRY(read_inputs(registry));
    if (registry->count == 0) {
        return ERR_IMPORT_SHAPE;
    }
    qsort(registry->attributes, registry->count, sizeof *registry->attributes, order);
    return list_issuers(registry);
}

static void close_registry(struct registry *registry) {
    for (size_t i = 0; i < registry->count; i++) {
        ebsi_attribute_close(&registry->attributes[i]);
    }
    for (size_t i = 0; registry->inputs != NULL && i < registry->job->input_count; i++) {
        json_decref(registry->inputs[i]);
    }
    free(registry->attributes);
    free(registry->inputs);
    pins_close(&registry->pins);
    dids_close(&registry->dids);
    roll_close(&registry->issuers);
    roll_close(&registry->records);
}

static enum err read_ebsi(struct import_job *job) {
    struct registry registry = {.job = job, .inputs = calloc(job->input_count, sizeof(json_t *))};
    enum err err = registry.inputs == NULL ? ERR_NO_MEMORY : read_registry(&registry);
    close_registry(&registry);
    return err;
}

const struct import_format import_ebsi = {
    .name = "ebsi",
    .sentence =
        "Records of the EBSI Trusted Issuers Registry (issuers, listings, attributes) and DID documents of\n"
        "                      its DID Registry; unsigned but for what --pin (DID documents of accreditors) "
        "proves.",
    .takes = {"pin"},
    .read = read_ebsi,
};
