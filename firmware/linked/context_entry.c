/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/context_entry.h"

#include "linked/walk.h"

static unsigned container_of(struct span text) {
    switch (keyword_of(text)) {
    case KEYWORD_GRAPH:
        return CONTEXT_GRAPH;
    case KEYWORD_ID:
        return CONTEXT_ID;
    case KEYWORD_INDEX:
        return CONTEXT_INDEX;
    case KEYWORD_LANGUAGE:
        return CONTEXT_LANGUAGE;
    case KEYWORD_LIST:
        return CONTEXT_LIST;
    case KEYWORD_SET:
        return CONTEXT_SET;
    case KEYWORD_TYPE:
        return CONTEXT_TYPE;
    default:
        return 0;
    }
}

/* Step 19: one alone; a graph by id or by index; any but a list as a set. */
static bool container_fits(unsigned bits) {
    unsigned without = bits & ~CONTEXT_SET;
    return without == 0 || (without & (without - 1)) == 0
               ? bits != (CONTEXT_LIST | CONTEXT_SET)
               : without == (CONTEXT_GRAPH | CONTEXT_ID) || without == (CONTEXT_GRAPH | CONTEXT_INDEX);
}

enum err context_entry_container(struct context_entry *d) {
    const json_t *value = context_entry_get(d, "@container");
    unsigned bits = 0;
    if (value == NULL || (d->term.reverse && json_is_null(value))) {
        return ERR_OK;
    }
    for (size_t i = 0; i < walk_count(value); i++) {
        unsigned bit = container_of(walk_text(walk_item(value, i)));
        if (bit == 0 || (bits & bit) != 0) {
            return ERR_CONTEXT_CONTAINER;
        }
        bits |= bit;
    }
    if (bits == 0 || !container_fits(bits)) {
        return ERR_CONTEXT_CONTAINER;
    }
    d->term.container = (uint8_t)bits;
    if ((bits & CONTEXT_TYPE) != 0 && d->term.type.ptr == NULL) {
        d->term.type = span_of_text("@id");
        d->term.type_keyword = KEYWORD_ID;
    }
    bool fits = d->term.type_keyword == KEYWORD_ID || d->term.type_keyword == KEYWORD_VOCAB;
    return (bits & CONTEXT_TYPE) != 0 && !fits ? ERR_CONTEXT_TYPE : ERR_OK;
}

/* Step 20. */
enum err context_entry_index(struct context_entry *d) {
    const json_t *value = context_entry_get(d, "@index");
    struct span iri = walk_text(value);
    if (value == NULL) {
        return ERR_OK;
    }
    if ((d->term.container & CONTEXT_INDEX) == 0 || iri.ptr == NULL) {
        return ERR_CONTEXT_TERM;
    }
    TRY(context_build_expand(d->build, iri, CONTEXT_VOCABULARY, &iri));
    if (iri.ptr == NULL || !context_is_iri(iri)) {
        return ERR_CONTEXT_TERM;
    }
    d->term.index = walk_text(value);
    return ERR_OK;
}

/* Step 21: the context inside is tried here, and made again where the term is used. */
enum err context_entry_scope(struct context_entry *d) {
    const json_t *value = context_entry_get(d, "@context");
    const struct context *tried = NULL;
    if (value == NULL) {
        return ERR_OK;
    }
    struct arena *arena = d->build->env->arena;
    size_t mark = arena->used;
    const struct context_how how = {.chain = d->build->how->chain, .override = true, .no_validate = true};
    enum err err = context_process(d->build->env, d->build->result, value, d->build->base_url, &how, &tried);
    arena->used = mark;
    if (err != ERR_OK) {
        bool ours = err == ERR_CONTEXT_WORK || err == ERR_CONTEXT_DEPTH || err == ERR_NO_ROOM ||
                    err == ERR_CONTEXT_UNKNOWN || err == ERR_CONTEXT_TERMS || err == ERR_LINKED_COLLISIONS;
        return ours ? err : ERR_CONTEXT_SCOPED;
    }
    d->term.scope = value;
    d->term.scope_base = d->build->base_url;
    return ERR_OK;
}

/* Steps 22 and 23; a type leaves no place for either. */
enum err context_entry_text(struct context_entry *d) {
    const json_t *language = context_entry_get(d, "@language");
    const json_t *direction = context_entry_get(d, "@direction");
    struct span text = walk_text(direction);
    bool ltr = span_equal_text(text, "ltr");
    if (language != NULL && context_entry_get(d, "@type") == NULL) {
        if (!json_is_null(language) && !json_is_string(language)) {
            return ERR_CONTEXT_TERM_LANGUAGE;
        }
        d->term.language = walk_text(language);
        d->term.has_language = true;
    }
    if (direction != NULL && context_entry_get(d, "@type") == NULL) {
        if (!json_is_null(direction) && !ltr && !span_equal_text(text, "rtl")) {
            return ERR_CONTEXT_DIRECTION;
        }
        d->term.direction = json_is_null(direction) ? CONTEXT_NONE : ltr ? CONTEXT_LTR : CONTEXT_RTL;
    }
    return ERR_OK;
}

/* Steps 24 and 25. */
enum err context_entry_nest_and_prefix(struct context_entry *d) {
    const json_t *nest = context_entry_get(d, "@nest");
    const json_t *prefix = context_entry_get(d, "@prefix");
    struct span text = walk_text(nest);
    if (nest != NULL) {
        enum keyword keyword = keyword_of(text);
        if (text.ptr == NULL || (keyword != KEYWORD_NOT && keyword != KEYWORD_NEST)) {
            return ERR_CONTEXT_NEST;
        }
        d->term.nest = text;
    }
    if (prefix != NULL) {
        if (d->has_slash || span_find(d->name, ':', 0) < d->name.len) {
            return ERR_CONTEXT_TERM;
        }
        if (!json_is_boolean(prefix)) {
            return ERR_CONTEXT_PREFIX;
        }
        d->term.prefix = json_is_true(prefix);
        return d->term.prefix && d->term.keyword != KEYWORD_NOT ? ERR_CONTEXT_TERM : ERR_OK;
    }
    return ERR_OK;
}
