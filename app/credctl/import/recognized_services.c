/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/recognized_services.h"

#include <stdlib.h>

#include "base/datetime.h"
#include "codec/jsontext.h"

#define ISSUER_SERVICE "https://w3c.org/ccg/st/trusted_issuer"

/* The number is text; ten digits are more than any list comes to. */
static enum err read_number(const json_t *value, int64_t *out) {
    struct span text = jsontext_span(value);
    if (text.len == 0 || text.len > 10) {
        return ERR_IMPORT_SHAPE;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return ERR_IMPORT_SHAPE;
        }
        *out = *out * 10 + (text.ptr[i] - '0');
    }
    return ERR_OK;
}

static enum err read_operator(struct recognized_list *list) {
    const json_t *operator= json_object_get(list->document, "ListOperatorInformation");
    struct import_file_source *source = &list->job->source;
    struct span issued = {0}, next = {0};
    if (jsontext_string(operator, "IssuedAt", &issued) != ERR_OK ||
        jsontext_string(operator, "NextUpdate", &next) != ERR_OK) {
        return ERR_IMPORT_SHAPE;
    }
    TRY(read_number(json_object_get(operator, "TSLSequenceNumber"), &source->seq));
    TRY(datetime_parse(issued, &source->issued_s));
    TRY(datetime_parse(next, &source->next_update_s));
    TRY(import_not_ahead(list->job, source->issued_s));
    return interval_is_past(&list->job->now, source->next_update_s) == ANSWER_NO ? ERR_OK
                                                                                 : ERR_IMPORT_EXPIRED;
}

static enum err read_types(struct entry *entry, const json_t *service) {
    const json_t *more = json_object_get(service, "AdditionalServiceInformation");
    const json_t *types = json_object_get(more, "ServiceIssuedCredentialTypes");
    if (types != NULL && (!json_is_array(types) || json_array_size(types) == 0)) {
        return ERR_IMPORT_SHAPE;
    }
    for (size_t i = 0; i < json_array_size(types); i++) {
        TRY(entry_type(entry, json_array_get(types, i)));
    }
    return ERR_OK;
}

static enum err read_identity(struct recognized_list *list, struct span did, const json_t *info,
                              const json_t *service) {
    struct entry *entry = NULL;
    enum err err = entry_open(list->job, did, &list->roll, &entry);
    err = err == ERR_OK ? entry_name(entry, "en", json_object_get(info, "TSPName")) : err;
    err = err == ERR_OK ? read_types(entry, service) : err;
    err = err == ERR_OK ? dids_add_keys(&list->dids, &list->pins, entry) : err;
    err = err == ERR_OK ? entry_add(entry) : err;
    entry_close(entry);
    return err;
}

static bool is_active_issuer(const json_t *service) {
    return span_equal_text(jsontext_span(json_object_get(service, "ServiceTypeIdentifier")),
                           ISSUER_SERVICE) &&
           span_equal_text(jsontext_span(json_object_get(service, "ServiceCurrentStatus")), "Active");
}

static enum err read_service(struct recognized_list *list, const json_t *info, const json_t *service) {
    const json_t *identities = json_object_get(service, "ServiceDigitalIdentity");
    if (!json_is_object(service) || !json_is_array(identities)) {
        return ERR_IMPORT_SHAPE;
    }
    if (!is_active_issuer(service)) {
        list->job->passed_over++;
        return ERR_OK;
    }
    for (size_t i = 0; i < json_array_size(identities); i++) {
        const json_t *identity = json_array_get(identities, i), *did = json_object_get(identity, "DID");
        if (!json_is_object(identity)) {
            return ERR_IMPORT_SHAPE;
        }
        if (did == NULL) {
            list->job->passed_over++;
            continue;
        }
        TRY(read_identity(list, jsontext_span(did), info, service));
    }
    return ERR_OK;
}

/* TSPServices stands inside the provider, and in one example beside it. */
static enum err read_provider(struct recognized_list *list, const json_t *member, size_t number) {
    const json_t *provider = json_object_get(member, "TrustServiceProvider");
    const json_t *services = json_object_get(provider, "TSPServices");
    const json_t *info = json_object_get(provider, "TSPInfo");
    services = services != NULL ? services : json_object_get(member, "TSPServices");
    import_at(list->job, jsontext_span(json_object_get(info, "TSPName")), number);
    if (!json_is_object(info) || !json_is_array(services)) {
        return ERR_IMPORT_SHAPE;
    }
    for (size_t i = 0; i < json_array_size(services); i++) {
        TRY(read_service(list, info, json_object_get(json_array_get(services, i), "TSPService")));
    }
    return ERR_OK;
}

enum err recognized_services_read(struct recognized_list *list) {
    const json_t *providers = json_object_get(list->document, "TrustServiceProviderList");
    if (!json_is_array(providers)) {
        return ERR_IMPORT_SHAPE;
    }
    TRY(read_operator(list));
    for (size_t i = 0; i < json_array_size(providers); i++) {
        TRY(read_provider(list, json_array_get(providers, i), i));
    }
    return ERR_OK;
}
