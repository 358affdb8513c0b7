/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "codec/jsontext.h"
#include "credctl/build/join.h"
#include "credctl/build/merge_pieces.h"
#include "credctl/build/name_index.h"
#include "credctl/build/since.h"
#include "credctl/build/workspace.h"

/* Issuers between two steps of a progress. */
#define STEP_ISSUERS 1000u

struct merge {
    struct merge_pieces pieces;
    struct name_index owners; /* identifiers to groups */
    struct join join;
    struct since withdrawn; /* keys under the names of those whom they are withdrawn from */
    int64_t now_s;
    merge_step step;
    void *ctx;
    uint64_t bytes_done, bytes_all;
};

/* Note under each of its names which keys a list withdraws from an issuer. */
static enum err note_withdrawn(struct merge *merge, const json_t *issuer) {
    const json_t *keys = json_object_get(issuer, "keys"), *names = json_object_get(issuer, "identifiers");
    struct issuer_file_key *key = NULL; /* few need one: it is large */
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < json_array_size(keys); i++) {
        if (jsontext_span(json_object_get(json_array_get(keys, i), "withdrawn_at")).len == 0) {
            continue;
        }
        key = key != NULL ? key : malloc(sizeof *key);
        err = key == NULL ? ERR_NO_MEMORY : issuer_file_key(issuer, i, key);
        for (size_t n = 0; err == ERR_OK && n < json_array_size(names); n++) {
            err = since_note(&merge->withdrawn, jsontext_span(json_array_get(names, n)), &key->key.key,
                             key->key.withdrawn_at_s);
        }
    }
    free(key);
    return err;
}

/* Withdraw what is withdrawn under a name, at the earliest of these times. */
static enum err withdraw_under(struct merge *merge, struct span name) {
    for (size_t i = 0; i < issuer_file_keys(merge->join.issuer); i++) {
        int64_t withdrawn_s = 0;
        TRY(since_find(&merge->withdrawn, name, &merge->join.keys[i], 0, &withdrawn_s));
        int64_t listed_s = 0;
        TRY(issuer_file_withdrawn(merge->join.issuer, i, &listed_s));
        if (withdrawn_s != 0 && (listed_s == 0 || withdrawn_s < listed_s)) {
            TRY(issuer_file_withdraw_key(merge->join.issuer, i, withdrawn_s));
        }
    }
    return ERR_OK;
}

/* The lists of an issuer may name it by identifiers that are another's here: what was withdrawn there is withdrawn here, or a
 * thief would take the other name. */
static enum err withdraw_all(struct merge *merge, const json_t *names) {
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < json_array_size(names); i++) {
        err = withdraw_under(merge, jsontext_span(json_array_get(names, i)));
    }
    return err;
}

/* The owners of a piece's identifiers, and whether it brings further ones. */
struct claims {
    uint32_t groups[JOIN_PIECES_MAX];
    size_t count;
    bool brings;
};

static enum err note_claim(const struct merge *merge, struct span identifier, struct claims *claims) {
    bool found = false;
    uint32_t group = 0;
    TRY(name_index_find(&merge->owners, identifier, &found, &group));
    claims->brings = claims->brings || !found;
    for (size_t i = 0; found && i < claims->count; i++) {
        found = claims->groups[i] != group;
    }
    if (!found) {
        return ERR_OK;
    }
    if (claims->count == JOIN_PIECES_MAX) {
        return ERR_LISTS_MANY;
    }
    claims->groups[claims->count++] = group;
    return ERR_OK;
}

/* Give the identifiers that nobody has to a group. */
static enum err give(struct merge *merge, const json_t *identifiers, uint32_t group) {
    for (size_t i = 0; i < json_array_size(identifiers); i++) {
        TRY(name_index_put(&merge->owners, jsontext_span(json_array_get(identifiers, i)), group));
    }
    return ERR_OK;
}

/* A piece that is weaker than the issuer it speaks of lends it keys, and nothing else. */
static enum err settle(struct merge *merge, const json_t *identifiers, uint32_t piece,
                       struct claims *claims) {
    uint32_t group = 0;
    for (size_t i = 0; i < claims->count; i++) {
        TRY(merge_pieces_join(&merge->pieces, claims->groups[i], piece));
    }
    if (!claims->brings) {
        return ERR_OK;
    }
    if (claims->count > 0 && merge_pieces_may_extend(&merge->pieces, claims->groups[0], piece)) {
        return give(merge, identifiers, claims->groups[0]);
    }
    TRY(merge_pieces_begin(&merge->pieces, piece, jsontext_span(json_array_get(identifiers, 0)), &group));
    return give(merge, identifiers, group);
}

static enum err add_piece(struct merge *merge, const json_t *issuer, uint32_t piece, bool by_hand) {
    const json_t *identifiers = json_object_get(issuer, "identifiers");
    struct claims *claims = calloc(1, sizeof *claims);
    enum err err = claims == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < json_array_size(identifiers); i++) {
        err = note_claim(merge, jsontext_span(json_array_get(identifiers, i)), claims);
    }
    if (err == ERR_OK && by_hand && claims->count > 0) {
        err = ERR_LISTS_TWICE;
    }
    if (err == ERR_OK) {
        err = note_withdrawn(merge, issuer);
    }
    if (err == ERR_OK) {
        err = settle(merge, identifiers, piece, claims);
    }
    free(claims);
    return err;
}

static enum err add_by_hand(void *ctx, const char *path) {
    struct merge *merge = ctx;
    json_t *issuer = NULL;
    uint32_t piece = 0;
    merge_pieces_at(&merge->pieces, path, NULL);
    TRY(workspace_read_json(path, &issuer));
    enum err err = issuer_file_first(issuer).len > 0 ? ERR_OK : ERR_ISSUER_FILE;
    if (err == ERR_OK) {
        err = merge_pieces_add_file(&merge->pieces, path, &piece);
    }
    if (err == ERR_OK) {
        err = add_piece(merge, issuer, piece, true);
    }
    json_decref(issuer);
    return err;
}

static enum err tell(struct merge *merge, uint64_t bytes) {
    return merge->step == NULL ? ERR_OK
                               : merge->step(merge->ctx, merge->bytes_done + bytes, merge->bytes_all);
}

static enum err add_line(struct merge *merge, size_t import, const struct import_file_reading *reading,
                         const json_t *issuer) {
    struct merge_import *of = &merge->pieces.imports[import].import;
    uint32_t piece = 0;
    merge_pieces_at(&merge->pieces, merge->pieces.imports[import].path, issuer);
    if (of->left_out) {
        return note_withdrawn(merge, issuer);
    }
    bool is_unsigned = !of->source.is_signed || json_is_true(json_object_get(issuer, "unsigned"));
    TRY(merge_pieces_add_line(&merge->pieces, import, &reading->lines, is_unsigned, &piece));
    TRY(add_piece(merge, issuer, piece, false));
    return ++of->issuers % STEP_ISSUERS == 0 ? tell(merge, reading->lines.behind) : ERR_OK;
}

static enum err add_lines(struct merge *merge, size_t import, struct import_file_reading *reading) {
    for (;;) {
        json_t *issuer = NULL;
        TRY(import_file_next(reading, &issuer));
        if (issuer == NULL) {
            merge->bytes_done += reading->lines.behind;
            return tell(merge, 0);
        }
        enum err err = add_line(merge, import, reading, issuer);
        json_decref(issuer);
        TRY(err);
    }
}

static enum err add_import(struct merge *merge, size_t import) {
    struct import_file_reading reading = {0};
    const char *path = merge->pieces.imports[import].path;
    struct merge_import *of = &merge->pieces.imports[import].import;
    merge_pieces_at(&merge->pieces, path, NULL);
    enum err err = import_file_open(path, &reading);
    of->source = reading.source;
    of->left_out = of->source.next_update_s != 0 && of->source.next_update_s < merge->now_s;
    if (err == ERR_OK) {
        err = add_lines(merge, import, &reading);
    }
    import_file_end(&reading);
    return err;
}

static enum err open_all(struct merge *merge, const char *folder) {
    merge_pieces_at(&merge->pieces, folder, NULL);
    TRY(workspace_each(folder, "issuers", "json", add_by_hand, merge));
    TRY(merge_pieces_find_imports(&merge->pieces, folder, &merge->bytes_all));
    for (size_t i = 0; i < merge->pieces.import_count; i++) {
        TRY(add_import(merge, i));
    }
    return ERR_OK;
}

enum err merge_open(const char *folder, int64_t now_s, merge_step step, void *ctx, struct merge **out) {
    struct merge *merge = calloc(1, sizeof *merge);
    if (merge == NULL) {
        return ERR_NO_MEMORY;
    }
    *out = merge;
    merge->now_s = now_s;
    merge->step = step;
    merge->ctx = ctx;
    return open_all(merge, folder);
}

const char *merge_trouble(const struct merge *merge) {
    return merge->pieces.trouble;
}

const struct merge_import *merge_import_nth(const struct merge *merge, size_t n) {
    return n < merge->pieces.import_count ? &merge->pieces.imports[n].import : NULL;
}

/* The identifiers of a piece that belong to the group. */
static enum err add_identifiers(struct merge *merge, uint32_t group, const json_t *piece) {
    const json_t *identifiers = json_object_get(piece, "identifiers");
    for (size_t i = 0; i < json_array_size(identifiers); i++) {
        json_t *identifier = json_array_get(identifiers, i);
        bool found = false;
        uint32_t owner = 0;
        TRY(name_index_find(&merge->owners, jsontext_span(identifier), &found, &owner));
        if (found && owner == group) {
            TRY(issuer_file_add_identifier(merge->join.issuer, json_string_value(identifier)));
        }
    }
    return ERR_OK;
}

static enum err join_piece(struct merge *merge, uint32_t group, uint32_t number, json_t *names,
                           merge_piece_visit visit, void *ctx) {
    json_t *piece = NULL;
    const struct merge_import *import = NULL;
    TRY(merge_pieces_read(&merge->pieces, number, &piece, &import));
    enum err err = join_add(&merge->join, piece, merge_pieces_may_extend(&merge->pieces, group, number));
    if (err == ERR_OK) {
        err = add_identifiers(merge, group, piece);
    }
    if (err == ERR_OK && merge->withdrawn.count > 0 &&
        json_array_extend(names, json_object_get(piece, "identifiers")) != 0) {
        err = ERR_NO_MEMORY;
    }
    if (err == ERR_OK && visit != NULL) {
        err = visit(ctx, piece, import);
    }
    json_decref(piece);
    return err;
}

static enum err join_group(struct merge *merge, uint32_t group, merge_piece_visit visit, void *ctx) {
    const struct merge_pieces *all = &merge->pieces;
    json_t *names = json_array();
    enum err err = names == NULL ? ERR_NO_MEMORY : ERR_OK;
    join_reset(&merge->join);
    for (uint32_t at = all->groups[group].first; err == ERR_OK && at != 0; at = all->members[at - 1].next) {
        err = join_piece(merge, group, all->members[at - 1].piece, names, visit, ctx);
    }
    err = err == ERR_OK ? withdraw_all(merge, names) : err;
    json_decref(names);
    return err;
}

static enum err visit_group(struct merge *merge, uint32_t group, merge_issuer_visit visit, void *ctx) {
    bool by_hand = merge->pieces.groups[group].strength == MERGE_BY_HAND;
    TRY(join_group(merge, group, NULL, NULL));
    return visit(ctx, merge->join.issuer, by_hand);
}

enum err merge_each(struct merge *merge, merge_issuer_visit visit, merge_step step, void *ctx) {
    uint32_t count = merge->pieces.group_count;
    uint32_t *order = merge_pieces_order(&merge->pieces);
    enum err err = order == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (uint32_t i = 0; err == ERR_OK && i < count; i++) {
        err = step != NULL && i % STEP_ISSUERS == 0 ? step(ctx, i, count) : ERR_OK;
        err = err == ERR_OK ? visit_group(merge, order[i], visit, ctx) : err;
    }
    free(order);
    return err;
}

enum err merge_find(struct merge *merge, struct span identifier, merge_piece_visit pieces, void *ctx,
                    json_t **out) {
    bool found = false;
    uint32_t group = 0;
    *out = NULL;
    TRY(name_index_find(&merge->owners, identifier, &found, &group));
    if (found) {
        TRY(join_group(merge, group, pieces, ctx));
        *out = json_incref(merge->join.issuer);
    }
    return ERR_OK;
}

void merge_close(struct merge *merge) {
    if (merge == NULL) {
        return;
    }
    merge_pieces_close(&merge->pieces);
    name_index_close(&merge->owners);
    since_close(&merge->withdrawn);
    join_close(&merge->join);
    free(merge);
}
