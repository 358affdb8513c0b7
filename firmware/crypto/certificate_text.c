/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates as texts: PEM files, and names that people read. */
#include "base/limits.h"
#include "base/utf8.h"
#include "codec/base64.h"
#include "crypto/certificate.h"
#include "crypto/der.h"

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END   "-----END CERTIFICATE-----"

/* Where a text stands at or after `from`; text.len: nowhere. */
static size_t find(struct span text, const char *what, size_t from) {
    for (size_t at = span_find(text, (uint8_t)what[0], from); at < text.len;
         at = span_find(text, (uint8_t)what[0], at + 1)) {
        if (span_starts_with(span_slice(text, at, text.len), what)) {
            return at;
        }
    }
    return text.len;
}

static enum err decode_lines(struct span lines, struct room *out) {
    uint8_t packed[BASE64_CHARS(LIMIT_CERTIFICATE_BYTES)];
    struct room room = room_over(packed, sizeof packed);
    for (size_t i = 0; i < lines.len; i++) {
        uint8_t byte = lines.ptr[i];
        if (byte != '\n' && byte != '\r' && byte != ' ' && byte != '\t') {
            TRY(room_put_byte(&room, byte));
        }
    }
    return base64_decode(room_span(&room), out);
}

enum err certificate_next_pem(struct span text, size_t *at, struct room *out) {
    size_t begin = find(text, BEGIN, *at);
    if (begin == text.len) {
        return ERR_CERTIFICATE_NONE;
    }
    size_t first = begin + strlen(BEGIN), end = find(text, END, first);
    if (end == text.len) {
        return ERR_BASE64;
    }
    TRY(decode_lines(span_slice(text, first, end - first), out));
    *at = end + strlen(END);
    return ERR_OK;
}

enum err certificate_each(struct span text, enum err (*take)(void *ctx, struct span der), void *ctx) {
    uint8_t memory[LIMIT_CERTIFICATE_BYTES];
    if (text.len > 0 && text.ptr[0] == DER_SEQUENCE) {
        return take(ctx, text);
    }
    for (size_t at = 0, found = 0;; found++) {
        struct room der = room_over(memory, sizeof memory);
        enum err err = certificate_next_pem(text, &at, &der);
        if (err == ERR_CERTIFICATE_NONE && found > 0) {
            return ERR_OK;
        }
        TRY(err);
        TRY(take(ctx, room_span(&der)));
    }
}

/* Attribute types by the names that RFC 4514 section 3 and common use give them; those below 2.5.4 by their last
 * number. */
static const struct {
    uint8_t number;
    const char *name;
} attributes[] = {
    {3, "CN"},     {4, "SN"}, {5, "serialNumber"}, {6, "C"},  {7, "L"},   {8, "ST"},
    {9, "STREET"}, {10, "O"}, {11, "OU"},          {12, "T"}, {42, "GN"}, {97, "organizationIdentifier"},
};
static const uint8_t attribute_base[] = {0x55, 0x04};
static const uint8_t domain_component[] = {0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x19};

static enum err put_hex(struct span bytes, struct room *out) {
    static const char digits[] = "0123456789abcdef";
    TRY(room_put_byte(out, '#'));
    for (size_t i = 0; i < bytes.len; i++) {
        TRY(room_put_byte(out, (uint8_t)digits[bytes.ptr[i] >> 4]));
        TRY(room_put_byte(out, (uint8_t)digits[bytes.ptr[i] & 0xF]));
    }
    return ERR_OK;
}

static enum err put_type(struct span oid, struct room *out) {
    if (span_equal(oid, span_of_bytes(domain_component, sizeof domain_component))) {
        return room_put_text(out, "DC");
    }
    bool below = oid.len == 3 && memcmp(oid.ptr, attribute_base, sizeof attribute_base) == 0;
    for (size_t i = 0; below && i < sizeof attributes / sizeof *attributes; i++) {
        if (attributes[i].number == oid.ptr[2]) {
            return room_put_text(out, attributes[i].name);
        }
    }
    return put_hex(oid, out);
}

static bool is_plain(const struct der *value) {
    if ((value->tag != DER_UTF8 && value->tag != DER_PRINTABLE && value->tag != DER_IA5) ||
        value->contents.len == 0 || !utf8_valid(value->contents)) {
        return false;
    }
    for (size_t i = 0; i < value->contents.len; i++) {
        if (value->contents.ptr[i] < ' ' || value->contents.ptr[i] == 0x7F) {
            return false;
        }
    }
    return true;
}

/* What RFC 4514 section 2.4 escapes. */
static enum err put_value(const struct der *value, struct room *out) {
    struct span text = value->contents;
    if (!is_plain(value)) {
        return put_hex(value->whole, out);
    }
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.ptr[i];
        bool end = i == 0 || i == text.len - 1;
        if (strchr("\"+,;<>\\", byte) != NULL || (byte == '#' && i == 0) || (byte == ' ' && end)) {
            TRY(room_put_byte(out, '\\'));
        }
        TRY(room_put_byte(out, byte));
    }
    return ERR_OK;
}

/* One RelativeDistinguishedName: SET OF {OID, value}. */
static enum err put_relative(struct span set, struct room *out) {
    for (bool first = true; set.len > 0; first = false) {
        struct span pair, type;
        struct der value = {0};
        if (!der_take(&set, DER_SEQUENCE, &pair) || !der_take(&pair, DER_OID, &type) ||
            !der_next(&pair, &value)) {
            return ERR_CERTIFICATE;
        }
        TRY(first ? ERR_OK : room_put_byte(out, '+'));
        TRY(put_type(type, out));
        TRY(room_put_byte(out, '='));
        TRY(put_value(&value, out));
    }
    return ERR_OK;
}

/* The last part of a Name comes first in its text (section 2.1). */
#define PARTS_MAX 16u

enum err certificate_name(struct span name, struct room *out) {
    struct span parts[PARTS_MAX], sequence;
    size_t count = 0;
    struct room draft = *out;
    if (!der_take(&name, DER_SEQUENCE, &sequence)) {
        return ERR_CERTIFICATE;
    }
    for (; sequence.len > 0; count++) {
        if (count == PARTS_MAX || !der_take(&sequence, DER_SET, &parts[count])) {
            return ERR_CERTIFICATE;
        }
    }
    while (count-- > 0) {
        TRY(put_relative(parts[count], &draft));
        TRY(count > 0 ? room_put_byte(&draft, ',') : ERR_OK);
    }
    *out = draft;
    return ERR_OK;
}

enum err certificate_name_value(struct span name, uint8_t attribute, struct room *out) {
    struct span sequence, set, pair, type;
    struct der value = {0};
    if (!der_take(&name, DER_SEQUENCE, &sequence)) {
        return ERR_CERTIFICATE;
    }
    while (sequence.len > 0) {
        if (!der_take(&sequence, DER_SET, &set)) {
            return ERR_CERTIFICATE;
        }
        while (set.len > 0) {
            if (!der_take(&set, DER_SEQUENCE, &pair) || !der_take(&pair, DER_OID, &type) ||
                !der_next(&pair, &value)) {
                return ERR_CERTIFICATE;
            }
            bool wanted = type.len == 3 && memcmp(type.ptr, attribute_base, sizeof attribute_base) == 0 &&
                          type.ptr[2] == attribute;
            if (wanted && is_plain(&value)) {
                return room_put(out, value.contents);
            }
        }
    }
    return ERR_CERTIFICATE_NONE;
}
