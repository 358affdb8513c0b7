/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/statusentry.h"

#include <math.h>

#include "codec/jsontext.h"
#include "credential/member.h"

/* Digits of a whole number that no status list can be longer than. */
#define INDEX_DIGITS_MAX 15u

/* How an entry is written that names a list: its members. */
struct form {
    const char *kind; /* NULL: any other */
    const char *addresses[3], *indices[2];
};

/* Token Status List has no form of its own inside a credential: these are the ones that issuers write. */
static const struct form forms[] = {
    {STATUSENTRY_TOKEN, {"statusListCredential", "statusListUri", "uri"}, {"statusListIndex", "idx"}},
    {"1EdTechRevocationList", {"id"}, {0}},
    {NULL, {"statusListCredential"}, {"statusListIndex"}},
};

/* A number that is whole, however it is written: 7, 7.0 and 70e-1 are the same in what is signed (RFC 8785). */
static bool whole_of(const json_t *value, uint64_t *out) {
    double number = json_number_value(value);
    bool whole = json_is_number(value) && number >= 0 && number <= (double)LIMIT_JSON_INTEGER &&
                 number == trunc(number);
    *out = whole ? (uint64_t)number : *out;
    return whole;
}

/* The one of several members that stands there; NULL where none does, or two do: nobody knows which counts. */
static const json_t *one_of(const json_t *entry, const char *const *names, size_t count) {
    const json_t *found = NULL;
    for (size_t i = 0; i < count && names[i] != NULL; i++) {
        const json_t *value = json_object_get(entry, names[i]);
        if (value != NULL && found != NULL) {
            return NULL;
        }
        found = value != NULL ? value : found;
    }
    return found;
}

/* Bitstring Status List v1.0 section 2.1: a whole number above zero; lists hold eight bits at most. */
static uint32_t read_size(const json_t *entry) {
    const json_t *value = json_object_get(entry, "statusSize");
    uint64_t size = 1;
    bool read = value == NULL || whole_of(value, &size);
    return read && size >= 1 && size <= 8 ? (uint32_t)size : 0;
}

static const struct form *form_of(struct span kind) {
    const struct form *form = forms;
    while (form->kind != NULL && !span_equal_text(kind, form->kind)) {
        form++;
    }
    return form;
}

/* An index is a string of digits by the specification; issuers also write a number. */
static struct credential_status entry_of(const json_t *entry) {
    struct span kind = jsontext_span(json_object_get(entry, "type"));
    const struct form *form = form_of(kind);
    const json_t *index = one_of(entry, form->indices, 2);
    struct credential_status out = {
        .kind = kind,
        .purpose = jsontext_span(json_object_get(entry, "statusPurpose")),
        .address = jsontext_span(one_of(entry, form->addresses, 3)),
        .bits = read_size(entry),
        .messages = json_object_get(entry, "statusMessage"),
    };
    out.has_index =
        whole_of(index, &out.index) || span_decimal(jsontext_span(index), INDEX_DIGITS_MAX, &out.index);
    return out;
}

enum err statusentry_read(const json_t *credential, struct claimed_credential *claimed) {
    size_t count = member_count(credential, "credentialStatus");
    if (count > LIMIT_CREDENTIAL_STATUSES) {
        return ERR_CREDENTIAL_TOO_MANY;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *entry = member_at(credential, "credentialStatus", i);
        if (!json_is_object(entry)) {
            return ERR_CREDENTIAL_STATUS;
        }
        claimed->statuses[i] = entry_of(entry);
    }
    claimed->status_count = count;
    return ERR_OK;
}

/* A reference to a Token Status List; the index is a number here, and a string is none. */
static struct credential_status reference_of(const json_t *list) {
    struct credential_status out = {
        .kind = span_of_text(STATUSENTRY_TOKEN),
        .address = jsontext_span(json_object_get(list, "uri")),
    };
    out.has_index = whole_of(json_object_get(list, "idx"), &out.index);
    return out;
}

static enum err add(struct claimed_credential *claimed, struct credential_status entry) {
    if (claimed->status_count >= LIMIT_CREDENTIAL_STATUSES) {
        return ERR_CREDENTIAL_TOO_MANY;
    }
    claimed->statuses[claimed->status_count++] = entry;
    return ERR_OK;
}

enum err statusentry_read_claim(const json_t *claims, struct claimed_credential *claimed) {
    const json_t *status = json_object_get(claims, "status");
    const json_t *list = json_object_get(status, "status_list");
    if (json_is_array(status)) {
        return add(claimed, (struct credential_status){0});
    }
    if (!json_is_object(status)) {
        return ERR_OK;
    }
    if (list != NULL) {
        TRY(add(claimed, reference_of(list)));
    }
    bool others = json_object_size(status) != (list != NULL);
    return others || list == NULL ? add(claimed, (struct credential_status){0}) : ERR_OK;
}
