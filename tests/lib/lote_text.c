/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/lote_text.h"

#include "codec/base64.h"
#include "tests/lib/certificate_files.h"
#include "tests/lib/check.h"

static json_t *parsed(const char *text) {
    json_error_t error;
    json_t *json = json_loads(text, 0, &error);
    if (json == NULL) {
        fail_msg("%s: %s", text, error.text);
    }
    return json;
}

static json_t *english(const char *member, const char *text) {
    return json_pack("[{s:s,s:s}]", "lang", "en", member, text);
}

json_t *lote_text_entity(const char *name, const char *service) {
    json_t *information = parsed(service);
    json_object_set_new(information, "ServiceName", english("value", "Badges"));
    json_t *address =
        json_pack("{s:[{s:s,s:s,s:s}],s:o}", "TEPostalAddress", "lang", "en", "StreetAddress", "1 Road",
                  "Country", "EE", "TEElectronicAddress", english("uriValue", "https://a.example"));
    return json_pack("{s:{s:o,s:o,s:o},s:[{s:o}]}", "TrustedEntityInformation", "TEName",
                     english("value", name), "TEAddress", address, "TEInformationURI",
                     english("uriValue", "https://a.example/about"), "TrustedEntityServices",
                     "ServiceInformation", information);
}

json_t *lote_text_entity_with_history(const char *name, const char *service, const char *history) {
    json_t *entity = lote_text_entity(name, service), *instances = parsed(history);
    for (size_t i = 0; i < json_array_size(instances); i++) {
        json_object_set_new(json_array_get(instances, i), "ServiceName", english("value", "Badges"));
    }
    json_object_set_new(json_array_get(json_object_get(entity, "TrustedEntityServices"), 0), "ServiceHistory",
                        instances);
    return entity;
}

json_t *lote_text_list(json_t *entity) {
    json_t *list =
        json_pack("{s:{s:{s:i,s:i,s:o,s:s,s:s,s:s}}}", "LoTE", "ListAndSchemeInformation",
                  "LoTEVersionIdentifier", 1, "LoTESequenceNumber", 7, "SchemeOperatorName",
                  english("value", "Example Register"), "SchemeTerritory", "EU", "ListIssueDateTime",
                  "2026-08-01T00:00:00Z", "NextUpdate", "2026-12-01T00:00:00Z");
    if (entity != NULL) {
        json_object_set_new(json_object_get(list, "LoTE"), "TrustedEntitiesList", json_pack("[o]", entity));
    }
    return list;
}

json_t *lote_text_scheme(json_t *list) {
    return json_object_get(json_object_get(list, "LoTE"), "ListAndSchemeInformation");
}

json_t *lote_text_certificates(const char *const names[]) {
    json_t *list = json_array();
    for (size_t i = 0; names[i] != NULL; i++) {
        struct certificate_file file;
        char text[BASE64_CHARS(LIMIT_CERTIFICATE_BYTES)];
        struct room room = room_over(text, sizeof text);
        certificate_files_der(names[i], &file);
        assert_ok(base64_encode(file.der, &room));
        json_array_append_new(list, json_pack("{s:s%}", "val", text, room.len));
    }
    return json_pack("{s:o}", "X509Certificates", list);
}
