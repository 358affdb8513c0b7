/* merge: the issuers of a workspace as they are listed: those added by hand and those of every import, joined by the identifiers
 * that credentials name them by. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_MERGE_H
#define CREDCTL_BUILD_MERGE_H

#include <jansson.h>

#include "credctl/build/import_file.h"

/* Imports of one workspace. */
#define MERGE_IMPORTS_MAX 256u

/*
 * What comes first counts most (join.h says what of it): files by hand in the order of their names, then imports that somebody
 * signed, then the others, each in the order of the lists' names. An identifier belongs to the issuer that has it first, and no list
 * makes one issuer of two: a further list gives its keys to each issuer that it speaks of. What nobody signed gives keys alone:
 * identifiers that it adds to a signed issuer are an issuer of their own, and so nobody can call himself by another's name.
 *
 * A key that any list withdraws from an issuer is withdrawn under each name that any list gives that issuer, also where a name stands
 * apart. A list past its next update still withdraws keys, and does nothing else.
 *
 * In memory are a hash and a number for each identifier and where each issuer stands on its list, 100 bytes in all; what lists say
 * is read again when it is listed.
 */
struct merge;

/* An import, and whether it takes part. */
struct merge_import {
    struct import_file_source source;
    bool left_out; /* it is past its next update */
    uint64_t issuers;
};

/* Takes what a list says of an issuer. `import` is NULL for a file by hand. */
typedef enum err (*merge_piece_visit)(void *ctx, const json_t *piece, const struct merge_import *import);
/* Takes an issuer as it is listed; `by_hand` where a file by hand comes first. */
typedef enum err (*merge_issuer_visit)(void *ctx, const json_t *issuer, bool by_hand);
/* Takes how much of a work is done, now and then; an error ends it. */
typedef enum err (*merge_step)(void *ctx, uint64_t done, uint64_t of);

/*
 * Read through a workspace.
 *
 * now_s  seconds since 1970 UTC: imports whose next update lies before are left out; 0: none is
 * step   called with bytes; or NULL
 * out    the caller's: merge_close it; it is given after an error too, for merge_trouble
 *
 * ERR_LISTS_TWICE  two files by hand name one issuer
 * ERR_LISTS_MANY   more than MERGE_IMPORTS_MAX imports
 * ERR_ISSUER_FILE, ERR_IMPORT_FILE, ERR_FILE_*, ERR_JSON_*, ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err merge_open(const char *folder, int64_t now_s, merge_step step, void *ctx,
                             struct merge **out);

/* Which file, and which issuer of it, an error came from. */
const char *merge_trouble(const struct merge *merge);

/* The n-th import in the order in which they count; NULL past the last. */
const struct merge_import *merge_import_nth(const struct merge *merge, size_t n);

/* Each issuer, always in the same order. ERR_LISTS_MANY, what merge_open names for files, and what `visit` and `step` give. */
MUST_USE enum err merge_each(struct merge *merge, merge_issuer_visit visit, merge_step step, void *ctx);

/*
 * The issuer that an identifier belongs to.
 *
 * pieces  is called for each list that speaks of it, in the order in which they count; or NULL
 * out     the issuer as it is listed, json_decref it; NULL where there is none
 *
 * Errors as above.
 */
MUST_USE enum err merge_find(struct merge *merge, struct span identifier, merge_piece_visit pieces, void *ctx,
                             json_t **out);

/* Release it; takes NULL. */
void merge_close(struct merge *merge);

#endif
