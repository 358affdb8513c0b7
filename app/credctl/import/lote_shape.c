/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/lote_shape.h"

#include <stdbool.h>
#include <string.h>

#include "base/datetime.h"
#include "base/limits.h"
#include "codec/jsontext.h"

/* What a member is. */
enum kind {
    TEXT,      /* a string */
    NUMBER,    /* a whole number */
    TIME,      /* a date-time of RFC 3339 */
    OPEN_TIME, /* the same, or null */
    PAIR,      /* two characters */
    ANYTHING,  /* an array of one at least */
    TEXTS,     /* an array of strings, one at least */
    OBJECT,    /* an object of a shape */
    OBJECTS,   /* an array of them, one at least */
    FREE,      /* an array of objects of any form, one at least */
    LATER      /* an array of one at least, checked elsewhere */
};

struct shape;
struct member {
    const char *name;
    enum kind kind;
    bool required;
    const struct shape *shape; /* of OBJECT and OBJECTS */
};

/* The members of an object; any others where it is open. */
struct shape {
    const struct member *members;
    size_t count;
    bool open;
};

#define SHAPE_OF(name, is_open, ...)                                                                         \
    static const struct member name##_members[] = {__VA_ARGS__};                                             \
    static const struct shape name = {name##_members, sizeof name##_members / sizeof *name##_members, is_open}
#define SHAPE(name, ...) SHAPE_OF(name, false, __VA_ARGS__)

SHAPE(language_text, {"lang", TEXT, true, NULL}, {"value", TEXT, true, NULL});
SHAPE(language_uri, {"lang", TEXT, true, NULL}, {"uriValue", TEXT, true, NULL});
SHAPE(supply_point, {"ServiceType", TEXT, false, NULL}, {"uriValue", TEXT, true, NULL});
SHAPE(certificate_value, {"val", TEXT, true, NULL}, {"encoding", TEXT, false, NULL},
      {"specRef", TEXT, false, NULL});
SHAPE(postal, {"lang", TEXT, true, NULL}, {"StreetAddress", TEXT, true, NULL},
      {"Locality", TEXT, false, NULL}, {"StateOrProvince", TEXT, false, NULL},
      {"PostalCode", TEXT, false, NULL}, {"Country", TEXT, true, NULL});

/* The schema leaves it open; what is read of it has its type. */
SHAPE_OF(identity, true, {"X509Certificates", OBJECTS, false, &certificate_value},
         {"X509SubjectNames", TEXTS, false, NULL}, {"PublicKeyValues", FREE, false, NULL},
         {"X509SKIs", TEXTS, false, NULL}, {"OtherIds", TEXTS, false, NULL});

SHAPE(scheme_address, {"SchemeOperatorPostalAddress", OBJECTS, true, &postal},
      {"SchemeOperatorElectronicAddress", OBJECTS, true, &language_uri});
SHAPE(qualifier, {"LoTEType", TEXT, true, NULL}, {"SchemeOperatorName", OBJECTS, true, &language_text},
      {"SchemeTypeCommunityRules", OBJECTS, false, &language_uri}, {"SchemeTerritory", PAIR, false, NULL},
      {"MimeType", TEXT, true, NULL});
SHAPE(pointer, {"LoTELocation", TEXT, true, NULL}, {"ServiceDigitalIdentities", OBJECTS, true, &identity},
      {"LoTEQualifiers", OBJECTS, true, &qualifier});
SHAPE(scheme, {"LoTEVersionIdentifier", NUMBER, true, NULL}, {"LoTESequenceNumber", NUMBER, true, NULL},
      {"LoTEType", TEXT, false, NULL}, {"SchemeOperatorName", OBJECTS, true, &language_text},
      {"SchemeOperatorAddress", OBJECT, false, &scheme_address},
      {"SchemeName", OBJECTS, false, &language_text}, {"SchemeInformationURI", OBJECTS, false, &language_uri},
      {"StatusDeterminationApproach", TEXT, false, NULL},
      {"SchemeTypeCommunityRules", OBJECTS, false, &language_uri}, {"SchemeTerritory", PAIR, false, NULL},
      {"PolicyOrLegalNotice", FREE, false, NULL}, {"HistoricalInformationPeriod", NUMBER, false, NULL},
      {"PointersToOtherLoTE", OBJECTS, false, &pointer}, {"ListIssueDateTime", TIME, true, NULL},
      {"NextUpdate", OPEN_TIME, true, NULL}, {"DistributionPoints", TEXTS, false, NULL},
      {"SchemeExtensions", ANYTHING, false, NULL});
SHAPE(list, {"ListAndSchemeInformation", OBJECT, true, &scheme}, {"TrustedEntitiesList", LATER, false, NULL});
SHAPE(document_shape, {"LoTE", OBJECT, true, &list});

SHAPE(service_information, {"ServiceName", OBJECTS, true, &language_text},
      {"ServiceDigitalIdentity", OBJECT, true, &identity}, {"ServiceTypeIdentifier", TEXT, false, NULL},
      {"ServiceStatus", TEXT, false, NULL}, {"StatusStartingTime", TIME, false, NULL},
      {"SchemeServiceDefinitionURI", OBJECTS, false, &language_uri},
      {"ServiceSupplyPoints", OBJECTS, false, &supply_point},
      {"ServiceDefinitionURI", OBJECTS, false, &language_uri},
      {"ServiceInformationExtensions", ANYTHING, false, NULL});
SHAPE(history, {"ServiceName", OBJECTS, true, &language_text},
      {"ServiceDigitalIdentity", OBJECT, true, &identity}, {"ServiceStatus", TEXT, true, NULL},
      {"StatusStartingTime", TIME, true, NULL}, {"ServiceTypeIdentifier", TEXT, false, NULL},
      {"ServiceInformationExtensions", ANYTHING, false, NULL});
SHAPE(service, {"ServiceInformation", OBJECT, true, &service_information},
      {"ServiceHistory", OBJECTS, false, &history});
SHAPE(entity_address, {"TEPostalAddress", OBJECTS, true, &postal},
      {"TEElectronicAddress", OBJECTS, true, &language_uri});
SHAPE(entity_information, {"TEName", OBJECTS, true, &language_text},
      {"TETradeName", OBJECTS, false, &language_text}, {"TEAddress", OBJECT, true, &entity_address},
      {"TEInformationURI", OBJECTS, true, &language_uri}, {"TEInformationExtensions", ANYTHING, false, NULL});
SHAPE(entity_shape, {"TrustedEntityInformation", OBJECT, true, &entity_information},
      {"TrustedEntityServices", OBJECTS, true, &service});

static bool fits(const json_t *object, const struct shape *shape);

static bool is_time(const json_t *value) {
    int64_t time_s = 0;
    return datetime_parse(jsontext_span(value), &time_s) == ERR_OK;
}

static bool is_whole(const json_t *value) {
    return json_is_integer(value) && json_integer_value(value) >= -LIMIT_JSON_INTEGER &&
           json_integer_value(value) <= LIMIT_JSON_INTEGER;
}

static bool each_is(const json_t *array, enum kind kind, const struct shape *shape) {
    bool good = json_array_size(array) > 0;
    for (size_t i = 0; good && i < json_array_size(array); i++) {
        const json_t *value = json_array_get(array, i);
        good = kind == TEXTS     ? json_is_string(value)
               : kind == OBJECTS ? fits(value, shape)
                                 : kind != FREE || json_is_object(value);
    }
    return good;
}

/* As deep as the tables above are nested. */
static bool is_of(const json_t *value, const struct member *member) {
    switch (member->kind) {
    case TEXT:
        return json_is_string(value);
    case NUMBER:
        return is_whole(value);
    case TIME:
        return is_time(value);
    case OPEN_TIME:
        return json_is_null(value) || is_time(value);
    case PAIR:
        return json_string_length(value) == 2;
    case OBJECT:
        return fits(value, member->shape);
    case ANYTHING:
    case TEXTS:
    case OBJECTS:
    case FREE:
    case LATER:
        return each_is(value, member->kind, member->shape);
    }
    return false;
}

static bool fits(const json_t *object, const struct shape *shape) {
    size_t known = 0;
    for (size_t i = 0; i < shape->count; i++) {
        const struct member *member = &shape->members[i];
        const json_t *value = json_object_get(object, member->name);
        if (value == NULL ? member->required : !is_of(value, member)) {
            return false;
        }
        known += value != NULL;
    }
    return json_is_object(object) && (shape->open || known == json_object_size(object));
}

enum err lote_shape_check_list(const json_t *document) {
    return fits(document, &document_shape) ? ERR_OK : ERR_IMPORT_SHAPE;
}

enum err lote_shape_check_entity(const json_t *entity) {
    return fits(entity, &entity_shape) ? ERR_OK : ERR_IMPORT_SHAPE;
}
