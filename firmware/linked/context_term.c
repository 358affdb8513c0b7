/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "linked/context_build.h"
#include "linked/context_entry.h"
#include "linked/context_layer.h"
#include "linked/hash.h"
#include "linked/iri.h"
#include "linked/walk.h"

static bool any_iri(struct span text) {
    return text.ptr != NULL && (context_is_iri(text) || iri_is_blank(text));
}

static bool term_allowed(enum keyword keyword) {
    switch (keyword) {
    case KEYWORD_ID:
    case KEYWORD_REVERSE:
    case KEYWORD_CONTAINER:
    case KEYWORD_CONTEXT:
    case KEYWORD_DIRECTION:
    case KEYWORD_INDEX:
    case KEYWORD_LANGUAGE:
    case KEYWORD_NEST:
    case KEYWORD_PREFIX:
    case KEYWORD_PROTECTED:
    case KEYWORD_TYPE:
        return true;
    default:
        return false;
    }
}

/* Step 26, before anything else is looked at. */
static enum err check_entries(const struct context_entry *d) {
    for (struct walk walk = walk_over(d->value); walk_next(&walk);) {
        if (!term_allowed(keyword_of(walk.name))) {
            return ERR_CONTEXT_TERM;
        }
    }
    return ERR_OK;
}

/* Step 4: @type may be said to be a set, or protected, and nothing else. */
static enum err check_type_keyword(const struct context_entry *d) {
    if (!json_is_object(d->value) || json_object_size(d->value) == 0) {
        return ERR_CONTEXT_KEYWORD;
    }
    for (struct walk walk = walk_over(d->value); walk_next(&walk);) {
        enum keyword keyword = keyword_of(walk.name);
        bool set = keyword == KEYWORD_CONTAINER && span_equal_text(walk_text(walk.value), "@set");
        if (!set && keyword != KEYWORD_PROTECTED) {
            return ERR_CONTEXT_KEYWORD;
        }
    }
    return ERR_OK;
}

/* Step 11. */
static enum err set_protected(struct context_entry *d) {
    const json_t *value = context_entry_get(d, "@protected");
    if (value != NULL && !json_is_boolean(value)) {
        return ERR_CONTEXT_PROTECTED_VALUE;
    }
    d->term.is_protected = value == NULL ? d->build->protect : json_is_true(value);
    return ERR_OK;
}

/* Step 12. */
static enum err set_type(struct context_entry *d) {
    const json_t *value = context_entry_get(d, "@type");
    struct span type = walk_text(value);
    if (value == NULL) {
        return ERR_OK;
    }
    if (type.ptr == NULL) {
        return ERR_CONTEXT_TYPE;
    }
    TRY(context_build_expand(d->build, type, CONTEXT_VOCABULARY, &type));
    enum keyword keyword = keyword_of(type);
    bool known = keyword == KEYWORD_ID || keyword == KEYWORD_VOCAB || keyword == KEYWORD_JSON ||
                 keyword == KEYWORD_NONE;
    if (type.ptr == NULL || !(known || (context_is_iri(type) && !iri_is_blank(type)))) {
        return ERR_CONTEXT_TYPE;
    }
    d->term.type = type;
    d->term.type_keyword = keyword;
    return ERR_OK;
}

/* Step 13. */
static enum err set_reverse(struct context_entry *d) {
    const json_t *container = context_entry_get(d, "@container");
    struct span iri = walk_text(context_entry_get(d, "@reverse"));
    if (context_entry_get(d, "@id") != NULL || context_entry_get(d, "@nest") != NULL) {
        return ERR_CONTEXT_REVERSE;
    }
    if (iri.ptr == NULL) {
        return ERR_CONTEXT_IRI;
    }
    d->ignored = keyword_like(iri) && keyword_of(iri) == KEYWORD_NOT;
    if (d->ignored) {
        return ERR_OK;
    }
    TRY(context_build_expand(d->build, iri, CONTEXT_VOCABULARY, &iri));
    if (!any_iri(iri)) {
        return ERR_CONTEXT_IRI;
    }
    if (container != NULL && !json_is_null(container) && !span_equal_text(walk_text(container), "@set") &&
        !span_equal_text(walk_text(container), "@index")) {
        return ERR_CONTEXT_REVERSE;
    }
    d->term.iri = iri;
    d->term.reverse = true;
    return ERR_OK;
}

/* Step 14.2.4: a term that looks like an IRI must mean that IRI. */
static enum err check_looks(struct context_entry *d, struct context_term *pending) {
    struct span self = {0};
    if (!d->has_colon && !d->has_slash) {
        return ERR_OK;
    }
    pending->pending = false;
    enum err err = context_build_expand(d->build, d->name, CONTEXT_VOCABULARY, &self);
    pending->pending = true;
    TRY(err);
    return span_equal(self, d->term.iri) ? ERR_OK : ERR_CONTEXT_IRI;
}

static bool ends_as_prefix(struct span iri) {
    return iri_is_blank(iri) || (iri.len > 0 && strchr(":/?#[]@", iri.ptr[iri.len - 1]) != NULL);
}

/* Step 14.2. */
static enum err set_id(struct context_entry *d, struct span id, struct context_term *pending) {
    if (id.ptr == NULL) {
        return ERR_CONTEXT_IRI;
    }
    d->ignored = keyword_like(id) && keyword_of(id) == KEYWORD_NOT;
    if (d->ignored) {
        return ERR_OK;
    }
    TRY(context_build_expand(d->build, id, CONTEXT_VOCABULARY, &d->term.iri));
    d->term.keyword = keyword_of(d->term.iri);
    if (d->term.keyword == KEYWORD_NOT && !any_iri(d->term.iri)) {
        return ERR_CONTEXT_IRI;
    }
    if (d->term.keyword == KEYWORD_CONTEXT) {
        return ERR_CONTEXT_ALIAS;
    }
    TRY(check_looks(d, pending));
    bool simple = !json_is_object(d->value);
    d->term.prefix = simple && !d->has_colon && !d->has_slash && span_find(d->name, ':', 0) == d->name.len &&
                     ends_as_prefix(d->term.iri);
    return ERR_OK;
}

/* Steps 15 to 18: a term without @id means itself, by its prefix, or by the vocabulary. */
static enum err set_own(struct context_entry *d, struct context_term *pending) {
    if (keyword_of(d->name) == KEYWORD_TYPE) {
        d->term.iri = d->name;
        d->term.keyword = KEYWORD_TYPE;
        return ERR_OK;
    }
    struct span iri = {0};
    pending->pending = false;
    enum err err = context_build_expand(d->build, d->name, CONTEXT_VOCABULARY | CONTEXT_BUILD_SELF, &iri);
    pending->pending = true;
    TRY(err);
    if (!any_iri(iri)) {
        return ERR_CONTEXT_IRI;
    }
    d->term.iri = iri;
    return ERR_OK;
}

static enum err set_iri(struct context_entry *d, struct context_term *pending) {
    const json_t *id = json_is_object(d->value) ? context_entry_get(d, "@id") : d->value;
    if (id != NULL && json_is_null(id)) {
        return ERR_OK; /* step 14.1 */
    }
    if (id != NULL && !(json_is_string(id) && span_equal(walk_text(id), d->name))) {
        return set_id(d, walk_text(id), pending);
    }
    return set_own(d, pending);
}

/* Steps 10 to 26. */
static enum err define(struct context_entry *d, struct context_term *pending) {
    TRY(check_entries(d));
    TRY(set_protected(d));
    TRY(set_type(d));
    if (context_entry_get(d, "@reverse") != NULL) {
        TRY(set_reverse(d));
    } else {
        TRY(set_iri(d, pending));
    }
    if (d->ignored) {
        return ERR_OK;
    }
    TRY(context_entry_container(d));
    TRY(context_entry_index(d)); /* of a reversed term too, as the suite has it */
    if (d->term.reverse) {
        return ERR_OK;
    }
    TRY(context_entry_scope(d));
    TRY(context_entry_text(d));
    return context_entry_nest_and_prefix(d);
}

/* Step 27: a protected definition stays unless it is said again. */
static enum err keep_protected(struct context_entry *d) {
    if (d->build->how->override) {
        return ERR_OK;
    }
    const struct context_term *previous = context_layer_search(d->build->result->top->below, d->name);
    if (previous == NULL || !previous->is_protected) {
        return ERR_OK;
    }
    if (!context_unit_same(previous, &d->term)) {
        return ERR_CONTEXT_PROTECTED;
    }
    d->term.is_protected = true;
    d->term.unit = d->term.scope == previous->scope ? previous->unit : NULL;
    return ERR_OK;
}

/* Steps 4 and 5: *ignored for what only looks like a keyword. */
static enum err check_name(const struct context_entry *d, bool *ignored) {
    if (d->name.len == 0) {
        return ERR_CONTEXT_TERM;
    }
    enum keyword keyword = keyword_of(d->name);
    *ignored = keyword == KEYWORD_NOT && keyword_like(d->name);
    if (keyword == KEYWORD_TYPE) {
        return check_type_keyword(d);
    }
    if (keyword != KEYWORD_NOT) {
        return ERR_CONTEXT_KEYWORD;
    }
    bool shaped = json_is_null(d->value) || json_is_string(d->value) || json_is_object(d->value);
    return shaped ? ERR_OK : ERR_CONTEXT_TERM;
}

/* What is used over and over must be short. */
static enum err check_lengths(const struct context_term *term) {
    bool long_iri = term->iri.len > LIMIT_CONTEXT_IRI_BYTES || term->type.len > LIMIT_CONTEXT_IRI_BYTES;
    return long_iri || term->language.len > LIMIT_LANGUAGE_BYTES ? ERR_CONTEXT_LARGE : ERR_OK;
}

static enum err define_new(struct context_build *build, struct span name, uint64_t hash) {
    struct context_term *term = NULL;
    bool ignored = false;
    struct context_entry d = {.build = build, .name = name, .value = context_build_entry(build, name)};
    TRY(check_name(&d, &ignored));
    if (ignored) {
        return ERR_OK;
    }
    size_t colon = span_find(name, ':', 1);
    d.has_colon = colon < name.len - 1;
    d.has_slash = span_find(name, '/', 0) < name.len;
    TRY(context_layer_add(build->layer, hash, name, &term));
    build->layer->any_colon = build->layer->any_colon || context_unit_has_colon(name);
    term->pending = true;
    term->absent = true;
    d.term = (struct context_term){.name = name, .hash = hash};
    TRY(define(&d, term));
    if (!d.ignored) {
        TRY(check_lengths(&d.term));
        TRY(keep_protected(&d));
        *term = d.term;
        build->layer->any_protected = build->layer->any_protected || term->is_protected;
    }
    return ERR_OK;
}

enum err context_build_term(struct context_build *build, struct span name) {
    uint64_t hash = hash_text(name);
    const struct context_term *known = context_layer_find(build->layer, hash, name);
    if (known != NULL) {
        return known->pending ? ERR_CONTEXT_CYCLE : ERR_OK;
    }
    return define_new(build, name, hash);
}
