/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/termtable.h"

#include "base/limits.h"
#include "linked/keyword.h"

/* Columns of a line: a term, its meaning, and each attribute once. */
#define COLUMNS_MAX 14u

struct reading {
    struct span text;
    size_t at;
};

/* A line without its tabs in front, cut at the others. */
struct line {
    size_t depth, count;
    struct span columns[COLUMNS_MAX];
};

/* Look at the line that comes next; false at the end of the text. */
static bool peek(const struct reading *r, struct span *line, size_t *depth) {
    size_t at = r->at;
    while (at < r->text.len && r->text.ptr[at] == '\t') {
        at++;
    }
    *depth = at - r->at;
    *line = span_slice(r->text, at, span_find(r->text, '\n', at) - at);
    return r->at < r->text.len;
}

static enum err take(struct reading *r, struct line *out) {
    struct span rest = {0};
    *out = (struct line){0};
    (void)peek(r, &rest, &out->depth);
    r->at += out->depth + rest.len + 1;
    while (rest.len > 0 || out->count == 0) {
        size_t tab = span_find(rest, '\t', 0);
        if (tab == 0 || out->count == COLUMNS_MAX || tab == rest.len - 1) {
            return ERR_CONTEXT_TABLE;
        }
        out->columns[out->count++] = span_slice(rest, 0, tab);
        rest = span_slice(rest, tab + 1, rest.len);
    }
    return ERR_OK;
}

static json_t *text_of(struct span text) {
    return json_stringn((const char *)text.ptr, text.len);
}

/* Put a new value under a name, once. */
static enum err put(json_t *object, const char *name, json_t *value) {
    if (value == NULL || json_object_get(object, name) != NULL) {
        json_decref(value);
        return ERR_CONTEXT_TABLE;
    }
    return json_object_set_new(object, name, value) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

static enum err put_named(json_t *object, struct span name, json_t *value) {
    if (value == NULL || json_object_getn(object, (const char *)name.ptr, name.len) != NULL) {
        json_decref(value);
        return ERR_CONTEXT_TABLE;
    }
    return json_object_setn_new(object, (const char *)name.ptr, name.len, value) == 0 ? ERR_OK
                                                                                      : ERR_NO_MEMORY;
}

static json_t *truth(struct span text) {
    return span_equal_text(text, "true") ? json_true() : span_equal_text(text, "false") ? json_false() : NULL;
}

/* "@protected true" and the like. */
static enum err read_setting(const struct line *line, json_t *context) {
    struct span value = line->columns[1];
    if (line->count != 2) {
        return ERR_CONTEXT_TABLE;
    }
    switch (keyword_of(line->columns[0])) {
    case KEYWORD_PROTECTED:
    case KEYWORD_PROPAGATE:
        return put_named(context, line->columns[0], truth(value));
    case KEYWORD_VERSION:
        return put(context, "@version", span_equal_text(value, "1.1") ? json_real(1.1) : NULL);
    case KEYWORD_BASE:
    case KEYWORD_DIRECTION:
    case KEYWORD_IMPORT:
    case KEYWORD_LANGUAGE:
    case KEYWORD_VOCAB:
        return put_named(context, line->columns[0],
                         span_equal_text(value, "~") ? json_null() : text_of(value));
    default:
        return ERR_CONTEXT_TABLE;
    }
}

/* "@set,@index": always an array, which means the same. */
static json_t *containers(struct span text) {
    json_t *array = json_array();
    for (size_t at = 0; at <= text.len;) {
        size_t comma = span_find(text, ',', at);
        json_array_append_new(array, text_of(span_slice(text, at, comma - at)));
        at = comma + 1;
    }
    return array;
}

/* Attributes that carry text, or truth. */
static enum err read_attribute(struct span attribute, json_t *term) {
    static const struct {
        const char *name, *entry;
        char kind; /* text, may be null, truth, containers */
    } known[] = {{"type", "@type", 't'},           {"container", "@container", 'c'},
                 {"language", "@language", '0'},   {"direction", "@direction", '0'},
                 {"index", "@index", 't'},         {"nest", "@nest", 't'},
                 {"protected", "@protected", 'b'}, {"prefix", "@prefix", 'b'}};
    size_t equals = span_find(attribute, '=', 0);
    struct span name = span_slice(attribute, 0, equals);
    struct span value = span_slice(attribute, equals + 1, attribute.len);
    bool bare = equals == attribute.len;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!span_equal_text(name, known[i].name)) {
            continue;
        }
        if (bare) {
            return known[i].kind == '0' ? put(term, known[i].entry, json_null()) : ERR_CONTEXT_TABLE;
        }
        return put(term, known[i].entry,
                   known[i].kind == 'b'   ? truth(value)
                   : known[i].kind == 'c' ? containers(value)
                                          : text_of(value));
    }
    return ERR_CONTEXT_TABLE;
}

static enum err read_parts(struct reading *r, size_t depth, json_t *parts);

/* The context a tab deeper; one part stands alone. */
static enum err read_scope(struct reading *r, size_t depth, json_t *term) {
    json_t *parts = json_array();
    enum err err = parts == NULL ? ERR_NO_MEMORY : read_parts(r, depth + 1, parts);
    if (err == ERR_OK) {
        json_t *scope = json_array_size(parts) == 1 ? json_array_get(parts, 0) : parts;
        err = put(term, "@context", json_incref(scope));
    }
    json_decref(parts);
    return err;
}

/* The columns behind a term's name, into an object that stands in the context already. */
static enum err fill_term(struct reading *r, const struct line *line, json_t *term) {
    struct span meaning = line->columns[1];
    bool scope = false;
    bool reverse = false;
    for (size_t i = 2; i < line->count; i++) {
        if (span_equal_text(line->columns[i], "scope")) {
            scope = true;
        } else if (span_equal_text(line->columns[i], "reverse")) {
            reverse = true;
        } else {
            TRY(read_attribute(line->columns[i], term));
        }
    }
    if (!span_equal_text(meaning, "-")) {
        TRY(put(term, reverse ? "@reverse" : "@id",
                span_equal_text(meaning, "~") ? json_null() : text_of(meaning)));
    }
    return scope ? read_scope(r, line->depth, term) : ERR_OK;
}

static enum err read_term(struct reading *r, const struct line *line, json_t *context) {
    struct span meaning = line->columns[1];
    if (line->count < 2) {
        return ERR_CONTEXT_TABLE;
    }
    if (line->count == 2 && !span_equal_text(meaning, "-")) {
        return put_named(context, line->columns[0],
                         span_equal_text(meaning, "~") ? json_null() : text_of(meaning));
    }
    json_t *term = json_object();
    TRY(put_named(context, line->columns[0], term));
    return fill_term(r, line, term);
}

/* One line of a context; "@and", "@use" and "@forget" begin or add parts. */
static enum err read_line(struct reading *r, const struct line *line, json_t *parts, json_t **part) {
    struct span first = line->columns[0];
    bool and = line->count == 1 && span_equal_text(first, "@and");
    bool forget = line->count == 1 && span_equal_text(first, "@forget");
    bool use = line->count == 2 && span_equal_text(first, "@use");
    if (forget || use) {
        *part = NULL;
        return json_array_append_new(parts, use ? text_of(line->columns[1]) : json_null()) == 0
                   ? ERR_OK
                   : ERR_CONTEXT_TABLE;
    }
    if (*part == NULL || and) {
        *part = json_object();
        if (json_array_append_new(parts, *part) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    if (and) {
        return ERR_OK;
    }
    bool term = keyword_of(first) == KEYWORD_NOT || keyword_of(first) == KEYWORD_TYPE;
    return term ? read_term(r, line, *part) : read_setting(line, *part);
}

/* All lines of this depth, up to one that is less deep. */
static enum err read_parts(struct reading *r, size_t depth, json_t *parts) {
    struct span text = {0};
    struct line line = {0};
    size_t next = 0;
    json_t *part = NULL;
    if (depth > LIMIT_CONTEXT_SCOPES) {
        return ERR_CONTEXT_DEPTH;
    }
    while (peek(r, &text, &next) && next >= depth) {
        TRY(take(r, &line));
        TRY(line.depth == depth ? read_line(r, &line, parts, &part) : ERR_CONTEXT_TABLE);
    }
    return json_array_size(parts) == 0 && json_array_append_new(parts, json_object()) != 0 ? ERR_NO_MEMORY
                                                                                           : ERR_OK;
}

static enum err read_head_line(struct reading *r, const char *name, struct span *out) {
    struct line line = {0};
    TRY(take(r, &line));
    if (line.depth != 0 || line.count != 2 || !span_equal_text(line.columns[0], name)) {
        return ERR_CONTEXT_TABLE;
    }
    *out = line.columns[1];
    return ERR_OK;
}

static enum err read_head(struct reading *r, struct termtable_head *head) {
    if (!span_starts_with(r->text, "credkiosk-context 1\n")) {
        return ERR_CONTEXT_TABLE;
    }
    r->at = span_find(r->text, '\n', 0) + 1;
    TRY(read_head_line(r, "address", &head->address));
    TRY(read_head_line(r, "source", &head->source));
    TRY(read_head_line(r, "sha256", &head->sha256));
    bool empty = r->at < r->text.len && r->text.ptr[r->at] == '\n';
    r->at++;
    return empty && head->sha256.len == 64 ? ERR_OK : ERR_CONTEXT_TABLE;
}

enum err termtable_read(struct span text, struct termtable_head *head, json_t **context) {
    struct reading r = {text, 0};
    struct termtable_head found = {0};
    if (text.len > LIMIT_CONTEXT_BYTES) {
        return ERR_CONTEXT_LARGE;
    }
    TRY(read_head(&r, &found));
    json_t *parts = json_array();
    enum err err = parts == NULL ? ERR_NO_MEMORY : read_parts(&r, 0, parts);
    if (err == ERR_OK) {
        *context = json_incref(json_array_size(parts) == 1 ? json_array_get(parts, 0) : parts);
        *head = found;
    }
    json_decref(parts);
    return err;
}
