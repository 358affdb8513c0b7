/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/member.h"

#include "base/datetime.h"
#include "codec/jsontext.h"

/* The characters of a string, or of an object's @value; NULL ptr for another shape. */
static struct span plain_text(const json_t *value) {
    return jsontext_span(json_is_object(value) ? json_object_get(value, "@value") : value);
}

static bool is_text(const json_t *value) {
    return json_is_string(json_is_object(value) ? json_object_get(value, "@value") : value);
}

static bool is_english(struct span language) {
    return span_equal_text(language, "en") || span_starts_with(language, "en-");
}

/* [{"@value": ..., "@language": ...}, ...] */
static enum err text_of_array(const json_t *array, struct span *out) {
    const json_t *chosen = json_array_get(array, 0);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *value = json_array_get(array, i);
        if (!is_text(value)) {
            return ERR_CREDENTIAL_TEXT;
        }
        if (is_english(jsontext_span(json_object_get(value, "@language")))) {
            chosen = value;
            break;
        }
    }
    *out = plain_text(chosen);
    return ERR_OK;
}

/* {"en": ..., "ru": ...} */
static enum err text_of_languages(const json_t *object, struct span *out) {
    const json_t *chosen = json_object_get(object, "en");
    void *at = json_object_iter((json_t *)object);
    chosen = chosen == NULL && at != NULL ? json_object_iter_value(at) : chosen;
    if (!json_is_string(chosen)) {
        return ERR_CREDENTIAL_TEXT;
    }
    *out = jsontext_span(chosen);
    return ERR_OK;
}

enum err member_text(const json_t *object, const char *name, struct span *out) {
    const json_t *value = json_object_get(object, name);
    if (value == NULL) {
        *out = (struct span){0};
        return ERR_OK;
    }
    if (is_text(value)) {
        *out = plain_text(value);
        return ERR_OK;
    }
    if (json_is_array(value)) {
        return text_of_array(value, out);
    }
    return json_is_object(value) ? text_of_languages(value, out) : ERR_CREDENTIAL_TEXT;
}

enum err member_id(const json_t *object, const char *name, struct span *out) {
    const json_t *value = json_object_get(object, name);
    const json_t *id = json_is_object(value) ? json_object_get(value, "id") : value;
    if ((value != NULL && !json_is_object(value) && !json_is_string(value)) ||
        (id != NULL && !json_is_string(id))) {
        return ERR_CREDENTIAL_ID;
    }
    *out = jsontext_span(id);
    return ERR_OK;
}

enum err member_date(const json_t *object, const char *name, struct credential_date *out) {
    const json_t *value = json_object_get(object, name);
    struct credential_date date = {0};
    if (value != NULL) {
        if (datetime_parse(jsontext_span(value), &date.time_s) != ERR_OK) {
            return ERR_CREDENTIAL_DATE;
        }
        date.present = true;
    }
    *out = date;
    return ERR_OK;
}

size_t member_count(const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    return json_is_array(value) ? json_array_size(value) : value != NULL;
}

const json_t *member_at(const json_t *object, const char *name, size_t at) {
    const json_t *value = json_object_get(object, name);
    return json_is_array(value) ? json_array_get(value, at) : at == 0 ? value : NULL;
}

bool member_says(const json_t *object, const char *name, const char *word) {
    for (size_t i = 0; i < member_count(object, name); i++) {
        if (span_equal_text(jsontext_span(member_at(object, name, i)), word)) {
            return true;
        }
    }
    return false;
}
