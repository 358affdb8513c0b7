/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/badge/fields.h"

#include <stdio.h>

#include "base/datetime.h"
#include "base/utf8.h"

enum kind { KIND_TEXT, KIND_URI, KIND_EMAIL, KIND_DATE, KIND_INDEX, KIND_PURPOSE };

static const struct {
    const char *key;
    enum kind kind;
    bool required;
    const char *sentence;
} table[FIELD_COUNT] = {
#define FIELD(name, key, kind, required, sentence) [name] = {key, kind, required, sentence},
#include "credctl/badge/fields.def"
#undef FIELD
};

const char *fields_key(enum fields_name name) {
    return table[name].key;
}

const char *fields_sentence(enum fields_name name) {
    return table[name].sentence;
}

bool fields_required(enum fields_name name) {
    return table[name].required;
}

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static struct span trimmed(struct span text) {
    while (text.len > 0 && is_space(text.ptr[0])) {
        text = span_slice(text, 1, text.len);
    }
    while (text.len > 0 && is_space(text.ptr[text.len - 1])) {
        text.len--;
    }
    return text;
}

static bool is_plain(struct span value) {
    for (size_t at = 0; at < value.len;) {
        uint32_t code = utf8_next(value, &at);
        if (code == UTF8_INVALID || code < 0x20 || (code >= 0x7F && code < 0xA0) ||
            (code & 0xFFFE) == 0xFFFE) {
            return false;
        }
    }
    return true;
}

/* A scheme, a colon, something behind it, and no space or quote (RFC 3986 leaves the rest to schemes). */
static bool is_uri(struct span value) {
    size_t colon = span_find(value, ':', 0);
    if (colon == 0 || colon + 1 >= value.len) {
        return false;
    }
    for (size_t i = 0; i < value.len; i++) {
        uint8_t c = value.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool scheme_sign = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        if (i < colon ? !letter && (i == 0 || !scheme_sign) : c <= ' ' || c == '"' || c == '<' || c == '>') {
            return false;
        }
    }
    return true;
}

static bool is_email(struct span value) {
    size_t at = span_find(value, '@', 0);
    return at > 0 && at + 1 < value.len && span_find(value, ' ', 0) == value.len &&
           span_find(value, '@', at + 1) == value.len;
}

static bool is_index(struct span value) {
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9') {
            return false;
        }
    }
    return value.len <= 12 && (value.len == 1 || value.ptr[0] != '0');
}

/* What is wrong with a value, or NULL. */
static const char *fault(enum kind kind, struct span value) {
    int64_t time_s = 0;
    if (value.len == 0) {
        return "has no value";
    }
    if (value.len > FIELDS_VALUE_BYTES) {
        return "is too long";
    }
    if (!is_plain(value)) {
        return "is not UTF-8 text without control characters";
    }
    switch (kind) {
    case KIND_TEXT:
        return NULL;
    case KIND_URI:
        return is_uri(value) ? NULL : "is no DID or address";
    case KIND_EMAIL:
        return is_email(value) ? NULL : "is no mail address";
    case KIND_DATE:
        return datetime_parse(value, &time_s) == ERR_OK ? NULL
                                                        : "is no date and time such as 2026-09-01T10:00:00Z";
    case KIND_INDEX:
        return is_index(value) ? NULL : "is no whole number from 0";
    case KIND_PURPOSE:
        return span_equal_text(value, "revocation") || span_equal_text(value, "suspension")
                   ? NULL
                   : "is neither revocation nor suspension";
    }
    return "is of no known kind";
}

static bool complain(char wrong[300], unsigned line, struct span key, const char *what) {
    int len = key.len < 60 ? (int)key.len : 60;
    snprintf(wrong, 300, "line %u: %.*s %s", line, len, (const char *)key.ptr, what);
    return false;
}

static bool take_line(struct span line, unsigned number, struct fields *fields, char wrong[300]) {
    size_t equals = span_find(line, '=', 0);
    struct span key = trimmed(span_slice(line, 0, equals));
    struct span value = trimmed(span_slice(line, equals + 1, line.len));
    if (equals == line.len || !is_plain(key)) {
        return complain(wrong, number, span_of_text("this line"), "is not \"key = value\"");
    }
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (!span_equal_text(key, table[i].key)) {
            continue;
        }
        const char *what = fields->lines[i] != 0 ? "stands twice" : fault(table[i].kind, value);
        if (what != NULL) {
            return complain(wrong, number, key, what);
        }
        fields->values[i] = value;
        fields->lines[i] = number;
        return true;
    }
    return complain(wrong, number, key, "is no field; see credctl issue --fields-help");
}

static int64_t date_of(struct span value) {
    int64_t time_s = 0;
    return datetime_parse(value, &time_s) == ERR_OK ? time_s : 0;
}

static bool needs(const struct fields *fields, enum fields_name name, enum fields_name other,
                  char wrong[300]) {
    if (fields->lines[name] == 0 || fields->lines[other] != 0) {
        return true;
    }
    char what[100];
    snprintf(what, sizeof what, "needs %s beside it", table[other].key);
    return complain(wrong, fields->lines[name], span_of_text(table[name].key), what);
}

/* What no line shows by itself. */
static bool check_together(const struct fields *fields, char wrong[300]) {
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (table[i].required && fields->lines[i] == 0) {
            snprintf(wrong, 300, "%s is missing", table[i].key);
            return false;
        }
    }
    if (fields->lines[FIELD_HOLDER] + fields->lines[FIELD_HOLDER_ID] + fields->lines[FIELD_EMAIL] == 0) {
        snprintf(wrong, 300, "holder, holder_id or email is missing: it must say whose badge it is");
        return false;
    }
    if (fields->lines[FIELD_VALID_UNTIL] != 0 &&
        date_of(fields->values[FIELD_VALID_UNTIL]) <= date_of(fields->values[FIELD_VALID_FROM])) {
        return complain(wrong, fields->lines[FIELD_VALID_UNTIL], span_of_text("valid_until"),
                        "does not lie after valid_from");
    }
    return needs(fields, FIELD_EMAIL_SALT, FIELD_EMAIL, wrong) &&
           needs(fields, FIELD_STATUS_LIST, FIELD_STATUS_INDEX, wrong) &&
           needs(fields, FIELD_STATUS_TOKEN, FIELD_STATUS_INDEX, wrong) &&
           (fields->lines[FIELD_STATUS_TOKEN] != 0 ||
            needs(fields, FIELD_STATUS_INDEX, FIELD_STATUS_LIST, wrong)) &&
           needs(fields, FIELD_STATUS_PURPOSE, FIELD_STATUS_LIST, wrong);
}

bool fields_parse(struct span text, struct fields *out, char wrong[300]) {
    struct fields fields = {0};
    unsigned number = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = span_find(text, '\n', at);
        struct span line = trimmed(span_slice(text, at, end - at));
        number++;
        at = end + 1;
        if (line.len > 0 && line.ptr[0] != '#' && !take_line(line, number, &fields, wrong)) {
            return false;
        }
    }
    if (!check_together(&fields, wrong)) {
        return false;
    }
    *out = fields;
    return true;
}
