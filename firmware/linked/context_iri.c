/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/context_build.h"
#include "linked/context_layer.h"
#include "linked/hash.h"
#include "linked/iri.h"

/* What IRI Expansion works on: a finished context, or one under way. */
struct lookup {
    struct context_env *env;
    const struct context *context;
    struct context_build *build;
};

bool context_is_iri(struct span text) {
    if (iri_scheme(text) == 0) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] <= ' ') {
            return false;
        }
    }
    return true;
}

static const struct context_term *look(const struct lookup *lookup, struct span name) {
    if (lookup->build == NULL || lookup->build->recording == NULL) {
        return context_layer_search(lookup->context->top, name);
    }
    const struct context_term *own = context_layer_find(lookup->build->layer, hash_text(name), name);
    if (own != NULL) {
        return own->absent ? NULL : own;
    }
    const struct context_term *term = context_layer_search(lookup->context->top->below, name);
    context_unit_note(lookup->build->recording, name, term);
    return term;
}

/* Steps 3 and 6.3: a name that the context under way defines is defined before it is used. */
static enum err need(const struct lookup *lookup, struct span name) {
    if (lookup->build == NULL || context_build_entry(lookup->build, name) == NULL ||
        keyword_of(name) != KEYWORD_NOT) {
        return ERR_OK;
    }
    return context_build_term(lookup->build, name);
}

static enum err joined(const struct lookup *lookup, struct span front, struct span back, struct span *out) {
    struct room room = {0};
    TRY(arena_room(lookup->env->arena, front.len + back.len + 1, &room)); /* one more: never no pointer */
    TRY(room_put(&room, front));
    TRY(room_put(&room, back));
    *out = room_span(&room);
    return ERR_OK;
}

/* Step 6: prefix and suffix; *done where that settled it. */
static enum err compact(const struct lookup *lookup, struct span name, unsigned as, struct span *out,
                        bool *done) {
    size_t colon = span_find(name, ':', 1);
    struct span prefix = span_slice(name, 0, colon);
    struct span suffix = span_slice(name, colon + 1, name.len);
    *done = true;
    *out = name;
    if (span_equal_text(prefix, "_") || span_starts_with(suffix, "//")) {
        return ERR_OK;
    }
    TRY(need(lookup, prefix));
    const struct context_term *term = look(lookup, prefix);
    if (term != NULL && term->iri.ptr != NULL && (term->prefix || (as & CONTEXT_BUILD_SELF) != 0)) {
        return joined(lookup, term->iri, suffix, out);
    }
    *done = context_is_iri(name);
    return ERR_OK;
}

static struct span vocab_of(const struct lookup *lookup) {
    struct context_build *build = lookup->build;
    if (build != NULL && build->recording != NULL && !build->recording->sets_vocab) {
        build->recording->needs_vocab = true;
    }
    return lookup->context->vocab;
}

static enum err relative(const struct lookup *lookup, struct span name, unsigned as, struct span *out) {
    struct span vocab = (as & CONTEXT_VOCABULARY) != 0 ? vocab_of(lookup) : (struct span){0};
    if (vocab.ptr != NULL) {
        return joined(lookup, vocab, name, out);
    }
    if ((as & CONTEXT_DOCUMENT) == 0) {
        *out = name;
        return ERR_OK;
    }
    if (lookup->build != NULL && lookup->build->recording != NULL) {
        lookup->build->recording->unusable = true;
    }
    return iri_resolve(lookup->context->base, name, lookup->env->arena, out);
}

static enum err expand(const struct lookup *lookup, struct span name, unsigned as, struct span *out) {
    bool done = false;
    if (name.ptr == NULL || keyword_like(name)) {
        *out = keyword_of(name) != KEYWORD_NOT ? name : (struct span){0};
        return ERR_OK;
    }
    TRY(need(lookup, name));
    const struct context_term *term = look(lookup, name);
    if (term != NULL && (term->keyword != KEYWORD_NOT || (as & CONTEXT_VOCABULARY) != 0)) {
        *out = term->iri;
        return ERR_OK;
    }
    if (span_find(name, ':', 1) < name.len) {
        TRY(compact(lookup, name, as, out, &done));
    }
    return done ? ERR_OK : relative(lookup, name, as, out);
}

enum err context_expand(struct context_env *env, const struct context *context, struct span name, unsigned as,
                        struct span *out) {
    const struct lookup lookup = {env, context, NULL};
    return expand(&lookup, name, as, out);
}

enum err context_build_expand(struct context_build *build, struct span name, unsigned as, struct span *out) {
    const struct lookup lookup = {build->env, build->result, build};
    return expand(&lookup, name, as, out);
}
