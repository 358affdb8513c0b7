/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sort.h"
#include "linked/rdfc_run.h"

/* Room for the four parts of a line beside its terms: blanks are three characters long here. */
#define LINE_EXTRA 24u

size_t rdfc_run_hex_chars(const struct rdfc_run *run) {
    return 2 * (run->hash == RDFC_SHA384 ? CRYPTO_SHA384_BYTES : CRYPTO_SHA256_BYTES);
}

uint32_t rdfc_run_blank(const struct rdfc_run *run, uint32_t term) {
    const struct rdf_term *found = &run->set->terms[term];
    return found->kind == RDF_BLANK ? found->blank : RDFC_UNLABELLED;
}

enum err rdfc_run_digest(const struct rdfc_run *run, struct span bytes, struct rdfc_run_hash *out) {
    *out = (struct rdfc_run_hash){0};
    return run->hash == RDFC_SHA384 ? crypto_sha384(bytes, out->bytes) : crypto_sha256(bytes, out->bytes);
}

int rdfc_run_order(const struct rdfc_run_hash *a, const struct rdfc_run_hash *b) {
    return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

/* The blank nodes of a quad, each once; how many. */
static unsigned blanks_of(const struct rdfc_run *run, uint32_t quad, uint32_t out[3]) {
    const struct rdf_quad *q = &run->set->quads[quad];
    const uint32_t all[3] = {rdfc_run_blank(run, q->subject), rdfc_run_blank(run, q->object),
                             rdfc_run_blank(run, q->graph)};
    unsigned count = 0;
    for (unsigned i = 0; i < 3; i++) {
        bool known = (count > 0 && all[i] == out[0]) || (count > 1 && all[i] == out[1]);
        if (all[i] != RDFC_UNLABELLED && !known) {
            out[count++] = all[i];
        }
    }
    return count;
}

/* Count the quads of each blank node, then lay them side by side. */
static enum err index_quads(struct rdfc_run *run) {
    uint32_t blanks[3];
    void *from = NULL;
    void *quads = NULL;
    uint32_t total = 0;
    TRY(arena_take(run->arena, (run->set->blank_count + 2) * sizeof *run->from, &from));
    uint32_t *at = from;
    for (uint32_t i = 0; i < run->set->quad_count; i++) {
        for (unsigned count = blanks_of(run, i, blanks); count > 0; count--, total++) {
            at[blanks[count - 1] + 2]++;
        }
    }
    TRY(arena_take(run->arena, total * sizeof *run->quads, &quads));
    for (uint32_t b = 2; b < run->set->blank_count + 2; b++) {
        at[b] += at[b - 1];
    }
    for (uint32_t i = 0; i < run->set->quad_count; i++) {
        for (unsigned count = blanks_of(run, i, blanks); count > 0; count--) {
            ((uint32_t *)quads)[at[blanks[count - 1] + 1]++] = i; /* at[b + 1] ends where b + 1 begins */
        }
    }
    run->from = at;
    run->quads = quads;
    return ERR_OK;
}

static enum err put_term(const struct rdfc_run *run, uint32_t term, uint32_t self, struct room *out) {
    uint32_t blank = rdfc_run_blank(run, term);
    if (blank != RDFC_UNLABELLED) {
        return room_put_text(out, blank == self ? "_:a" : "_:z");
    }
    return room_put(out, run->set->terms[term].text);
}

static enum err put_line(const struct rdfc_run *run, uint32_t quad, uint32_t self, struct room *out) {
    const struct rdf_quad *q = &run->set->quads[quad];
    TRY(put_term(run, q->subject, self, out));
    TRY(room_put_byte(out, ' '));
    TRY(put_term(run, q->predicate, self, out));
    TRY(room_put_byte(out, ' '));
    TRY(put_term(run, q->object, self, out));
    if (q->graph != 0) {
        TRY(room_put_byte(out, ' '));
        TRY(put_term(run, q->graph, self, out));
    }
    return room_put_text(out, " .\n");
}

static size_t line_bytes(const struct rdfc_run *run, uint32_t quad) {
    const struct rdf_quad *q = &run->set->quads[quad];
    const struct rdf_term *terms = run->set->terms;
    return terms[q->subject].text.len + terms[q->predicate].text.len + terms[q->object].text.len +
           terms[q->graph].text.len + LINE_EXTRA;
}

static int by_bytes(void *ctx, const void *left, const void *right) {
    (void)ctx;
    return span_order(*(const struct span *)left, *(const struct span *)right);
}

/* The lines in order, one after the other, hashed. */
static enum err digest_lines(const struct rdfc_run *run, struct span *lines, size_t count,
                             struct room *joined, struct rdfc_run_hash *out) {
    sort_items(lines, count, sizeof *lines, by_bytes, NULL);
    for (size_t i = 0; i < count; i++) {
        TRY(room_put(joined, lines[i]));
    }
    return rdfc_run_digest(run, room_span(joined), out);
}

static enum err first_degree(const struct rdfc_run *run, uint32_t blank) {
    const uint32_t *quads = run->quads + run->from[blank];
    size_t count = run->from[blank + 1] - run->from[blank];
    size_t bytes = 0;
    void *lines = NULL;
    struct room room = {0};
    struct room joined = {0};
    for (size_t i = 0; i < count; i++) {
        bytes += line_bytes(run, quads[i]);
    }
    TRY(arena_take(run->arena, count * sizeof(struct span), &lines));
    TRY(arena_room(run->arena, bytes, &room));
    TRY(arena_room(run->arena, bytes, &joined));
    for (size_t i = 0; i < count; i++) {
        size_t start = room.len;
        TRY(put_line(run, quads[i], blank, &room));
        ((struct span *)lines)[i] = span_slice(room_span(&room), start, room.len - start);
    }
    return digest_lines(run, lines, count, &joined, &run->first[blank]);
}

enum err rdfc_run_first_degree(struct rdfc_run *run) {
    void *first = NULL;
    TRY(index_quads(run));
    TRY(arena_take(run->arena, run->set->blank_count * sizeof *run->first, &first));
    run->first = first;
    for (uint32_t b = 0; b < run->set->blank_count; b++) {
        size_t mark = run->arena->used;
        TRY(first_degree(run, b));
        run->arena->used = mark;
    }
    return ERR_OK;
}
