/* difference_side: one of two packs that are compared: its issuers in the order of their identifiers; for difference.c alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_DIFFERENCE_SIDE_H
#define PACK_DIFFERENCE_SIDE_H

#include "pack/difference.h"
#include "pack/opened.h"

/* Identifiers that are read at once: a search for each would cost as much as the comparison. */
#define DIFFERENCE_SIDE_BATCH 64u
/* Rows that are told apart, a bit each: more do not fit into LIMIT_PACK_BYTES. */
#define DIFFERENCE_SIDE_ROWS_MAX 16000000ll

enum difference_side_query {
    DIFFERENCE_SIDE_IDENTIFIERS,
    DIFFERENCE_SIDE_LAST_ROW,
    DIFFERENCE_SIDE_ISSUER,
    DIFFERENCE_SIDE_NAMES,
    DIFFERENCE_SIDE_KEYS,
    DIFFERENCE_SIDE_QUERIES
};

/* What is known of a row. */
enum difference_side_mark {
    DIFFERENCE_SIDE_MATCHED,
    DIFFERENCE_SIDE_SEEN,
    DIFFERENCE_SIDE_CHANGED,
    DIFFERENCE_SIDE_MARKS
};

/* All zero is a side without issuers. Large: not for the stack. */
struct difference_side {
    struct pack *pack; /* NULL: there is none */
    sqlite3_stmt *queries[DIFFERENCE_SIDE_QUERIES];
    int64_t rows;
    uint8_t *marks[DIFFERENCE_SIDE_MARKS]; /* a bit for each row; owned */
    struct {
        struct span identifier; /* into `memory` */
        int64_t row;
    } batch[DIFFERENCE_SIDE_BATCH];
    size_t count, at;
    bool ended;
    char last[LIMIT_NAME_BYTES];
    size_t last_len;
    uint8_t memory[DIFFERENCE_SIDE_BATCH * LIMIT_NAME_BYTES];
};

/* Prepare a side. difference_side_close it, after an error too. ERR_PACK_DAMAGED, ERR_NO_MEMORY. */
MUST_USE enum err difference_side_open(struct pack *pack, struct difference_side *out);

/* Go back to before the first identifier. */
void difference_side_rewind(struct difference_side *side);

/* The identifier at hand and its issuer's row; *found is false behind the last. ERR_PACK_DAMAGED. */
MUST_USE enum err difference_side_current(struct difference_side *side, bool *found, struct span *identifier,
                                          int64_t *row);

/* Go on to the next. */
void difference_side_next(struct difference_side *side);

/* Set a mark of a row; gives whether it was set before. */
bool difference_side_mark(struct difference_side *side, enum difference_side_mark mark, int64_t row);

/* Whether a row has it. */
bool difference_side_marked(const struct difference_side *side, enum difference_side_mark mark, int64_t row);

/* A query made ready, with a row's number bound where it takes one. ERR_PACK_DAMAGED. */
MUST_USE enum err difference_side_query(struct difference_side *side, enum difference_side_query query,
                                        int64_t row, sqlite3_stmt **out);

/* Release it. */
void difference_side_close(struct difference_side *side);

#endif
