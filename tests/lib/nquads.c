/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/nquads.h"

#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/utf8.h"

struct reading {
    struct span text;
    size_t at;
    struct rdf_dataset *set;
};

static uint8_t peek(const struct reading *r) {
    return r->at < r->text.len ? r->text.ptr[r->at] : 0;
}

static void skip_blanks(struct reading *r) {
    while (peek(r) == ' ' || peek(r) == '\t') {
        r->at++;
    }
}

static void put_code(struct reading *r, size_t digits, struct room *out) {
    char hex[9] = {0};
    uint8_t bytes[4];
    assert_true(digits <= r->text.len - r->at);
    memcpy(hex, r->text.ptr + r->at, digits);
    r->at += digits;
    size_t count = utf8_encode((uint32_t)strtoul(hex, NULL, 16), bytes);
    assert_ok(room_put(out, span_of_bytes(bytes, count)));
}

static void put_escape(struct reading *r, struct room *out) {
    static const char names[] = "tbnrf\"'\\";
    static const char values[] = "\t\b\n\r\f\"'\\";
    uint8_t name = peek(r);
    r->at++;
    if (name == 'u' || name == 'U') {
        put_code(r, name == 'u' ? 4 : 8, out);
        return;
    }
    const char *found = strchr(names, name);
    assert_non_null(found);
    assert_ok(room_put_byte(out, (uint8_t)values[found - names]));
}

/* What stands up to the closing character, unescaped. */
static struct span quoted(struct reading *r, uint8_t close) {
    struct room out = {0};
    assert_ok(arena_room(r->set->arena, r->text.len - r->at, &out));
    r->at++;
    while (peek(r) != close) {
        assert_true(r->at < r->text.len);
        if (peek(r) == '\\') {
            r->at++;
            put_escape(r, &out);
        } else {
            assert_ok(room_put_byte(&out, r->text.ptr[r->at++]));
        }
    }
    r->at++;
    r->set->arena->used -= out.cap - out.len;
    return room_span(&out);
}

static struct span word(struct reading *r) {
    size_t start = r->at;
    while (r->at < r->text.len && strchr(" \t\r\n<", peek(r)) == NULL) {
        r->at++;
    }
    return span_slice(r->text, start, r->at - start);
}

static uint32_t literal(struct reading *r) {
    uint32_t term = 0;
    struct span value = quoted(r, '"');
    struct span datatype = {0};
    struct span language = {0};
    if (peek(r) == '@') {
        r->at++;
        language = word(r);
    } else if (peek(r) == '^') {
        r->at += 2;
        datatype = quoted(r, '>');
    }
    assert_ok(rdf_literal(r->set, value, datatype, language, &term));
    return term;
}

static uint32_t term(struct reading *r) {
    uint32_t found = 0;
    skip_blanks(r);
    if (peek(r) == '<') {
        assert_ok(rdf_iri(r->set, quoted(r, '>'), &found));
    } else if (peek(r) == '"') {
        return literal(r);
    } else if (peek(r) == '_') {
        struct span label = word(r);
        assert_ok(rdf_blank(r->set, label, &found));
    }
    return found;
}

void nquads_read(struct span text, struct rdf_dataset *set) {
    struct reading r = {text, 0, set};
    while (r.at < text.len) {
        struct rdf_quad quad = {0};
        quad.subject = term(&r);
        if (quad.subject != 0) {
            quad.predicate = term(&r);
            quad.object = term(&r);
            quad.graph = term(&r);
            skip_blanks(&r);
            assert_int_equal(peek(&r), '.');
            assert_true(quad.object != 0);
            assert_ok(rdf_add(set, quad));
        }
        r.at = span_find(text, '\n', r.at) + 1;
    }
    rdf_distinct(set);
}
