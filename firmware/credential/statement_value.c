/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/statement_value.h"

#include "base/utf8.h"

/* Digits of a number that fits into any integer. */
#define DIGITS_MAX 9u

/* The parts of a literal's text; `quoted` is still escaped. */
struct literal {
    struct span quoted, language;
};

struct span statement_value_address(const struct rdf_term *term) {
    bool address = term->kind == RDF_IRI && term->text.len >= 2;
    return address ? span_slice(term->text, 1, term->text.len - 2) : (struct span){0};
}

/* Offset of the quotation mark that ends a literal's text, or text.len. */
static size_t end_of_quoted(struct span text) {
    size_t at = 1;
    while (at < text.len && text.ptr[at] != '"') {
        at += text.ptr[at] == '\\' ? 2 : 1;
    }
    return at < text.len ? at : text.len;
}

static struct literal literal_of(struct span text) {
    size_t end = end_of_quoted(text);
    struct span behind = span_slice(text, end + 1, text.len);
    bool tagged = behind.len > 1 && behind.ptr[0] == '@';
    return (struct literal){
        .quoted = span_slice(text, 1, end - 1),
        .language = tagged ? span_slice(behind, 1, behind.len - 1) : (struct span){0},
    };
}

static uint32_t hex_digit(uint8_t c) {
    static const char digits[] = "0123456789ABCDEF";
    const char *digit = c != 0 ? strchr(digits, c) : NULL;
    return digit != NULL ? (uint32_t)(digit - digits) : 0;
}

/* The four digits behind \u. */
static uint32_t hex_point(struct span text) {
    uint32_t point = 0;
    for (size_t i = 2; i < 6; i++) {
        point = point << 4 | hex_digit(text.ptr[i]);
    }
    return point;
}

/* One escape of canonical N-Quads, from its backslash on; gives the bytes it takes. */
static size_t put_escape(struct span text, struct room *room, enum err *err) {
    static const char letters[] = "btnfr";
    static const char controls[] = "\b\t\n\f\r";
    uint8_t code = text.len > 1 ? text.ptr[1] : 0;
    uint8_t bytes[4] = {code};
    if (code == 'u' && text.len >= 6) {
        *err = room_put(room, span_of_bytes(bytes, utf8_encode(hex_point(text), bytes)));
        return 6;
    }
    const char *letter = code != 0 ? strchr(letters, code) : NULL;
    bytes[0] = letter != NULL ? (uint8_t)controls[letter - letters] : code;
    *err = room_put_byte(room, bytes[0]);
    return 2;
}

/* The characters that an escaped text stands for; they never take more bytes. */
static enum err unescape(struct span quoted, struct room *room) {
    for (size_t at = 0; at < quoted.len;) {
        size_t plain = span_find(quoted, '\\', at);
        TRY(room_put(room, span_slice(quoted, at, plain - at)));
        at = plain;
        if (at < quoted.len) {
            enum err err = ERR_OK;
            at += put_escape(span_slice(quoted, at, quoted.len), room, &err);
            TRY(err);
        }
    }
    return ERR_OK;
}

static json_t *string_of(struct span text) {
    return json_stringn(text.len > 0 ? (const char *)text.ptr : "", text.len);
}

static json_t *number_of(struct span text) {
    uint64_t value = 0;
    return span_decimal(text, DIGITS_MAX, &value) ? json_integer((json_int_t)value) : json_null();
}

static json_t *truth_of(struct span text) {
    bool said = span_equal_text(text, "true") || span_equal_text(text, "false");
    return said ? json_boolean(span_equal_text(text, "true")) : json_null();
}

static json_t *tagged_of(struct span text, struct span language) {
    json_t *object = json_object();
    if (object != NULL && (json_object_set_new(object, "@value", string_of(text)) != 0 ||
                           json_object_set_new(object, "@language", string_of(language)) != 0)) {
        json_decref(object);
        object = NULL;
    }
    return object;
}

static json_t *value_of(struct span text, struct span language, enum statement_value_kind kind) {
    switch (kind) {
    case STATEMENT_VALUE_TEXT:
        return language.len > 0 ? tagged_of(text, language) : string_of(text);
    case STATEMENT_VALUE_WORD:
    case STATEMENT_VALUE_DATE:
        return string_of(text);
    case STATEMENT_VALUE_NUMBER:
        return number_of(text);
    case STATEMENT_VALUE_TRUTH:
        return truth_of(text);
    case STATEMENT_VALUE_NODE:
        break;
    }
    return json_null();
}

static enum err literal_value(struct span text, enum statement_value_kind kind, struct arena *arena,
                              json_t **out) {
    struct literal literal = literal_of(text);
    struct room room = {0};
    TRY(arena_room(arena, literal.quoted.len + 1, &room));
    TRY(unescape(literal.quoted, &room));
    *out = value_of(room_span(&room), literal.language, kind);
    return *out != NULL ? ERR_OK : ERR_NO_MEMORY;
}

enum err statement_value(const struct rdf_term *term, enum statement_value_kind kind, struct arena *arena,
                         json_t **out) {
    size_t mark = arena->used;
    if (term->kind == RDF_LITERAL) {
        enum err err = literal_value(term->text, kind, arena, out);
        arena_rewind(arena, mark);
        return err;
    }
    bool word = kind == STATEMENT_VALUE_WORD && term->kind == RDF_IRI;
    *out = word ? string_of(statement_value_address(term)) : json_null();
    return *out != NULL ? ERR_OK : ERR_NO_MEMORY;
}
