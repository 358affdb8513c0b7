/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/statusentry.h"

#include <math.h>

#include "codec/jsontext.h"
#include "credential/member.h"

/* Digits of a whole number that no status list can be longer than. */
#define INDEX_DIGITS_MAX 15u

/* A number that is whole, however it is written: 7, 7.0 and 70e-1 are the same in what is signed (RFC 8785). */
static bool whole_of(const json_t *value, uint64_t *out) {
    double number = json_number_value(value);
    bool whole = json_is_number(value) && number >= 0 && number <= (double)LIMIT_JSON_INTEGER &&
                 number == trunc(number);
    *out = whole ? (uint64_t)number : *out;
    return whole;
}

/* The specification asks for a string of digits; issuers also write a number. */
static bool read_index(const json_t *entry, uint64_t *out) {
    const json_t *value = json_object_get(entry, "statusListIndex");
    return whole_of(value, out) || span_decimal(jsontext_span(value), INDEX_DIGITS_MAX, out);
}

/* Bitstring Status List v1.0 section 2.1: a whole number above zero; lists hold eight bits at most. */
static uint32_t read_size(const json_t *entry) {
    const json_t *value = json_object_get(entry, "statusSize");
    uint64_t size = 1;
    bool read = value == NULL || whole_of(value, &size);
    return read && size >= 1 && size <= 8 ? (uint32_t)size : 0;
}

static struct credential_status entry_of(const json_t *entry) {
    struct credential_status out = {
        .kind = jsontext_span(json_object_get(entry, "type")),
        .purpose = jsontext_span(json_object_get(entry, "statusPurpose")),
        .address = jsontext_span(json_object_get(entry, "statusListCredential")),
        .bits = read_size(entry),
    };
    out.has_index = read_index(entry, &out.index);
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

enum err statusentry_read_claim(const json_t *claims, struct claimed_credential *claimed) {
    if (!json_is_object(json_object_get(claims, "status"))) {
        return ERR_OK;
    }
    if (claimed->status_count >= LIMIT_CREDENTIAL_STATUSES) {
        return ERR_CREDENTIAL_TOO_MANY;
    }
    claimed->statuses[claimed->status_count++] = (struct credential_status){0};
    return ERR_OK;
}
