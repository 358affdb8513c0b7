/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "linked/expand_run.h"
#include "linked/iri.h"
#include "linked/walk.h"

enum err expand_run_new(struct expand_run *run, struct tree_object **out) {
    void *taken = NULL;
    if (run->nodes >= LIMIT_EXPAND_NODES) {
        return ERR_EXPAND_NODES;
    }
    run->nodes++;
    TRY(budget_spend(run->env.library == NULL ? NULL : run->env.library->budget, BUDGET_NODE));
    TRY(arena_take(run->arena, sizeof **out, &taken));
    *out = taken;
    return ERR_OK;
}

enum err expand_run_wrap(struct expand_run *run, enum keyword keyword, struct tree_items items,
                         struct tree_object **out) {
    TRY(expand_run_new(run, out));
    (*out)->has = TREE_HAS(keyword);
    if (keyword == KEYWORD_GRAPH) {
        (*out)->graph = items;
    } else {
        (*out)->list = items;
    }
    return ERR_OK;
}

enum err expand_run_small(struct expand_run *run, struct span tag, struct span *out) {
    struct room room = {0};
    bool small = true;
    for (size_t i = 0; i < tag.len; i++) {
        small = small && !(tag.ptr[i] >= 'A' && tag.ptr[i] <= 'Z');
    }
    if (small) {
        *out = tag;
        return ERR_OK;
    }
    TRY(arena_room(run->arena, tag.len, &room));
    for (size_t i = 0; i < tag.len; i++) {
        bool capital = tag.ptr[i] >= 'A' && tag.ptr[i] <= 'Z';
        TRY(room_put_byte(&room, (uint8_t)(capital ? tag.ptr[i] + 32 : tag.ptr[i])));
    }
    *out = room_span(&room);
    return ERR_OK;
}

/* Steps 1 and 2: text that stands for a node. */
static enum err reference(struct expand_run *run, const struct context *context, unsigned as,
                          struct span text, struct tree_object **out) {
    struct span id = {0};
    TRY(context_expand(&run->env, context, text, as, &id));
    if (id.ptr == NULL) {
        TRY(expand_run_drop(run, ERR_SAFE_DROPPED));
    } else if (!run->lenient && !context_is_iri(id) && !iri_is_blank(id)) {
        return ERR_SAFE_RELATIVE;
    }
    TRY(expand_run_new(run, out));
    (*out)->has = TREE_HAS(KEYWORD_ID);
    (*out)->id = id;
    return ERR_OK;
}

/* Step 5: the language and direction of text, the term's before the context's. */
static enum err describe(struct expand_run *run, const struct context *context,
                         const struct context_term *term, struct tree_object *value) {
    bool own_language = term != NULL && term->has_language;
    bool own_direction = term != NULL && term->direction != CONTEXT_UNSET;
    struct span language = own_language ? term->language : context->language;
    enum context_direction direction = own_direction ? term->direction : context->direction;
    if (language.ptr != NULL) {
        TRY(expand_run_small(run, language, &value->language));
        value->has |= TREE_HAS(KEYWORD_LANGUAGE);
    }
    if (direction == CONTEXT_LTR || direction == CONTEXT_RTL) {
        value->direction = direction;
        value->has |= TREE_HAS(KEYWORD_DIRECTION);
    }
    return ERR_OK;
}

enum err expand_run_text(struct expand_run *run, const struct context *context,
                         const struct context_term *term, struct span text, const json_t *scalar,
                         struct tree_object **out) {
    enum keyword type = term == NULL ? KEYWORD_NOT : term->type_keyword;
    bool is_text = scalar == NULL || json_is_string(scalar);
    if (is_text && type == KEYWORD_ID) {
        return reference(run, context, CONTEXT_DOCUMENT, text, out);
    }
    if (is_text && type == KEYWORD_VOCAB) {
        return reference(run, context, CONTEXT_DOCUMENT | CONTEXT_VOCABULARY, text, out);
    }
    TRY(expand_run_new(run, out));
    (*out)->has = TREE_HAS(KEYWORD_VALUE);
    (*out)->value = scalar;
    (*out)->text = text;
    if (term != NULL && term->type.ptr != NULL && type != KEYWORD_ID && type != KEYWORD_VOCAB &&
        type != KEYWORD_NONE) {
        return tree_put_type(run->arena, *out, term->type);
    }
    return is_text ? describe(run, context, term, *out) : ERR_OK;
}

enum err expand_run_scalar(struct expand_run *run, const struct context *context,
                           const struct context_term *term, const json_t *scalar, struct tree_object **out) {
    return expand_run_text(run, context, term, walk_text(scalar), scalar, out);
}
