/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/context.h"

#include "base/limits.h"
#include "linked/context_build.h"
#include "linked/context_layer.h"
#include "linked/hash.h"
#include "linked/iri.h"
#include "linked/walk.h"

const struct context_term *context_find(const struct context *context, struct span name) {
    return context_layer_search(context->top, name);
}

enum keyword context_keyword(const struct context *context, struct span name) {
    enum keyword keyword = keyword_of(name);
    if (keyword != KEYWORD_NOT) {
        return keyword;
    }
    const struct context_term *term = context_find(context, name);
    return term == NULL ? KEYWORD_NOT : term->keyword;
}

/* A context under way, changed as the entries are applied; `from` is what the caller gave. */
struct processing {
    struct context_env *env;
    const struct context *from;
    const struct context *now;
    struct span base_url;
    const struct context_how *how;
    bool propagate;
};

static enum err fresh(struct processing *p, struct context **out) {
    void *taken = NULL;
    TRY(arena_take(p->env->arena, sizeof **out, &taken));
    *out = taken;
    **out = *p->now;
    return ERR_OK;
}

/* Step 5.1. */
static enum err nullify(struct processing *p) {
    struct context *context = NULL;
    if (!p->how->override && p->now->any_protected) {
        return ERR_CONTEXT_NULLIFIED;
    }
    TRY(fresh(p, &context));
    *context = (struct context){.base = p->now->original_base,
                                .original_base = p->now->original_base,
                                .previous = p->propagate ? NULL : p->now->previous};
    p->now = context;
    return ERR_OK;
}

static bool on_chain(const struct context_chain *chain, struct span address) {
    for (; chain != NULL; chain = chain->up) {
        if (span_equal(chain->address, address)) {
            return true;
        }
    }
    return false;
}

enum err context_spend(struct context_env *env, size_t terms) {
    if (terms > LIMIT_CONTEXT_WORK - env->work) {
        return ERR_CONTEXT_WORK;
    }
    env->work += (uint32_t)terms;
    return budget_spend(env->library == NULL ? NULL : env->library->budget, (uint64_t)terms * BUDGET_TERM);
}

enum err context_build_load(struct context_env *env, struct span base_url, const json_t *address,
                            const struct context_document **out) {
    struct span resolved = walk_text(address);
    if (iri_scheme(resolved) == 0) {
        TRY(iri_resolve(base_url, resolved, env->arena, &resolved));
    }
    const struct context_document *document =
        env->library == NULL ? NULL : env->library->find(env->library->ctx, resolved);
    if (document == NULL) {
        return ERR_CONTEXT_UNKNOWN;
    }
    if (document->context == NULL) {
        return ERR_CONTEXT_REMOTE;
    }
    *out = document;
    return ERR_OK;
}

/* Step 5.2. */
static enum err apply_address(struct processing *p, const json_t *address) {
    const struct context_document *document = NULL;
    const struct context_chain *up = p->how->chain;
    TRY(context_build_load(p->env, p->base_url, address, &document));
    if (p->how->no_validate && on_chain(up, document->address)) {
        return ERR_OK;
    }
    TRY(context_spend(p->env, 1));
    struct context_chain chain = {up, document->address, up == NULL ? 1 : up->depth + 1};
    if (chain.depth > LIMIT_CONTEXT_CHAIN) {
        return ERR_CONTEXT_OVERFLOW;
    }
    const struct context_how how = {.chain = &chain,
                                    .unit = document->unit,
                                    .override = p->how->override,
                                    .no_validate = p->how->no_validate};
    return context_process(p->env, p->now, document->context, document->address, &how, &p->now);
}

/* Steps 5.5 to 5.13: put the compiled layer on top where it fits, else make one. */
static enum err apply_object(struct processing *p, const json_t *object) {
    struct context *context = NULL;
    bool fits = false;
    TRY(fresh(p, &context));
    if (p->how->unit != NULL && p->how->unit->json == object) {
        TRY(context_unit_apply(p->env, p->how->unit, p->how->override, context, &fits));
    }
    if (!fits) {
        struct context_build build = {
            .env = p->env, .result = context, .base_url = p->base_url, .how = p->how};
        TRY(context_build_object(&build, object));
    }
    p->now = context;
    return ERR_OK;
}

/* Steps 2 and 3. */
static enum err begin(struct processing *p, const json_t *local) {
    const json_t *propagate = json_object_get(local, "@propagate");
    struct context *context = NULL;
    p->propagate = !p->how->no_propagate;
    if (propagate != NULL) {
        if (!json_is_boolean(propagate)) {
            return ERR_CONTEXT_PROPAGATE;
        }
        p->propagate = json_is_true(propagate);
    }
    if (!p->propagate && p->now->previous == NULL) {
        TRY(fresh(p, &context));
        context->previous = p->from;
        p->now = context;
    }
    return ERR_OK;
}

static enum err apply_each(struct processing *p, const json_t *local) {
    for (size_t i = 0; i < walk_count(local); i++) {
        const json_t *item = walk_item(local, i);
        if (json_is_null(item)) {
            TRY(nullify(p));
        } else if (json_is_string(item)) {
            TRY(apply_address(p, item));
        } else if (json_is_object(item)) {
            TRY(apply_object(p, item));
        } else {
            return ERR_CONTEXT_LOCAL;
        }
    }
    return ERR_OK;
}

/* The same context on the same others is met often: every item of a list has one type. */
static struct context_memo *memo_of(struct context_env *env, const struct context *on, const void *what) {
    uintptr_t mixed = ((uintptr_t)on >> 4) * 31 + ((uintptr_t)what >> 4);
    return &env->memos[(mixed ^ mixed >> 7) % CONTEXT_MEMOS];
}

enum err context_process(struct context_env *env, const struct context *active, const json_t *local,
                         struct span base_url, const struct context_how *how, const struct context **out) {
    struct context_memo *memo = memo_of(env, active, local);
    bool plain = how->chain == NULL && !how->no_validate;
    if (plain && memo->on == active && memo->what == local && memo->override == how->override &&
        memo->no_propagate == how->no_propagate) {
        *out = memo->result;
        return ERR_OK;
    }
    struct processing p = {env, active, active, base_url, how, true};
    TRY(begin(&p, local));
    TRY(apply_each(&p, local));
    *out = p.now;
    if (plain) {
        *memo = (struct context_memo){active, p.now, local, how->override, how->no_propagate};
    }
    return ERR_OK;
}

enum err context_enter(struct context_env *env, const struct context *active, const struct context_term *term,
                       bool override, bool no_propagate, const struct context **out) {
    const struct context_how how = {.unit = term->unit, .override = override, .no_propagate = no_propagate};
    return context_process(env, active, term->scope, term->scope_base, &how, out);
}
