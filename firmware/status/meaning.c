/* SPDX-License-Identifier: Apache-2.0 */
#include "status/meaning.h"

#include "codec/jsontext.h"

/* Digits of a value as statusMessage writes it, behind "0x"; a value has eight bits. */
#define HEX_DIGITS_MAX 8u

static const char *const purposes[] = {"revocation", "suspension", "message"};

bool meaning_understands(struct span purpose) {
    bool known = false;
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
        known = known || span_equal_text(purpose, purposes[i]);
    }
    return known;
}

/* The digit's number; 16 for any other character. */
static uint32_t digit_of(uint8_t c) {
    static const char digits[] = "0123456789abcdef";
    uint8_t small = c >= 'A' && c <= 'F' ? (uint8_t)(c + ('a' - 'A')) : c;
    const char *found = small != 0 ? strchr(digits, small) : NULL;
    return found != NULL ? (uint32_t)(found - digits) : 16;
}

/* "0x0A" is the value. */
static bool says_value(struct span text, uint32_t value) {
    uint32_t number = 0;
    if (!span_starts_with(text, "0x") || text.len < 3 || text.len > 2 + HEX_DIGITS_MAX) {
        return false;
    }
    for (size_t i = 2; i < text.len; i++) {
        uint32_t digit = digit_of(text.ptr[i]);
        if (digit > 15) {
            return false;
        }
        number = number << 4 | digit;
    }
    return number == value;
}

/* The one text for a value; empty where there is none, or more than one. A lone text need not stand in an array. */
static struct span message_of(const json_t *messages, uint32_t value) {
    struct span found = {0};
    size_t count = json_is_array(messages) ? json_array_size(messages) : 1, times = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *message = json_is_array(messages) ? json_array_get(messages, i) : messages;
        if (says_value(jsontext_span(json_object_get(message, "status")), value)) {
            found = jsontext_span(json_object_get(message, "message"));
            times++;
        }
    }
    return times == 1 ? found : (struct span){0};
}

enum status_answer meaning_by_purpose(const struct credential_status *entry, uint32_t value,
                                      struct span *message) {
    if (span_equal_text(entry->purpose, "revocation")) {
        return value == 0 ? STATUS_GOOD : STATUS_REVOKED;
    }
    if (span_equal_text(entry->purpose, "suspension")) {
        return value == 0 ? STATUS_GOOD : STATUS_SUSPENDED;
    }
    if (!span_equal_text(entry->purpose, "message")) {
        return STATUS_UNKNOWN;
    }
    *message = message_of(entry->messages, value);
    return message->len > 0 ? STATUS_GOOD : STATUS_UNKNOWN;
}

enum status_answer meaning_by_value(uint32_t value) {
    static const enum status_answer answers[] = {STATUS_GOOD, STATUS_REVOKED, STATUS_SUSPENDED};
    return value < sizeof answers / sizeof *answers ? answers[value] : STATUS_UNKNOWN;
}
