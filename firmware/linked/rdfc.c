/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/rdfc.h"

#include "base/limits.h"
#include "base/sort.h"
#include "linked/rdfc_run.h"

/* What a line takes beside the texts of its terms: four canonical labels, separators, the end. */
#define LINE_EXTRA 72u

/* A blank node under the hash of its own quads. */
struct entry {
    struct rdfc_run_hash hash;
    uint32_t blank;
};

/* What a blank node led to, where its own quads did not tell it from others. */
struct outcome {
    const struct rdfc_run_degree *degree;
};

static int by_hash(void *ctx, const void *left, const void *right) {
    (void)ctx;
    const struct entry *a = left;
    const struct entry *b = right;
    int order = rdfc_run_order(&a->hash, &b->hash);
    return order != 0 ? order : (a->blank > b->blank) - (a->blank < b->blank);
}

static int by_degree(void *ctx, const void *left, const void *right) {
    (void)ctx;
    return rdfc_run_order(&((const struct outcome *)left)->degree->hash,
                          &((const struct outcome *)right)->degree->hash);
}

static void label(struct rdfc_run *run, uint32_t blank) {
    if (run->labels[blank] == RDFC_UNLABELLED) {
        run->labels[blank] = run->labelled++;
    }
}

/* All identifiers that were given, in the order in which they were: the list runs backwards. */
static enum err label_issued(struct rdfc_run *run, const struct rdfc_run_issue *issued) {
    size_t mark = run->arena->used;
    size_t count = issued == NULL ? 0 : issued->number + 1;
    void *taken = NULL;
    TRY(arena_take(run->arena, count * sizeof(uint32_t), &taken));
    uint32_t *order = taken;
    for (size_t at = count; at > 0; at--, issued = issued->before) {
        order[at - 1] = issued->blank;
    }
    for (size_t i = 0; i < count; i++) {
        label(run, order[i]);
    }
    run->arena->used = mark;
    return ERR_OK;
}

/* Section 4.4.3 step 5, for one hash that several blank nodes share. */
static enum err tell_apart(struct rdfc_run *run, const struct entry *entries, size_t count) {
    size_t mark = run->arena->used;
    size_t kept = 0;
    void *degrees = NULL;
    void *taken = NULL;
    TRY(arena_take(run->arena, count * sizeof(struct rdfc_run_degree), &degrees));
    TRY(arena_take(run->arena, count * sizeof(struct outcome), &taken));
    struct outcome *outcomes = taken;
    for (size_t i = 0; i < count; i++) {
        struct rdfc_run_degree *degree = (struct rdfc_run_degree *)degrees + i;
        const struct rdfc_run_issue *issued = NULL;
        if (run->labels[entries[i].blank] == RDFC_UNLABELLED) {
            TRY(rdfc_run_give(run, &issued, entries[i].blank));
            TRY(rdfc_run_n_degree(run, entries[i].blank, issued, 0, degree));
            outcomes[kept++].degree = degree;
        }
    }
    sort_items(outcomes, kept, sizeof *outcomes, by_degree, NULL);
    for (size_t i = 0; i < kept; i++) {
        TRY(label_issued(run, outcomes[i].degree->issued));
    }
    run->issues.used = 0;
    run->arena->used = mark;
    return ERR_OK;
}

/* Entries from `from` on that share a hash. */
static size_t run_length(const struct entry *entries, size_t from, size_t count) {
    size_t to = from + 1;
    while (to < count && rdfc_run_order(&entries[from].hash, &entries[to].hash) == 0) {
        to++;
    }
    return to - from;
}

/* Steps 4 and 5: those with a hash of their own first, then the others. */
static enum err label_all(struct rdfc_run *run, const struct entry *entries, size_t count) {
    for (size_t i = 0, n = 0; i < count; i += n) {
        n = run_length(entries, i, count);
        if (n == 1) {
            label(run, entries[i].blank);
        }
    }
    for (size_t i = 0, n = 0; i < count; i += n) {
        n = run_length(entries, i, count);
        if (n > 1) {
            TRY(tell_apart(run, entries + i, n));
        }
    }
    return ERR_OK;
}

/* The memory for identifiers: as many as the work allows, or a third of what there is. */
static enum err open_issues(struct rdfc_run *run) {
    size_t third = (run->arena->size - run->arena->used) / 3;
    size_t most = run->work * sizeof(struct rdfc_run_issue);
    size_t bytes = most < third ? most : third;
    run->issues = arena_over(run->arena->base + run->arena->size - bytes, bytes);
    run->issues.base -= (uintptr_t)run->issues.base % _Alignof(max_align_t);
    run->arena->size = (size_t)(run->issues.base - run->arena->base);
    return ERR_OK;
}

static enum err label_blanks(struct rdfc_run *run) {
    uint32_t count = run->set->blank_count;
    size_t kept = 0;
    void *taken = NULL;
    TRY(rdfc_run_first_degree(run));
    TRY(arena_take(run->arena, count * sizeof(struct entry), &taken));
    struct entry *entries = taken;
    for (uint32_t b = 0; b < count; b++) {
        run->labels[b] = RDFC_UNLABELLED;
        if (run->from[b + 1] > run->from[b]) {
            entries[kept++] = (struct entry){run->first[b], b};
        }
    }
    sort_items(entries, kept, sizeof *entries, by_hash, NULL);
    return label_all(run, entries, kept);
}

/* How a document is written: with the labels of a run, or with names that are given. */
struct writing {
    const struct rdf_dataset *set;
    const uint32_t *labels;
    const struct span *names;
    struct arena *arena;
};

static enum err put_term(const struct writing *w, uint32_t number, struct room *out) {
    const struct rdf_term *term = &w->set->terms[number];
    if (term->kind != RDF_BLANK) {
        return room_put(out, term->text);
    }
    return w->names != NULL ? room_put(out, w->names[term->blank])
                            : rdfc_run_put_number("_:c14n", w->labels[term->blank], out);
}

static enum err put_quad(const struct writing *w, const struct rdf_quad *quad, struct room *out) {
    TRY(put_term(w, quad->subject, out));
    TRY(room_put_byte(out, ' '));
    TRY(put_term(w, quad->predicate, out));
    TRY(room_put_byte(out, ' '));
    TRY(put_term(w, quad->object, out));
    if (quad->graph != 0) {
        TRY(room_put_byte(out, ' '));
        TRY(put_term(w, quad->graph, out));
    }
    return room_put_text(out, " .\n");
}

static int by_bytes(void *ctx, const void *left, const void *right) {
    (void)ctx;
    return span_order(*(const struct span *)left, *(const struct span *)right);
}

static size_t term_bytes(const struct writing *w, uint32_t number) {
    const struct rdf_term *term = &w->set->terms[number];
    return term->kind == RDF_BLANK && w->names != NULL ? w->names[term->blank].len : term->text.len;
}

static size_t text_bytes(const struct writing *w) {
    size_t bytes = 0;
    for (uint32_t i = 0; i < w->set->quad_count; i++) {
        const struct rdf_quad *q = &w->set->quads[i];
        bytes += term_bytes(w, q->subject) + term_bytes(w, q->predicate) + term_bytes(w, q->object) +
                 term_bytes(w, q->graph) + LINE_EXTRA;
    }
    return bytes;
}

/* Every quad as a line, in any order, into scratch memory that the caller gives back. */
static enum err write_lines(const struct writing *w, size_t bytes, struct span *lines) {
    struct room room = {0};
    TRY(arena_room(w->arena, bytes, &room));
    for (uint32_t i = 0; i < w->set->quad_count; i++) {
        size_t start = room.len;
        TRY(put_quad(w, &w->set->quads[i], &room));
        lines[i] = span_slice(room_span(&room), start, room.len - start);
    }
    sort_items(lines, w->set->quad_count, sizeof *lines, by_bytes, NULL);
    return ERR_OK;
}

/* Steps 6 and 7: the document, its lines in code point order. */
static enum err write_form(const struct writing *w, struct rdfc_form *out) {
    uint32_t count = w->set->quad_count;
    size_t bytes = text_bytes(w);
    struct room text = {0};
    void *taken = NULL;
    TRY(arena_take(w->arena, count * sizeof(struct span), &taken));
    TRY(arena_room(w->arena, bytes, &text));
    struct span *lines = taken;
    size_t mark = w->arena->used;
    TRY(write_lines(w, bytes, lines));
    for (uint32_t i = 0; i < count; i++) {
        size_t start = text.len;
        TRY(room_put(&text, lines[i]));
        lines[i] = span_slice(room_span(&text), start, text.len - start);
    }
    w->arena->used = mark;
    *out = (struct rdfc_form){room_span(&text), lines, count, w->labels};
    return ERR_OK;
}

/* What the form costs is known before its blank nodes are told apart; so is that it has no room. */
static enum err spend_on_form(const struct rdf_dataset *set, const struct arena *arena) {
    const struct writing writing = {.set = set};
    size_t bytes = text_bytes(&writing);
    if (bytes > arena->size - arena->used) {
        return ERR_NO_ROOM;
    }
    return budget_spend(set->budget, (uint64_t)set->quad_count * BUDGET_QUAD + bytes / BUDGET_BYTES);
}

static enum err spend_on_blanks(const struct rdfc_run *run) {
    return budget_spend(run->set->budget, (uint64_t)(LIMIT_RDFC_WORK - run->work) * BUDGET_BLANK);
}

enum err rdfc_canonize(const struct rdf_dataset *set, enum rdfc_hash hash, struct arena *arena,
                       struct rdfc_form *out) {
    struct rdfc_run run = {.set = set, .arena = arena, .hash = hash, .work = LIMIT_RDFC_WORK};
    size_t size = arena->size;
    void *labels = NULL;
    TRY(spend_on_form(set, arena));
    TRY(arena_take(arena, (set->blank_count + 1) * sizeof(uint32_t), &labels));
    run.labels = labels;
    size_t mark = arena->used;
    enum err err = open_issues(&run);
    err = err == ERR_OK ? label_blanks(&run) : err;
    enum err spent = spend_on_blanks(&run);
    err = err == ERR_OK ? spent : err;
    arena->size = size;
    arena->used = mark;
    const struct writing writing = {set, run.labels, NULL, arena};
    return err == ERR_OK ? write_form(&writing, out) : err;
}

enum err rdfc_rename(const struct rdf_dataset *set, const struct span *names, struct arena *arena,
                     struct rdfc_form *out) {
    const struct writing writing = {set, NULL, names, arena};
    return write_form(&writing, out);
}
