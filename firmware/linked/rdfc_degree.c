/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "base/sort.h"
#include "linked/rdfc_run.h"

/* "_:c14n" or "_:b" and a number. */
#define IDENTIFIER_CHARS 16u
/* Bytes that one round of SHA-2 takes, about what any other step costs. */
#define STEP_BYTES 64u
/* Identifiers looked through in the time of a step. */
#define STEP_ISSUES 32u

/* A blank node beside the one being hashed, under the hash of how they are joined. */
struct related {
    struct rdfc_run_hash hash;
    uint32_t blank;
};

/* The best way so far through one group of related blank nodes. */
struct chosen {
    struct span path;
    const struct rdfc_run_issue *issued;
};

/* One group: the rooms for the path under way and the chosen one are swapped, never copied. */
struct group {
    uint32_t *order;   /* the permutation under way */
    uint32_t *waiting; /* those of it to descend into */
    uint32_t count;
    struct room path, best;
    unsigned depth;
};

enum err rdfc_run_spend(struct rdfc_run *run, size_t steps) {
    if (steps > run->work) {
        return ERR_RDFC_WORK;
    }
    run->work -= (uint32_t)steps;
    return ERR_OK;
}

enum err rdfc_run_put_hash(const struct rdfc_run *run, const struct rdfc_run_hash *hash, struct room *out) {
    static const char digits[] = "0123456789abcdef";
    uint8_t text[2 * CRYPTO_SHA384_BYTES];
    size_t chars = rdfc_run_hex_chars(run);
    for (size_t i = 0; i < chars / 2; i++) {
        text[2 * i] = (uint8_t)digits[hash->bytes[i] >> 4];
        text[2 * i + 1] = (uint8_t)digits[hash->bytes[i] & 15];
    }
    return room_put(out, span_of_bytes(text, chars));
}

enum err rdfc_run_put_number(const char *prefix, uint32_t number, struct room *out) {
    uint8_t digits[10];
    size_t count = 0;
    do {
        digits[sizeof digits - ++count] = (uint8_t)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    TRY(room_put_text(out, prefix));
    return room_put(out, span_of_bytes(digits + sizeof digits - count, count));
}

static const struct rdfc_run_issue *find(const struct rdfc_run_issue *issued, uint32_t blank,
                                         size_t *passed) {
    for (; issued != NULL && issued->blank != blank; issued = issued->before) {
        ++*passed;
    }
    return issued;
}

enum err rdfc_run_give(struct rdfc_run *run, const struct rdfc_run_issue **issued, uint32_t blank) {
    void *taken = NULL;
    TRY(arena_take(&run->issues, sizeof **issued, &taken));
    struct rdfc_run_issue *issue = taken;
    *issue = (struct rdfc_run_issue){*issued, blank, *issued == NULL ? 0 : (*issued)->number + 1};
    *issued = issue;
    return ERR_OK;
}

/* Append "_:" and the identifier of a blank node, canonical or temporary; *has says whether it has one. */
static enum err put_identifier(struct rdfc_run *run, const struct rdfc_run_issue *issued, uint32_t blank,
                               struct room *out, bool *has) {
    *has = true;
    if (run->labels[blank] != RDFC_UNLABELLED) {
        return rdfc_run_put_number("_:c14n", run->labels[blank], out);
    }
    size_t passed = 0;
    const struct rdfc_run_issue *issue = find(issued, blank, &passed);
    TRY(rdfc_run_spend(run, passed / STEP_ISSUES));
    *has = issue != NULL;
    return issue == NULL ? ERR_OK : rdfc_run_put_number("_:b", issue->number, out);
}

/* Section 4.7, Hash Related Blank Node. */
static enum err hash_related(struct rdfc_run *run, const struct rdf_quad *quad, char position, uint32_t blank,
                             const struct rdfc_run_issue *issued, struct rdfc_run_hash *out) {
    struct span predicate = run->set->terms[quad->predicate].text;
    size_t mark = run->arena->used;
    struct room room = {0};
    bool has = false;
    TRY(arena_room(run->arena, predicate.len + IDENTIFIER_CHARS + 2 * CRYPTO_SHA384_BYTES + 1, &room));
    TRY(room_put_byte(&room, (uint8_t)position));
    if (position != 'g') {
        TRY(room_put(&room, predicate));
    }
    TRY(put_identifier(run, issued, blank, &room, &has));
    if (!has) {
        TRY(rdfc_run_put_hash(run, &run->first[blank], &room));
    }
    TRY(rdfc_run_spend(run, 1 + room.len / STEP_BYTES));
    enum err err = rdfc_run_digest(run, room_span(&room), out);
    run->arena->used = mark;
    return err;
}

static int by_hash(void *ctx, const void *left, const void *right) {
    (void)ctx;
    const struct related *a = left;
    const struct related *b = right;
    int order = rdfc_run_order(&a->hash, &b->hash);
    return order != 0 ? order : (a->blank > b->blank) - (a->blank < b->blank);
}

/* Steps 1 to 3: all blank nodes that share a quad with this one, in the order of their hashes. */
static enum err find_related(struct rdfc_run *run, uint32_t blank, const struct rdfc_run_issue *issued,
                             struct related **out, size_t *count) {
    const uint32_t *quads = run->quads + run->from[blank];
    size_t quad_count = run->from[blank + 1] - run->from[blank];
    void *taken = NULL;
    TRY(arena_take(run->arena, 3 * quad_count * sizeof **out, &taken));
    *out = taken;
    *count = 0;
    for (size_t i = 0; i < quad_count; i++) {
        const struct rdf_quad *quad = &run->set->quads[quads[i]];
        const uint32_t terms[3] = {quad->subject, quad->object, quad->graph};
        for (unsigned part = 0; part < 3; part++) {
            uint32_t other = rdfc_run_blank(run, terms[part]);
            if (other != RDFC_UNLABELLED && other != blank) {
                struct related *related = &(*out)[(*count)++];
                related->blank = other;
                TRY(hash_related(run, quad, "sog"[part], other, issued, &related -> hash));
            }
        }
    }
    sort_items(*out, *count, sizeof **out, by_hash, NULL);
    return ERR_OK;
}

/* The next permutation in lexicographic order; false behind the last one. */
static bool permute(uint32_t *items, size_t count) {
    size_t pivot = count - 1;
    while (pivot > 0 && items[pivot - 1] >= items[pivot]) {
        pivot--;
    }
    if (pivot == 0) {
        return false;
    }
    size_t larger = count - 1;
    while (items[larger] <= items[pivot - 1]) {
        larger--;
    }
    uint32_t held = items[pivot - 1];
    items[pivot - 1] = items[larger];
    items[larger] = held;
    for (size_t a = pivot, b = count - 1; a < b; a++, b--) {
        held = items[a];
        items[a] = items[b];
        items[b] = held;
    }
    return true;
}

/* Steps 5.4.4.3 and 5.4.5.5: this way is no shorter than the chosen one and stands behind it. */
static bool is_worse(const struct group *group, const struct chosen *chosen) {
    if (chosen->path.len == 0 || group->path.len < chosen->path.len) {
        return false;
    }
    return memcmp(group->path.ptr, chosen->path.ptr, chosen->path.len) > 0 ||
           (group->path.len > chosen->path.len &&
            memcmp(group->path.ptr, chosen->path.ptr, chosen->path.len) == 0);
}

/* Step 5.4.6. */
static bool is_better(const struct group *group, const struct chosen *chosen) {
    size_t shared = group->path.len < chosen->path.len ? group->path.len : chosen->path.len;
    int order = shared == 0 ? 0 : memcmp(group->path.ptr, chosen->path.ptr, shared);
    return chosen->path.len == 0 || order < 0 || (order == 0 && group->path.len < chosen->path.len);
}

/* Step 5.4.4: name all of the permutation, and note those that are new. */
static enum err name_all(struct rdfc_run *run, struct group *group, const struct rdfc_run_issue **issued,
                         const struct chosen *chosen, uint32_t *waiting, bool *worse) {
    *waiting = 0;
    for (uint32_t i = 0; i < group->count && !*worse; i++) {
        bool has = false;
        TRY(put_identifier(run, *issued, group->order[i], &group->path, &has));
        if (!has) {
            group->waiting[(*waiting)++] = group->order[i];
            TRY(rdfc_run_give(run, issued, group->order[i]));
            TRY(rdfc_run_put_number("_:b", (*issued)->number, &group->path));
        }
        *worse = is_worse(group, chosen);
    }
    return ERR_OK;
}

/* Step 5.4.5: descend into those that are new. */
static enum err descend(struct rdfc_run *run, struct group *group, const struct rdfc_run_issue **issued,
                        const struct chosen *chosen, uint32_t waiting, bool *worse) {
    for (uint32_t i = 0; i < waiting && !*worse; i++) {
        struct rdfc_run_degree degree = {0};
        bool has = false;
        TRY(rdfc_run_n_degree(run, group->waiting[i], *issued, group->depth + 1, &degree));
        TRY(put_identifier(run, *issued, group->waiting[i], &group->path, &has));
        TRY(room_put_byte(&group->path, '<'));
        TRY(rdfc_run_put_hash(run, &degree.hash, &group->path));
        TRY(room_put_byte(&group->path, '>'));
        *issued = degree.issued;
        *worse = is_worse(group, chosen);
    }
    return ERR_OK;
}

/* Steps 5.2 to 5.4: the best path over all permutations. */
static enum err choose(struct rdfc_run *run, struct group *group, const struct rdfc_run_issue *issued,
                       struct chosen *chosen) {
    do {
        const struct rdfc_run_issue *copy = issued;
        bool worse = false;
        uint32_t waiting = 0;
        group->path.len = 0;
        TRY(rdfc_run_spend(run, 1 + group->count / STEP_ISSUES));
        TRY(name_all(run, group, &copy, chosen, &waiting, &worse));
        TRY(descend(run, group, &copy, chosen, waiting, &worse));
        if (!worse && is_better(group, chosen)) {
            struct room held = group->best;
            group->best = group->path;
            group->path = held;
            *chosen = (struct chosen){room_span(&group->best), copy};
        }
    } while (permute(group->order, group->count));
    return ERR_OK;
}

/* Memory for a group of related blank nodes, their numbers in ascending order. */
static enum err open_group(struct rdfc_run *run, const struct related *related, uint32_t count,
                           unsigned depth, struct group *out) {
    struct group group = {.count = count, .depth = depth};
    size_t path_bytes = count * (2 * IDENTIFIER_CHARS + 2 * CRYPTO_SHA384_BYTES + 2);
    void *order = NULL;
    TRY(arena_take(run->arena, 2 * count * sizeof *group.order, &order));
    TRY(arena_room(run->arena, path_bytes, &group.path));
    TRY(arena_room(run->arena, path_bytes, &group.best));
    group.order = order;
    group.waiting = group.order + count;
    for (uint32_t i = 0; i < count; i++) {
        group.order[i] = related[i].blank;
    }
    *out = group;
    return ERR_OK;
}

/* Step 5, for all groups; `data` has room for a hash and a path of each. */
static enum err hash_groups(struct rdfc_run *run, const struct related *related, size_t count, unsigned depth,
                            struct room *data, const struct rdfc_run_issue **issued) {
    for (size_t from = 0, to = 0; from < count; from = to) {
        struct group group = {0};
        struct chosen chosen = {0};
        while (to < count && rdfc_run_order(&related[from].hash, &related[to].hash) == 0) {
            to++;
        }
        size_t mark = run->arena->used;
        TRY(open_group(run, related + from, (uint32_t)(to - from), depth, &group));
        TRY(choose(run, &group, *issued, &chosen));
        TRY(rdfc_run_put_hash(run, &related[from].hash, data));
        TRY(room_put(data, chosen.path));
        run->arena->used = mark;
        *issued = chosen.issued;
    }
    return ERR_OK;
}

enum err rdfc_run_n_degree(struct rdfc_run *run, uint32_t blank, const struct rdfc_run_issue *issued,
                           unsigned depth, struct rdfc_run_degree *out) {
    size_t mark = run->arena->used;
    struct related *related = NULL;
    size_t count = 0;
    struct room data = {0};
    if (depth >= LIMIT_RDFC_DEPTH) {
        return ERR_RDFC_DEPTH;
    }
    TRY(find_related(run, blank, issued, &related, &count));
    TRY(arena_room(run->arena, count * (2 * IDENTIFIER_CHARS + 4 * CRYPTO_SHA384_BYTES + 2), &data));
    TRY(hash_groups(run, related, count, depth, &data, &issued));
    TRY(rdfc_run_spend(run, 1 + data.len / STEP_BYTES));
    TRY(rdfc_run_digest(run, room_span(&data), &out->hash));
    run->arena->used = mark;
    out->issued = issued;
    return ERR_OK;
}
