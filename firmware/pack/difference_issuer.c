/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "pack/difference_walk.h"
#include "pack/rows.h"

/* An issuer that is compared. */
struct comparing {
    struct difference_walk *walk;
    struct arena arena;
    struct difference_line line; /* identifier and name are filled in */
    int64_t before_row, after_row;
    bool changed;
};

/* A key's row; all zero is none. */
struct key_row {
    bool found;
    struct pack_key key;
    struct span kid, thumbprint;
};

enum err difference_walk_line(const struct difference_walk *walk, const struct difference_line *line) {
    const struct difference_listener *listener = walk->listener;
    return listener == NULL || listener->line == NULL ? ERR_OK : listener->line(listener->ctx, line);
}

static enum err read_key(sqlite3_stmt *row, struct arena *arena, struct key_row *out) {
    *out = (struct key_row){0};
    if (row == NULL) {
        return ERR_OK;
    }
    TRY(rows_step(row, &out->found));
    if (!out->found) {
        return ERR_OK;
    }
    struct span thumbprint = {0};
    TRY(rows_key(row, arena, &out->key));
    TRY(rows_copy(row, ROWS_KEY_COUNT, arena, &out->kid));
    TRY(rows_span(row, ROWS_KEY_COUNT + 1, SQLITE_BLOB, &thumbprint));
    if (thumbprint.len != CRYPTO_SHA256_BYTES) {
        return ERR_PACK_DAMAGED;
    }
    return arena_copy(arena, thumbprint, &out->thumbprint);
}

static unsigned changed_parts(const struct key_row *before, const struct key_row *after) {
    const struct pack_key *a = &before->key, *b = &after->key;
    unsigned parts = 0;
    parts |= a->withdrawn_at_s == 0 && b->withdrawn_at_s != 0 ? DIFFERENCE_PART_WITHDRAWN : 0u;
    parts |= a->withdrawn_at_s != 0 && b->withdrawn_at_s == 0 ? DIFFERENCE_PART_RESTORED : 0u;
    bool scope = a->for_status == b->for_status && span_equal(a->types, b->types) &&
                 span_equal(a->achievements, b->achievements);
    parts |= scope ? 0u : DIFFERENCE_PART_SCOPE;
    bool validity = a->valid_from_s == b->valid_from_s && a->valid_until_s == b->valid_until_s;
    parts |= validity ? 0u : DIFFERENCE_PART_VALIDITY;
    parts |= span_equal(before->kid, after->kid) ? 0u : DIFFERENCE_PART_KID;
    parts |= a->alg == b->alg ? 0u : DIFFERENCE_PART_ALGORITHM;
    parts |= a->unsigned_source == b->unsigned_source ? 0u : DIFFERENCE_PART_UNSIGNED;
    return parts;
}

static enum err say_key(struct comparing *c, enum difference_what what, const struct key_row *key,
                        unsigned parts) {
    struct difference_line line = c->line;
    line.what = what;
    line.parts = parts;
    line.kid = key->kid;
    memcpy(line.thumbprint, key->thumbprint.ptr, sizeof line.thumbprint);
    c->changed = true;
    return difference_walk_line(c->walk, &line);
}

static enum err compare_same_key(struct comparing *c, const struct key_row *before,
                                 const struct key_row *after) {
    struct difference_count *count = &c->walk->found.keys;
    unsigned parts = changed_parts(before, after);
    count->before++;
    count->after++;
    if (parts == 0) {
        return ERR_OK;
    }
    count->changed++;
    count->withdrawn += (parts & DIFFERENCE_PART_WITHDRAWN) != 0 ? 1 : 0;
    return say_key(c, DIFFERENCE_KEY_CHANGED, after, parts);
}

static enum err take_one_key(struct comparing *c, const struct key_row *key, bool added) {
    struct difference_count *count = &c->walk->found.keys;
    *(added ? &count->after : &count->before) += 1;
    *(added ? &count->added : &count->removed) += 1;
    return say_key(c, added ? DIFFERENCE_KEY_ADDED : DIFFERENCE_KEY_REMOVED, key, 0);
}

/* Below 0: the key at hand is only before; above: only after. */
static int key_order(const struct key_row *before, const struct key_row *after) {
    return !before->found ? 1 : !after->found ? -1 : span_order(before->thumbprint, after->thumbprint);
}

/* A merge of the keys of both, which come in the order of thumbprints. */
static enum err compare_keys(struct comparing *c, sqlite3_stmt *before, sqlite3_stmt *after) {
    struct key_row a = {0}, b = {0};
    struct arena halves[2] = {arena_over(c->arena.base + c->arena.used, 0), {0}};
    size_t half = (c->arena.size - c->arena.used) / 2 & ~(sizeof(max_align_t) - 1);
    halves[0].size = half;
    halves[1] = arena_over(halves[0].base + half, half);
    TRY(read_key(before, &halves[0], &a));
    TRY(read_key(after, &halves[1], &b));
    while (a.found || b.found) {
        int order = key_order(&a, &b);
        TRY(order == 0 ? compare_same_key(c, &a, &b) : take_one_key(c, order < 0 ? &a : &b, order > 0));
        if (order <= 0) {
            halves[0].used = 0;
            TRY(read_key(before, &halves[0], &a));
        }
        if (order >= 0) {
            halves[1].used = 0;
            TRY(read_key(after, &halves[1], &b));
        }
    }
    return ERR_OK;
}

/* A query of a side, or none where the issuer is not there. */
static enum err ask(struct difference_side *side, enum difference_side_query query, int64_t row,
                    sqlite3_stmt **out) {
    *out = NULL;
    return row == 0 ? ERR_OK : difference_side_query(side, query, row, out);
}

/* Whether the columns of the row at hand are alike. */
static enum err same_texts(sqlite3_stmt *a, sqlite3_stmt *b, int columns, bool *same) {
    for (int i = 0; i < columns; i++) {
        struct span one = {0}, other = {0};
        TRY(rows_span(a, i, SQLITE_TEXT, &one));
        TRY(rows_span(b, i, SQLITE_TEXT, &other));
        *same = *same && span_equal(one, other);
    }
    return ERR_OK;
}

/* The name of the side that is there last, in English, else the first. */
static enum err keep_name(struct comparing *c, sqlite3_stmt *row) {
    struct span language = {0};
    TRY(rows_span(row, 0, SQLITE_TEXT, &language));
    if (c->line.name.len == 0 || span_equal_text(language, "en")) {
        TRY(rows_copy(row, 1, &c->arena, &c->line.name));
    }
    return ERR_OK;
}

static enum err compare_names(struct comparing *c, sqlite3_stmt *before, sqlite3_stmt *after, bool *same) {
    for (bool a = true, b = true; a || b;) {
        bool one = false, other = false;
        TRY(a && before != NULL ? rows_step(before, &one) : ERR_OK);
        TRY(b && after != NULL ? rows_step(after, &other) : ERR_OK);
        a = one;
        b = other;
        *same = *same && a == b;
        if (a && b && *same) {
            TRY(same_texts(before, after, 2, same));
        }
        if (after != NULL ? b : a) {
            TRY(keep_name(c, after != NULL ? after : before));
        }
    }
    return ERR_OK;
}

static enum err compare_heads(struct comparing *c, unsigned *parts) {
    sqlite3_stmt *before = NULL, *after = NULL;
    bool found = false, same = true;
    int64_t a = 0, b = 0;
    TRY(ask(&c->walk->before, DIFFERENCE_SIDE_ISSUER, c->before_row, &before));
    TRY(ask(&c->walk->after, DIFFERENCE_SIDE_ISSUER, c->after_row, &after));
    if (before == NULL || after == NULL) {
        return ERR_OK;
    }
    TRY(rows_step(before, &found));
    TRY(found ? rows_step(after, &found) : ERR_PACK_DAMAGED);
    TRY(found ? ERR_OK : ERR_PACK_DAMAGED);
    TRY(same_texts(before, after, 1, &same));
    TRY(rows_number(before, 1, &a));
    TRY(rows_number(after, 1, &b));
    *parts |= same ? 0u : DIFFERENCE_PART_TERRITORY;
    *parts |= (a != 0) == (b != 0) ? 0u : DIFFERENCE_PART_UNSIGNED;
    return ERR_OK;
}

static enum err say_issuer(struct comparing *c, unsigned parts) {
    c->line.what = c->before_row == 0  ? DIFFERENCE_ISSUER_ADDED
                   : c->after_row == 0 ? DIFFERENCE_ISSUER_REMOVED
                                       : DIFFERENCE_ISSUER_CHANGED;
    bool both = c->before_row != 0 && c->after_row != 0;
    c->line.parts = both ? parts : 0;
    c->changed = c->changed || (both && parts != 0);
    return !both || parts != 0 ? difference_walk_line(c->walk, &c->line) : ERR_OK;
}

static enum err compare_issuer(struct comparing *c) {
    sqlite3_stmt *before = NULL, *after = NULL;
    bool same = true;
    unsigned parts = 0;
    TRY(compare_heads(c, &parts));
    TRY(ask(&c->walk->before, DIFFERENCE_SIDE_NAMES, c->before_row, &before));
    TRY(ask(&c->walk->after, DIFFERENCE_SIDE_NAMES, c->after_row, &after));
    TRY(compare_names(c, before, after, &same));
    TRY(say_issuer(c, parts | (same ? 0u : DIFFERENCE_PART_NAME)));
    TRY(ask(&c->walk->before, DIFFERENCE_SIDE_KEYS, c->before_row, &before));
    TRY(ask(&c->walk->after, DIFFERENCE_SIDE_KEYS, c->after_row, &after));
    return compare_keys(c, before, after);
}

enum err difference_walk_issuer(struct difference_walk *walk, struct span identifier, int64_t before_row,
                                int64_t after_row, bool *changed) {
    struct comparing c = {.walk = walk,
                          .arena = arena_over(walk->memory, sizeof walk->memory),
                          .line = {.identifier = identifier},
                          .before_row = before_row,
                          .after_row = after_row};
    TRY(compare_issuer(&c));
    *changed = c.changed;
    return ERR_OK;
}
