/* merge_pieces: where each list of a workspace says something of which issuer; for merge.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_MERGE_PIECES_H
#define CREDCTL_BUILD_MERGE_PIECES_H

#include "credctl/build/line_file.h"
#include "credctl/build/merge.h"

/* How much a list's word counts, the weakest first. */
enum merge_strength { MERGE_UNSIGNED = 0, MERGE_SIGNED, MERGE_BY_HAND };

/* An import that is being merged. */
struct merge_pieces_import {
    struct merge_import import;
    char *path; /* owned */
    bool open;
    int descriptor;
};

/* What one list says of one issuer: a file by hand, or a line of an import. */
struct merge_pieces_piece {
    uint64_t at;     /* offset of the line; number of the file by hand */
    uint32_t bytes;  /* of the line */
    uint16_t import; /* its number; of those by hand MERGE_IMPORTS_MAX */
    uint8_t strength;
};

/* An issuer: its pieces as a chain of members, numbered from 1; 0 ends it. */
#define MERGE_PIECES_ORDER_BYTES 24u
struct merge_pieces_group {
    char order[MERGE_PIECES_ORDER_BYTES]; /* of its first identifier, behind its scheme */
    uint32_t first, last;
    uint32_t count;
    uint8_t strength; /* of its first piece */
};
struct merge_pieces_member {
    uint32_t piece, next;
};

/* All owned. All zero is nothing. */
struct merge_pieces {
    size_t import_count;
    struct merge_pieces_import imports[MERGE_IMPORTS_MAX];
    uint32_t file_count, file_room;
    char **files;
    uint32_t piece_count, piece_room;
    struct merge_pieces_piece *pieces;
    uint32_t group_count, group_room;
    struct merge_pieces_group *groups;
    uint32_t member_count, member_room;
    struct merge_pieces_member *members;
    char trouble[PATH_MAX + 400];
};

/* Say which file is at work, and which issuer of it; NULL where it is not known yet. */
void merge_pieces_at(struct merge_pieces *pieces, const char *path, const json_t *issuer);

/* Find the imports of a workspace, those that somebody signed first, and how large they are. ERR_LISTS_MANY, ERR_IMPORT_FILE,
 * ERR_FILE_READ, ERR_NO_MEMORY. */
MUST_USE enum err merge_pieces_find_imports(struct merge_pieces *pieces, const char *folder, uint64_t *bytes);

/* Note a file by hand, or the line that was read last. ERR_NO_MEMORY. */
MUST_USE enum err merge_pieces_add_file(struct merge_pieces *pieces, const char *path, uint32_t *piece);
MUST_USE enum err merge_pieces_add_line(struct merge_pieces *pieces, size_t import,
                                        const struct line_file *lines, bool is_unsigned, uint32_t *piece);

/* Begin an issuer with a piece; its first identifier decides where it stands among the others. ERR_NO_MEMORY. */
MUST_USE enum err merge_pieces_begin(struct merge_pieces *pieces, uint32_t piece, struct span identifier,
                                     uint32_t *group);

/* The groups' numbers in the order of their first identifiers, as far as MERGE_PIECES_ORDER_BYTES tell; free it. Rows that are
 * written so are read so: who walks over a list in the order of identifiers finds each page once. NULL: out of memory. */
uint32_t *merge_pieces_order(const struct merge_pieces *pieces);

/* Add a piece to an issuer. ERR_LISTS_MANY: it has JOIN_PIECES_MAX; ERR_NO_MEMORY. */
MUST_USE enum err merge_pieces_join(struct merge_pieces *pieces, uint32_t group, uint32_t piece);

/* Whether the piece is strong enough to name further identifiers of the issuer. */
bool merge_pieces_may_extend(const struct merge_pieces *pieces, uint32_t group, uint32_t piece);

/* Read a piece again; json_decref it. *import is NULL for one by hand. ERR_FILE_*, ERR_JSON_*, ERR_IMPORT_FILE: it is not there any
 * more. */
MUST_USE enum err merge_pieces_read(struct merge_pieces *pieces, uint32_t piece, json_t **out,
                                    const struct merge_import **import);

/* Release it. */
void merge_pieces_close(struct merge_pieces *pieces);

#endif
