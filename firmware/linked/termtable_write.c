/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/termtable.h"

#include "base/limits.h"
#include "linked/keyword.h"
#include "linked/walk.h"

/* Text as a column: no control characters, not empty. */
static enum err put_column(struct room *out, struct span text) {
    if (text.len == 0) {
        return ERR_CONTEXT_TABLE;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < ' ') {
            return ERR_CONTEXT_TABLE;
        }
    }
    return room_put(out, text);
}

static enum err put_tabs(struct room *out, unsigned depth) {
    for (unsigned i = 0; i < depth; i++) {
        TRY(room_put_byte(out, '\t'));
    }
    return ERR_OK;
}

/* What a name means: "~" and "-" are taken for null and nothing. */
static enum err put_meaning(struct room *out, const json_t *value) {
    struct span text = walk_text(value);
    TRY(room_put_byte(out, '\t'));
    if (value == NULL || json_is_null(value)) {
        return room_put_byte(out, value == NULL ? '-' : '~');
    }
    if (span_equal_text(text, "~") || span_equal_text(text, "-")) {
        return ERR_CONTEXT_TABLE;
    }
    return put_column(out, text);
}

static enum err put_attribute(struct room *out, const char *name, struct span value) {
    TRY(room_put_byte(out, '\t'));
    TRY(room_put_text(out, name));
    TRY(room_put_byte(out, '='));
    return put_column(out, value);
}

static enum err put_text_attribute(struct room *out, const json_t *term, const char *entry,
                                   bool may_be_null) {
    const json_t *value = json_object_get(term, entry);
    if (value == NULL) {
        return ERR_OK;
    }
    if (json_is_null(value) && may_be_null) {
        TRY(room_put_byte(out, '\t'));
        return room_put_text(out, entry + 1);
    }
    return json_is_string(value) ? put_attribute(out, entry + 1, walk_text(value)) : ERR_CONTEXT_TABLE;
}

static enum err put_truth(struct room *out, const json_t *term, const char *entry) {
    const json_t *value = json_object_get(term, entry);
    if (value == NULL) {
        return ERR_OK;
    }
    return json_is_boolean(value)
               ? put_attribute(out, entry + 1, span_of_text(json_is_true(value) ? "true" : "false"))
               : ERR_CONTEXT_TABLE;
}

static enum err put_containers(struct room *out, const json_t *term) {
    const json_t *value = json_object_get(term, "@container");
    if (value == NULL || json_is_null(value)) {
        return ERR_OK;
    }
    TRY(room_put_text(out, "\tcontainer="));
    for (size_t i = 0; i < walk_count(value); i++) {
        TRY(i == 0 ? ERR_OK : room_put_byte(out, ','));
        TRY(put_column(out, walk_text(walk_item(value, i))));
    }
    return ERR_OK;
}

static enum err put_parts(struct room *out, const json_t *context, unsigned depth);

/* An object of nothing but @id is written as the shorter form, which could make a prefix of it. */
static enum err put_attributes(struct room *out, const json_t *term) {
    TRY(put_text_attribute(out, term, "@type", false));
    TRY(put_containers(out, term));
    TRY(put_text_attribute(out, term, "@language", true));
    TRY(put_text_attribute(out, term, "@direction", true));
    TRY(put_text_attribute(out, term, "@index", false));
    TRY(put_text_attribute(out, term, "@nest", false));
    TRY(put_truth(out, term, "@protected"));
    TRY(put_truth(out, term, "@prefix"));
    bool only_id = json_object_size(term) == 1 && json_is_string(json_object_get(term, "@id"));
    return only_id ? room_put_text(out, "\tprefix=false") : ERR_OK;
}

static bool known_entry(enum keyword keyword) {
    return keyword == KEYWORD_ID || keyword == KEYWORD_REVERSE || keyword == KEYWORD_CONTEXT ||
           keyword == KEYWORD_TYPE || keyword == KEYWORD_CONTAINER || keyword == KEYWORD_LANGUAGE ||
           keyword == KEYWORD_DIRECTION || keyword == KEYWORD_INDEX || keyword == KEYWORD_NEST ||
           keyword == KEYWORD_PROTECTED || keyword == KEYWORD_PREFIX;
}

static enum err put_object_term(struct room *out, const json_t *term, unsigned depth) {
    const json_t *reverse = json_object_get(term, "@reverse");
    const json_t *scope = json_object_get(term, "@context");
    const json_t *id = json_object_get(term, "@id");
    for (struct walk walk = walk_over(term); walk_next(&walk);) {
        if (!known_entry(keyword_of(walk.name))) {
            return ERR_CONTEXT_TABLE;
        }
    }
    if (reverse != NULL && id != NULL) {
        return ERR_CONTEXT_TABLE;
    }
    TRY(put_meaning(out, reverse != NULL ? reverse : id));
    TRY(put_attributes(out, term));
    TRY(reverse == NULL ? ERR_OK : room_put_text(out, "\treverse"));
    TRY(scope == NULL ? ERR_OK : room_put_text(out, "\tscope"));
    TRY(room_put_byte(out, '\n'));
    return scope == NULL ? ERR_OK : put_parts(out, scope, depth + 1);
}

static enum err put_term(struct room *out, const struct walk *walk, unsigned depth) {
    bool plain = json_is_null(walk->value) || json_is_string(walk->value);
    TRY(put_tabs(out, depth));
    TRY(put_column(out, walk->name));
    if (json_is_object(walk->value)) {
        return put_object_term(out, walk->value, depth);
    }
    if (!plain) {
        return ERR_CONTEXT_TABLE;
    }
    TRY(put_meaning(out, walk->value));
    return room_put_byte(out, '\n');
}

static enum err put_setting(struct room *out, const struct walk *walk, unsigned depth) {
    TRY(put_tabs(out, depth));
    TRY(room_put(out, walk->name));
    TRY(room_put_byte(out, '\t'));
    if (json_is_boolean(walk->value)) {
        TRY(room_put_text(out, json_is_true(walk->value) ? "true" : "false"));
    } else if (json_is_real(walk->value)) {
        TRY(json_real_value(walk->value) == 1.1 ? room_put_text(out, "1.1") : ERR_CONTEXT_TABLE);
    } else if (json_is_null(walk->value)) {
        TRY(room_put_byte(out, '~'));
    } else {
        TRY(put_column(out, walk_text(walk->value)));
    }
    return room_put_byte(out, '\n');
}

static enum err put_object(struct room *out, const json_t *context, unsigned depth) {
    for (struct walk walk = walk_over(context); walk_next(&walk);) {
        enum keyword keyword = keyword_of(walk.name);
        bool setting = keyword != KEYWORD_NOT && keyword != KEYWORD_TYPE;
        TRY(setting ? put_setting(out, &walk, depth) : put_term(out, &walk, depth));
    }
    return ERR_OK;
}

static enum err put_part(struct room *out, const json_t *part, unsigned depth) {
    if (json_is_object(part)) {
        return put_object(out, part, depth);
    }
    TRY(put_tabs(out, depth));
    if (json_is_null(part)) {
        return room_put_text(out, "@forget\n");
    }
    TRY(room_put_text(out, "@use\t"));
    TRY(put_column(out, walk_text(part)));
    return room_put_byte(out, '\n');
}

/* An "@and" where an object follows another, or would leave no line at all. */
static bool needs_and(const json_t *context, size_t at) {
    const json_t *part = walk_item(context, at);
    bool after_object = at > 0 && json_is_object(walk_item(context, at - 1));
    return json_is_object(part) && json_is_array(context) && (after_object || json_object_size(part) == 0);
}

static enum err put_parts(struct room *out, const json_t *context, unsigned depth) {
    if (depth > LIMIT_CONTEXT_SCOPES) {
        return ERR_CONTEXT_DEPTH;
    }
    for (size_t i = 0; i < walk_count(context); i++) {
        if (needs_and(context, i)) {
            TRY(put_tabs(out, depth));
            TRY(room_put_text(out, "@and\n"));
        }
        TRY(put_part(out, walk_item(context, i), depth));
    }
    return ERR_OK;
}

static enum err put_head_line(struct room *out, const char *name, struct span value) {
    TRY(room_put_text(out, name));
    TRY(room_put_byte(out, '\t'));
    TRY(put_column(out, value));
    return room_put_byte(out, '\n');
}

enum err termtable_write(const struct termtable_head *head, const json_t *context, struct room *out) {
    TRY(room_put_text(out, "credkiosk-context 1\n"));
    TRY(put_head_line(out, "address", head->address));
    TRY(put_head_line(out, "source", head->source));
    TRY(put_head_line(out, "sha256", head->sha256));
    TRY(room_put_byte(out, '\n'));
    return put_parts(out, context, 0);
}
