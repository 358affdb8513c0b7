/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/dids.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "crypto/did.h"

static struct span id_of(const json_t *json) {
    return jsontext_span(json_object_get(json, "id"));
}

bool dids_is_document(const json_t *json) {
    return span_starts_with(id_of(json), "did:") && (json_object_get(json, "verificationMethod") != NULL ||
                                                     json_object_get(json, "assertionMethod") != NULL);
}

enum err dids_take(struct dids *dids, json_t *document) {
    if (dids->count == dids->places) {
        size_t places = dids->places == 0 ? 16 : dids->places * 2;
        json_t **more = realloc(dids->documents, places * sizeof *more);
        if (more == NULL) {
            json_decref(document);
            return ERR_NO_MEMORY;
        }
        dids->documents = more;
        dids->places = places;
    }
    dids->documents[dids->count++] = document;
    return ERR_OK;
}

const json_t *dids_find(const struct dids *dids, struct span did) {
    for (size_t i = 0; i < dids->count; i++) {
        if (span_equal(id_of(dids->documents[i]), did)) {
            return dids->documents[i];
        }
    }
    return NULL;
}

enum err dids_add_keys(const struct dids *dids, const struct pins *pins, struct entry *entry) {
    struct span did = span_of_text(entry->identifier);
    const json_t *pinned = pins == NULL ? NULL : pins_document(pins, did);
    const json_t *given = dids_find(dids, did);
    if (did_is_self_certifying(did)) {
        return entry_own_key(entry);
    }
    if (pinned != NULL) {
        return entry_keys(entry, pinned);
    }
    if (given == NULL) {
        return ERR_OK;
    }
    return json_object_set_new(entry->issuer, "unsigned", json_true()) != 0 ? ERR_NO_MEMORY
                                                                            : entry_keys(entry, given);
}

enum err dids_check_used(const struct dids *dids, struct import_job *job, struct roll *roll) {
    for (size_t i = 0; i < dids->count; i++) {
        import_at(job, id_of(dids->documents[i]), i);
        enum err err = roll_call(roll, id_of(dids->documents[i]), ERR_IMPORT_TWICE);
        if (err != ERR_IMPORT_TWICE) {
            return err == ERR_OK ? ERR_IMPORT_STRAY : err;
        }
    }
    return ERR_OK;
}

void dids_close(struct dids *dids) {
    for (size_t i = 0; i < dids->count; i++) {
        json_decref(dids->documents[i]);
    }
    free(dids->documents);
    *dids = (struct dids){0};
}
