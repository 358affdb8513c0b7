/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/cborld_run.h"

static void become_text(struct span text, struct cbor_item *item) {
    *item = (struct cbor_item){.kind = CBOR_TEXT, .bytes = text};
}

/* The number that a string of bytes holds: 1, 2, 4 or 8 of them. */
static bool number_in(struct span bytes, uint64_t *out) {
    *out = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        *out = *out << 8 | bytes.ptr[i];
    }
    return bytes.len == 1 || bytes.len == 2 || bytes.len == 4 || bytes.len == 8;
}

/* A whole number where the type has words: in two's complement, so that it is none of theirs. */
static enum err become_signed(struct cbor_item *item) {
    uint64_t number = 0;
    if (!number_in(item->bytes, &number)) {
        return ERR_CBORLD_VALUE;
    }
    bool negative = (item->bytes.ptr[0] & 0x80u) != 0;
    uint64_t all = item->bytes.len == 8 ? UINT64_MAX : ((uint64_t)1 << 8 * item->bytes.len) - 1;
    *item = (struct cbor_item){.kind = negative ? CBOR_NEGATIVE : CBOR_UNSIGNED,
                               .number = negative ? all - number : number};
    return ERR_OK;
}

/* A number of a table. Terms and addresses shared their numbers before there was a registry. */
static enum err read_word(struct cborld_run *run, const struct cborld_kind *kind, struct cbor_item *item) {
    uint64_t number = item->number;
    struct span text = {0};
    bool readable = item->kind == CBOR_BYTES ? number_in(item->bytes, &number) : item->kind == CBOR_UNSIGNED;
    if (readable && cborld_kind_text(run, kind, number, &text)) {
        become_text(text, item);
        return ERR_OK;
    }
    bool shared = kind->codec == CBORLD_URL && item->kind == CBOR_UNSIGNED;
    return shared ? ERR_OK : ERR_CBORLD_VALUE;
}

static enum err read_url(struct cborld_run *run, struct span *rest, struct cbor_item *item) {
    struct span text = {0};
    switch (item->kind) {
    case CBOR_TEXT:
        return ERR_OK;
    case CBOR_ARRAY:
        TRY(cborld_url_read(run, rest, item->number, &text));
        break;
    case CBOR_UNSIGNED:
        if (!cborld_terms_name(run, item->number, &text)) {
            return ERR_CBORLD_TERM;
        }
        break;
    default:
        return ERR_CBORLD_VALUE;
    }
    become_text(text, item);
    return ERR_OK;
}

static bool is_number(const struct cbor_item *item) {
    return item->kind == CBOR_UNSIGNED || item->kind == CBOR_NEGATIVE || item->kind == CBOR_FLOAT;
}

/* A date, or a moment, which with parts of a second is a pair. Text and arrays of such stay. */
static enum err read_date(struct cborld_run *run, enum cborld_codec codec, struct span *rest,
                          struct cbor_item *item) {
    struct cbor_item parts[2] = {*item};
    struct span behind = *rest;
    struct span text = {0};
    bool pair = codec == CBORLD_DATE_TIME && item->kind == CBOR_ARRAY && item->number == 2;
    if (pair) {
        TRY(cbor_next(&behind, &parts[0]));
    }
    if (!is_number(&parts[0])) {
        return ERR_OK;
    }
    if (pair) {
        TRY(cbor_next(&behind, &parts[1]));
    }
    TRY(cborld_date_read(run, codec, &parts[0], pair ? &parts[1] : NULL, &text));
    *rest = behind;
    become_text(text, item);
    return ERR_OK;
}

static enum err read_bytes(struct cborld_run *run, const struct cborld_kind *kind, struct cbor_item *item) {
    struct span text = {0};
    if (kind->codec != CBORLD_MULTIBASE) {
        return cborld_kind_has_words(run, kind) ? become_signed(item) : ERR_OK;
    }
    TRY(cborld_multibase_read(run, item->bytes, &text));
    become_text(text, item);
    return ERR_OK;
}

enum err cborld_value_read(struct cborld_run *run, const struct cborld_kind *kind, struct span *rest,
                           struct cbor_item *item) {
    bool whole = item->kind == CBOR_UNSIGNED || item->kind == CBOR_NEGATIVE;
    if (item->kind == CBOR_NULL || item->kind == CBOR_MAP) {
        return ERR_OK;
    }
    if (cborld_kind_has_words(run, kind) && (kind->by_bytes ? item->kind == CBOR_BYTES : whole)) {
        TRY(read_word(run, kind, item));
    }
    switch (kind->codec) {
    case CBORLD_URL:
        return read_url(run, rest, item);
    case CBORLD_DATE:
    case CBORLD_DATE_TIME:
        return read_date(run, kind->codec, rest, item);
    default:
        return item->kind == CBOR_BYTES ? read_bytes(run, kind, item) : ERR_OK;
    }
}

/* The number of a word as bytes: 1, 2, 4 or 8, and the highest of each goes to the next. */
static enum err write_number(uint64_t number, struct room *out) {
    size_t width = number < UINT8_MAX ? 1 : number < UINT16_MAX ? 2 : number < UINT32_MAX ? 4 : 8;
    uint8_t bytes[8];
    for (size_t i = 0; i < width; i++) {
        bytes[i] = (uint8_t)(number >> 8 * (width - 1 - i));
    }
    return cbor_put_string(out, CBOR_BYTES, span_of_bytes(bytes, width));
}

/* In two's complement; the highest positive number of each width goes to the next. */
static enum err write_signed(json_int_t number, struct room *out) {
    size_t width = number < INT8_MAX && number >= INT8_MIN     ? 1
                   : number < INT16_MAX && number >= INT16_MIN ? 2
                   : number < INT32_MAX && number >= INT32_MIN ? 4
                                                               : 8;
    uint8_t bytes[8];
    for (size_t i = 0; i < width; i++) {
        bytes[i] = (uint8_t)((uint64_t)number >> 8 * (width - 1 - i));
    }
    return cbor_put_string(out, CBOR_BYTES, span_of_bytes(bytes, width));
}

/* A word of the type's table; an address that is a term. */
static enum err write_word(struct cborld_run *run, const struct cborld_kind *kind, struct span text,
                           struct room *out, bool *done) {
    uint64_t number = 0;
    struct span other = {0};
    *done = cborld_kind_number(run, kind, text, &number);
    if (*done) {
        return kind->by_bytes ? write_number(number, out) : cbor_put(out, CBOR_UNSIGNED, number);
    }
    *done = kind->codec == CBORLD_URL && cborld_terms_number(run, text, &number) &&
            !(run->legacy && cborld_kind_text(run, kind, number, &other));
    return *done ? cbor_put(out, CBOR_UNSIGNED, number) : ERR_OK;
}

static enum err write_text(struct cborld_run *run, const struct cborld_kind *kind, struct span text,
                           struct room *out, bool *done) {
    TRY(write_word(run, kind, text, out, done));
    if (*done) {
        return ERR_OK;
    }
    switch (kind->codec) {
    case CBORLD_URL:
        return cborld_url_write(run, text, out, done);
    case CBORLD_MULTIBASE:
        return cborld_multibase_write(run, text, out, done);
    case CBORLD_DATE:
    case CBORLD_DATE_TIME:
        return cborld_date_write(kind->codec, text, out, done);
    default:
        return ERR_OK;
    }
}

/* Whether a value that is no text would read back as something else. */
static bool misread(const struct cborld_run *run, const struct cborld_kind *kind, const json_t *value) {
    bool text_alone =
        kind->codec == CBORLD_URL || kind->codec == CBORLD_DATE || kind->codec == CBORLD_DATE_TIME;
    bool words = kind->codec == CBORLD_MULTIBASE && cborld_kind_has_words(run, kind);
    return text_alone || (words && json_is_number(value));
}

enum err cborld_value_write(struct cborld_run *run, const struct cborld_kind *kind, const json_t *value,
                            struct room *out) {
    bool done = false;
    if (json_is_string(value)) {
        struct span text = span_of_bytes(json_string_value(value), json_string_length(value));
        TRY(write_text(run, kind, text, out, &done));
    } else if (!json_is_null(value) && misread(run, kind, value)) {
        return ERR_CBORLD_VALUE;
    } else if (kind->codec == CBORLD_TYPED && json_is_integer(value) && cborld_kind_has_words(run, kind)) {
        return write_signed(json_integer_value(value), out);
    }
    return done ? ERR_OK : cborjson_write(value, run->arena, out);
}
