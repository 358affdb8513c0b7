/* SPDX-License-Identifier: Apache-2.0 */
/* Recognized Entities (W3C working draft, 2026): a credential that says who is recognised to issue what; and the draft's
 * examples of lists of service providers (recognized_services.h). */
#include <stdlib.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/import/recognized_list.h"
#include "credctl/import/recognized_services.h"

/* A value where one or several may stand. */
static size_t count_of(const json_t *value) {
    return json_is_array(value) ? json_array_size(value) : value != NULL ? 1 : 0;
}

static const json_t *nth_of(const json_t *value, size_t n) {
    return json_is_array(value) ? json_array_get(value, n) : value;
}

/* What the entity is recognised to do. */
struct recognition {
    bool told, issues,
        narrowed; /* some action stands there; one is "issue"; one of these says by which schema */
};

static enum err read_action(const json_t *action, struct recognition *out) {
    struct span name = {0};
    if (!json_is_object(action) || jsontext_string(action, "action", &name) != ERR_OK) {
        return ERR_IMPORT_SHAPE;
    }
    bool issue = span_equal_text(name, "issue");
    out->told = true;
    out->issues = out->issues || issue;
    out->narrowed = out->narrowed || (issue && json_object_get(action, "outputValidation") != NULL);
    return ERR_OK;
}

/* An entity without an action is recognised as what it is, in the first example of the draft as a university. */
static enum err read_actions(const json_t *entity, struct recognition *out) {
    const json_t *actions = json_object_get(entity, "recognizedTo");
    for (size_t i = 0; i < count_of(actions); i++) {
        TRY(read_action(nth_of(actions, i), out));
    }
    return ERR_OK;
}

/* A schema is nothing that kiosks check: whoever imports the list says by which types they know its credentials. */
static enum err check_scope(const struct recognized_list *list, const struct recognition *recognition) {
    return recognition->narrowed && !options_has(list->job->options, "type") ? ERR_IMPORT_SCOPE : ERR_OK;
}

static enum err read_entity(struct recognized_list *list, const json_t *entity, size_t number) {
    struct recognition recognition = {0};
    struct entry *entry = NULL;
    struct span id = jsontext_span(json_object_get(entity, "id"));
    import_at(list->job, id, number);
    if (!jsontext_names(entity, "type", "RecognizedEntity")) {
        return ERR_IMPORT_SHAPE;
    }
    TRY(read_actions(entity, &recognition));
    if (recognition.told && !recognition.issues) {
        list->job->passed_over++;
        return ERR_OK;
    }
    TRY(check_scope(list, &recognition));
    enum err err = entry_open(list->job, id, &list->roll, &entry);
    err = err == ERR_OK ? entry_name(entry, "en", json_object_get(entity, "name")) : err;
    err = err == ERR_OK ? dids_add_keys(&list->dids, &list->pins, entry) : err;
    err = err == ERR_OK ? entry_add(entry) : err;
    entry_close(entry);
    return err;
}

static enum err read_date(const json_t *credential, const char *member, int64_t *out) {
    const json_t *value = json_object_get(credential, member);
    return value == NULL ? ERR_OK : datetime_parse(jsontext_span(value), out);
}

static enum err read_period(struct recognized_list *list) {
    struct import_file_source *source = &list->job->source;
    TRY(read_date(list->document, "validFrom", &source->issued_s));
    TRY(read_date(list->document, "validUntil", &source->next_update_s));
    TRY(import_not_ahead(list->job, source->issued_s));
    bool ended =
        source->next_update_s != 0 && interval_is_past(&list->job->now, source->next_update_s) != ANSWER_NO;
    return ended ? ERR_IMPORT_EXPIRED : ERR_OK;
}

static enum err read_credential(struct recognized_list *list) {
    const json_t *subjects = json_object_get(list->document, "credentialSubject");
    if (!jsontext_names(list->document, "type", "VerifiableCredential") || count_of(subjects) == 0) {
        return ERR_IMPORT_SHAPE;
    }
    TRY(read_period(list));
    for (size_t i = 0; i < count_of(subjects); i++) {
        TRY(read_entity(list, nth_of(subjects, i), i));
    }
    return ERR_OK;
}

static enum err read_any(struct recognized_list *list) {
    if (json_object_get(list->document, "TrustServiceProviderList") != NULL) {
        return list->is_proved ? ERR_IMPORT_SHAPE : recognized_services_read(list);
    }
    return jsontext_names(list->document, "type", "RecognizedEntityCredential") ? read_credential(list)
                                                                                : ERR_IMPORT_SHAPE;
}

static enum err read_recognized(struct import_job *job) {
    struct recognized_list list = {0};
    enum err err = recognized_list_open(job, &list);
    err = err == ERR_OK ? read_any(&list) : err;
    err = err == ERR_OK ? dids_check_used(&list.dids, job, &list.roll) : err;
    recognized_list_close(&list);
    return err;
}

const struct import_format import_recognized_entities = {
    .name = "recognized-entities",
    .sentence = "A W3C Recognized Entities credential or list, signed (JWT, or a JCS proof) with --pin its\n"
                "                      signer's key, then the DID documents of its entities.",
    .takes = {"pin"},
    .read = read_recognized,
};
