/* SPDX-License-Identifier: Apache-2.0 */
/* The registries of the Digital Credentials Consortium in their first form: registry.json, names by DID. */
#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/import/dids.h"

static enum err read_entry(struct import_job *job, const char *did, const json_t *value, struct roll *roll,
                           const struct dids *dids) {
    struct entry *entry = NULL;
    enum err err = entry_open(job, span_of_text(did), roll, &entry);
    err = err == ERR_OK ? entry_name(entry, "en", json_object_get(value, "name")) : err;
    err = err == ERR_OK ? dids_add_keys(dids, NULL, entry) : err;
    err = err == ERR_OK ? entry_add(entry) : err;
    entry_close(entry);
    return err;
}

static enum err read_registry(struct import_job *job, const json_t *list, const struct dids *dids) {
    json_t *registry = json_object_get(list, "registry"), *value = NULL;
    const char *did = NULL;
    struct span updated = {0};
    struct roll roll = {0};
    enum err err = ERR_OK;
    if (!json_is_object(registry) ||
        jsontext_string(json_object_get(list, "meta"), "updated", &updated) != ERR_OK) {
        return ERR_IMPORT_SHAPE;
    }
    TRY(datetime_parse(updated, &job->source.issued_s));
    TRY(import_not_ahead(job, job->source.issued_s));
    json_object_foreach(registry, did, value) {
        err = err == ERR_OK ? read_entry(job, did, value, &roll, dids) : err;
    }
    err = err == ERR_OK ? dids_check_used(dids, job, &roll) : err;
    roll_close(&roll);
    return err;
}

static enum err take_document(struct import_job *job, size_t input, struct dids *dids) {
    json_t *document = NULL;
    TRY(import_json(job, input, &document));
    if (dids_is_document(document)) {
        return dids_take(dids, document);
    }
    json_decref(document);
    return ERR_IMPORT_SHAPE;
}

static enum err read_dcc(struct import_job *job) {
    struct dids dids = {0};
    json_t *list = NULL;
    enum err err = import_json(job, 0, &list);
    for (size_t i = 1; err == ERR_OK && i < job->input_count; i++) {
        err = take_document(job, i, &dids);
    }
    err = err == ERR_OK ? read_registry(job, list, &dids) : err;
    dids_close(&dids);
    json_decref(list);
    return err;
}

const struct import_format import_dcc = {
    .name = "dcc",
    .sentence =
        "A registry.json of the Digital Credentials Consortium, then the DID documents of its did:web\n"
        "                      issuers; unsigned.",
    .read = read_dcc,
};
