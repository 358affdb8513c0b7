/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/statement_order.h"

#include "base/limits.h"
#include "codec/jsontext.h"

/* All that the objects of a list can have: texts with a language, status entries, identities. */
static const char *const members[] = {
    "@language",       "@value",     "id",     "type",         "statusPurpose", "statusListCredential",
    "statusListIndex", "statusSize", "hashed", "identityType", "identityHash",  "status",
    "message"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int by_number(json_int_t a, json_int_t b) {
    return (a > b) - (a < b);
}

/* Absent ones first, then by kind, then by contents. A list inside is as long as the other, or stands by its length. */
static int order_of(const json_t *a, const json_t *b) {
    if (a == NULL || b == NULL) {
        return (a != NULL) - (b != NULL);
    }
    int order = by_number(json_typeof(b), json_typeof(a)); /* plain values before objects */
    if (order != 0) {
        return order;
    }
    if (json_is_string(a)) {
        return span_order(jsontext_span(a), jsontext_span(b));
    }
    order = by_number((json_int_t)json_array_size(a), (json_int_t)json_array_size(b));
    for (size_t i = 0; order == 0 && i < json_array_size(a); i++) {
        order = span_order(jsontext_span(json_array_get(a, i)), jsontext_span(json_array_get(b, i)));
    }
    return order != 0 ? order : by_number(json_integer_value(a), json_integer_value(b));
}

static int order_of_objects(const json_t *a, const json_t *b) {
    int order = 0;
    for (size_t i = 0; order == 0 && i < COUNT(members); i++) {
        order = order_of(json_object_get(a, members[i]), json_object_get(b, members[i]));
    }
    return order;
}

/* A name has no colon, an address has one. */
static int rank_of(const json_t *type) {
    struct span text = jsontext_span(type);
    bool named = span_find(text, ':', 0) == text.len;
    return span_equal_text(text, "VerifiableCredential") ? 0 : named ? 1 : 2;
}

static bool stands_before(const json_t *a, const json_t *b, enum statement_order_rule rule) {
    int order = rule == STATEMENT_ORDER_TYPES ? rank_of(a) - rank_of(b) : 0;
    order = order != 0 ? order : order_of(a, b);
    return (order != 0 ? order : order_of_objects(a, b)) < 0;
}

/* By insertion: the lists are short. */
static void sort(json_t **values, size_t count, enum statement_order_rule rule) {
    for (size_t i = 1; i < count; i++) {
        json_t *value = values[i];
        size_t at = i;
        for (; at > 0 && stands_before(value, values[at - 1], rule); at--) {
            values[at] = values[at - 1];
        }
        values[at] = value;
    }
}

static enum err sort_list(json_t *list, enum statement_order_rule rule) {
    json_t *values[LIMIT_STATED_VALUES] = {0};
    size_t count = json_array_size(list);
    enum err err = ERR_OK;
    for (size_t i = 0; i < count; i++) {
        values[i] = json_incref(json_array_get(list, i));
    }
    sort(values, count, rule);
    (void)json_array_clear(list);
    for (size_t i = 0; i < count; i++) {
        err = json_array_append_new(list, values[i]) == 0 ? err : ERR_NO_MEMORY;
    }
    return err;
}

/* Two neighbours of a sorted list that are in one language, or both in none. */
static bool says_twice(const json_t *list) {
    for (size_t i = 1; i < json_array_size(list); i++) {
        const json_t *before = json_object_get(json_array_get(list, i - 1), "@language");
        const json_t *language = json_object_get(json_array_get(list, i), "@language");
        if (order_of(before, language) == 0) {
            return true;
        }
    }
    return false;
}

enum err statement_order(json_t *object, const char *member, enum statement_order_rule rule) {
    json_t *list = json_object_get(object, member);
    if (!json_is_array(list)) {
        return ERR_OK;
    }
    if (json_array_size(list) == 1) {
        return json_object_set(object, member, json_array_get(list, 0)) == 0 ? ERR_OK : ERR_NO_MEMORY;
    }
    if (rule == STATEMENT_ORDER_ONE || json_array_size(list) > LIMIT_STATED_VALUES) {
        return ERR_CREDENTIAL_TWICE;
    }
    TRY(sort_list(list, rule));
    return rule == STATEMENT_ORDER_LANGUAGES && says_twice(list) ? ERR_CREDENTIAL_TWICE : ERR_OK;
}
