/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/context_build.h"

#include "base/limits.h"
#include "linked/context_layer.h"
#include "linked/iri.h"
#include "linked/walk.h"

const json_t *context_build_entry(const struct context_build *build, struct span name) {
    const json_t *own = walk_get(build->own, name);
    return own != NULL || build->imported == NULL ? own : walk_get(build->imported, name);
}

static const json_t *setting(const struct context_build *build, const char *name) {
    return context_build_entry(build, span_of_text(name));
}

/* Step 5.5: 1.1, as a number. */
static enum err check_version(const struct context_build *build) {
    const json_t *version = setting(build, "@version");
    return version == NULL || (json_is_real(version) && json_real_value(version) == 1.1)
               ? ERR_OK
               : ERR_CONTEXT_VERSION;
}

/* Step 5.6: the entries of another context stand below those of this one. */
static enum err import(struct context_build *build) {
    const json_t *address = json_object_get(build->own, "@import");
    const struct context_document *document = NULL;
    if (address == NULL) {
        return ERR_OK;
    }
    if (!json_is_string(address)) {
        return ERR_CONTEXT_IMPORT;
    }
    TRY(context_build_load(build->env, build->base_url, address, &document));
    if (!json_is_object(document->context)) {
        return ERR_CONTEXT_REMOTE;
    }
    if (json_object_get(document->context, "@import") != NULL) {
        return ERR_CONTEXT_ENTRY;
    }
    build->imported = document->context;
    return ERR_OK;
}

/* Step 5.7: only the document's own context moves the base. */
static enum err set_base(struct context_build *build) {
    const json_t *value = setting(build, "@base");
    struct span text = walk_text(value);
    if (value == NULL || build->how->chain != NULL) {
        return ERR_OK;
    }
    if (json_is_null(value)) {
        build->result->base = (struct span){0};
        return ERR_OK;
    }
    if (text.ptr == NULL || (iri_scheme(text) == 0 && build->result->base.len == 0)) {
        return ERR_CONTEXT_BASE;
    }
    if (iri_scheme(text) > 0) {
        build->result->base = text;
        return ERR_OK;
    }
    return iri_resolve(build->result->base, text, build->env->arena, &build->result->base);
}

/* Step 5.8. */
static enum err set_vocab(struct context_build *build) {
    const json_t *value = setting(build, "@vocab");
    struct span text = walk_text(value);
    if (value == NULL) {
        return ERR_OK;
    }
    if (json_is_null(value)) {
        build->result->vocab = (struct span){0};
        return ERR_OK;
    }
    if (text.ptr == NULL) {
        return ERR_CONTEXT_VOCAB;
    }
    size_t colon = span_find(text, ':', 0);
    if (build->recording != NULL && !span_starts_with(span_slice(text, colon, text.len), "://")) {
        build->recording->unusable = true;
    }
    struct span vocab = {0};
    TRY(context_expand(build->env, build->result, text, CONTEXT_VOCABULARY | CONTEXT_DOCUMENT, &vocab));
    if (vocab.ptr == NULL || keyword_of(vocab) != KEYWORD_NOT) {
        return ERR_CONTEXT_VOCAB;
    }
    build->result->vocab = vocab;
    return vocab.len > LIMIT_CONTEXT_IRI_BYTES ? ERR_CONTEXT_LARGE : ERR_OK;
}

/* Step 5.9. */
static enum err set_language(struct context_build *build) {
    const json_t *value = setting(build, "@language");
    if (value != NULL && !json_is_null(value) && !json_is_string(value)) {
        return ERR_CONTEXT_LANGUAGE;
    }
    if (value != NULL) {
        build->result->language = walk_text(value);
    }
    return build->result->language.len > LIMIT_LANGUAGE_BYTES ? ERR_CONTEXT_LARGE : ERR_OK;
}

/* Step 5.10. */
static enum err set_direction(struct context_build *build) {
    const json_t *value = setting(build, "@direction");
    struct span text = walk_text(value);
    bool ltr = span_equal_text(text, "ltr");
    if (value == NULL) {
        return ERR_OK;
    }
    if (!json_is_null(value) && !ltr && !span_equal_text(text, "rtl")) {
        return ERR_CONTEXT_DIRECTION;
    }
    build->result->direction = json_is_null(value) ? CONTEXT_UNSET : ltr ? CONTEXT_LTR : CONTEXT_RTL;
    return ERR_OK;
}

static enum err set_switches(struct context_build *build) {
    const json_t *propagate = setting(build, "@propagate");
    const json_t *is_protected = setting(build, "@protected");
    if (propagate != NULL && !json_is_boolean(propagate)) {
        return ERR_CONTEXT_PROPAGATE;
    }
    if (is_protected != NULL && !json_is_boolean(is_protected)) {
        return ERR_CONTEXT_PROTECTED_VALUE;
    }
    build->protect = json_is_true(is_protected);
    return ERR_OK;
}

static bool is_setting(struct span name) {
    switch (keyword_of(name)) {
    case KEYWORD_BASE:
    case KEYWORD_DIRECTION:
    case KEYWORD_IMPORT:
    case KEYWORD_LANGUAGE:
    case KEYWORD_PROPAGATE:
    case KEYWORD_PROTECTED:
    case KEYWORD_VERSION:
    case KEYWORD_VOCAB:
        return true;
    default:
        return false;
    }
}

static enum err define_all(struct context_build *build, const json_t *entries) {
    for (struct walk walk = walk_over(entries); walk_next(&walk);) {
        if (!is_setting(walk.name)) {
            TRY(context_build_term(build, walk.name));
        }
    }
    return ERR_OK;
}

/* A layer with room for all entries, on top of the result. */
static enum err open_layer(struct context_build *build) {
    size_t most = json_object_size(build->own) + json_object_size(build->imported);
    if (most > LIMIT_CONTEXT_TERMS) {
        return ERR_CONTEXT_TERMS;
    }
    TRY(context_spend(build->env, most + 1));
    TRY(context_layer_open(build->env->arena, (uint32_t)most, &build->layer));
    return context_layer_push(build->env->arena, build->result, build->layer);
}

enum err context_build_object(struct context_build *build, const json_t *object) {
    build->own = object;
    TRY(check_version(build));
    TRY(import(build));
    TRY(open_layer(build));
    TRY(set_base(build));
    TRY(set_vocab(build));
    TRY(set_language(build));
    TRY(set_direction(build));
    TRY(set_switches(build));
    TRY(define_all(build, build->own));
    TRY(define_all(build, build->imported));
    build->result->any_protected = build->result->any_protected || build->layer->any_protected;
    build->result->any_colon = build->result->any_colon || build->layer->any_colon;
    return ERR_OK;
}
