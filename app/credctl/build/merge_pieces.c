/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/merge_pieces.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/join.h"
#include "credctl/build/shown_text.h"
#include "credctl/build/workspace.h"

void merge_pieces_at(struct merge_pieces *pieces, const char *path, const json_t *issuer) {
    struct room room = room_over(pieces->trouble, sizeof pieces->trouble - 1);
    struct span first = issuer == NULL ? (struct span){0} : issuer_file_first(issuer);
    bool fits = room_put_text(&room, path) == ERR_OK;
    if (fits && first.len > 0 && room_put_text(&room, ": ") == ERR_OK) {
        shown_text_put(span_slice(first, 0, 300), &room);
    }
    pieces->trouble[room.len] = '\0';
}

/* One more place at the end of a table. */
static enum err make_place(void *table, uint32_t count, uint32_t *room, size_t size) {
    void **memory = table;
    if (count < *room) {
        return ERR_OK;
    }
    uint32_t more = *room == 0 ? 64 : *room * 2;
    void *larger = more > *room ? realloc(*memory, (size_t)more * size) : NULL;
    if (larger == NULL) {
        return ERR_NO_MEMORY;
    }
    *memory = larger;
    *room = more;
    return ERR_OK;
}

/* Finding imports. */
struct finding {
    struct merge_pieces *pieces;
    uint64_t *bytes;
};

static enum err note_import(void *ctx, const char *path) {
    struct finding *finding = ctx;
    struct merge_pieces *pieces = finding->pieces;
    struct import_file_reading reading = {0};
    struct stat file;
    merge_pieces_at(pieces, path, NULL);
    if (pieces->import_count == MERGE_IMPORTS_MAX) {
        return ERR_LISTS_MANY;
    }
    struct merge_pieces_import *import = &pieces->imports[pieces->import_count];
    enum err err = import_file_open(path, &reading);
    import->import.source = reading.source;
    import_file_end(&reading);
    TRY(err);
    import->path = strdup(path);
    if (import->path == NULL) {
        return ERR_NO_MEMORY;
    }
    pieces->import_count++;
    *finding->bytes += stat(path, &file) == 0 ? (uint64_t)file.st_size : 0;
    return ERR_OK;
}

/* Those that somebody signed first; else they keep the order of their names. */
static void sort_imports(struct merge_pieces *pieces) {
    for (size_t i = 1; i < pieces->import_count; i++) {
        for (size_t k = i; k > 0 && pieces->imports[k].import.source.is_signed &&
                           !pieces->imports[k - 1].import.source.is_signed;
             k--) {
            struct merge_pieces_import other = pieces->imports[k];
            pieces->imports[k] = pieces->imports[k - 1];
            pieces->imports[k - 1] = other;
        }
    }
}

enum err merge_pieces_find_imports(struct merge_pieces *pieces, const char *folder, uint64_t *bytes) {
    char path[PATH_MAX];
    struct stat there;
    struct finding finding = {pieces, bytes};
    TRY(workspace_path(folder, IMPORT_FILE_FOLDER, path));
    if (stat(path, &there) != 0 && errno == ENOENT) {
        return ERR_OK;
    }
    TRY(workspace_each(folder, IMPORT_FILE_FOLDER, "jsonl", note_import, &finding));
    sort_imports(pieces);
    return ERR_OK;
}

static enum err add(struct merge_pieces *pieces, struct merge_pieces_piece piece, uint32_t *out) {
    TRY(make_place(&pieces->pieces, pieces->piece_count, &pieces->piece_room, sizeof *pieces->pieces));
    *out = pieces->piece_count;
    pieces->pieces[pieces->piece_count++] = piece;
    return ERR_OK;
}

enum err merge_pieces_add_file(struct merge_pieces *pieces, const char *path, uint32_t *piece) {
    TRY(make_place(&pieces->files, pieces->file_count, &pieces->file_room, sizeof *pieces->files));
    pieces->files[pieces->file_count] = strdup(path);
    if (pieces->files[pieces->file_count] == NULL) {
        return ERR_NO_MEMORY;
    }
    struct merge_pieces_piece entry = {
        .at = pieces->file_count++, .import = MERGE_IMPORTS_MAX, .strength = MERGE_BY_HAND};
    return add(pieces, entry, piece);
}

enum err merge_pieces_add_line(struct merge_pieces *pieces, size_t import, const struct line_file *lines,
                               bool is_unsigned, uint32_t *piece) {
    struct merge_pieces_piece entry = {.at = lines->offset,
                                       .bytes = (uint32_t)(lines->behind - lines->offset),
                                       .import = (uint16_t)import,
                                       .strength = is_unsigned ? MERGE_UNSIGNED : MERGE_SIGNED};
    return add(pieces, entry, piece);
}

/* What differs between identifiers stands behind "did:web:" and "https://". */
static void keep_order(struct span identifier, char out[MERGE_PIECES_ORDER_BYTES]) {
    struct span rest = span_slice(identifier, sizeof "did:web:" - 1, MERGE_PIECES_ORDER_BYTES);
    memset(out, 0, MERGE_PIECES_ORDER_BYTES);
    if (rest.len > 0) {
        memcpy(out, rest.ptr, rest.len);
    }
}

static int compare_order(const void *a, const void *b, void *groups) {
    const struct merge_pieces_group *all = groups;
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    int order = memcmp(all[one].order, all[other].order, MERGE_PIECES_ORDER_BYTES);
    return order != 0 ? order : (one > other) - (one < other);
}

uint32_t *merge_pieces_order(const struct merge_pieces *pieces) {
    uint32_t *order = calloc((size_t)pieces->group_count + 1, sizeof *order);
    for (uint32_t i = 0; order != NULL && i < pieces->group_count; i++) {
        order[i] = i;
    }
    if (order != NULL) {
        qsort_r(order, pieces->group_count, sizeof *order, compare_order, pieces->groups);
    }
    return order;
}

enum err merge_pieces_begin(struct merge_pieces *pieces, uint32_t piece, struct span identifier,
                            uint32_t *group) {
    TRY(make_place(&pieces->groups, pieces->group_count, &pieces->group_room, sizeof *pieces->groups));
    pieces->groups[pieces->group_count] =
        (struct merge_pieces_group){.strength = pieces->pieces[piece].strength};
    keep_order(identifier, pieces->groups[pieces->group_count].order);
    TRY(merge_pieces_join(pieces, pieces->group_count, piece));
    *group = pieces->group_count++;
    return ERR_OK;
}

enum err merge_pieces_join(struct merge_pieces *pieces, uint32_t group, uint32_t piece) {
    TRY(make_place(&pieces->members, pieces->member_count, &pieces->member_room, sizeof *pieces->members));
    struct merge_pieces_group *of = &pieces->groups[group];
    if (of->count == JOIN_PIECES_MAX) {
        return ERR_LISTS_MANY;
    }
    pieces->members[pieces->member_count++] = (struct merge_pieces_member){.piece = piece};
    if (of->last != 0) {
        pieces->members[of->last - 1].next = pieces->member_count;
    } else {
        of->first = pieces->member_count;
    }
    of->last = pieces->member_count;
    of->count++;
    return ERR_OK;
}

bool merge_pieces_may_extend(const struct merge_pieces *pieces, uint32_t group, uint32_t piece) {
    return pieces->pieces[piece].strength >= MERGE_SIGNED || pieces->groups[group].strength == MERGE_UNSIGNED;
}

static enum err read_line(struct merge_pieces_import *import, const struct merge_pieces_piece *piece,
                          uint8_t *text) {
    if (!import->open) {
        import->descriptor = open(import->path, O_RDONLY | O_CLOEXEC);
        import->open = import->descriptor >= 0;
    }
    if (!import->open) {
        return ERR_FILE_READ;
    }
    for (size_t done = 0; done < piece->bytes;) {
        ssize_t got = pread(import->descriptor, text + done, piece->bytes - done, (off_t)(piece->at + done));
        if (got == 0) {
            return ERR_IMPORT_FILE;
        }
        if (got < 0 && errno != EINTR) {
            return ERR_FILE_READ;
        }
        done += got < 0 ? 0 : (size_t)got;
    }
    return ERR_OK;
}

enum err merge_pieces_read(struct merge_pieces *pieces, uint32_t number, json_t **out,
                           const struct merge_import **import) {
    const struct merge_pieces_piece *piece = &pieces->pieces[number];
    if (piece->import == MERGE_IMPORTS_MAX) {
        *import = NULL;
        merge_pieces_at(pieces, pieces->files[piece->at], NULL);
        return workspace_read_json(pieces->files[piece->at], out);
    }
    struct merge_pieces_import *of = &pieces->imports[piece->import];
    uint8_t *text = malloc(piece->bytes);
    if (text == NULL) {
        return ERR_NO_MEMORY;
    }
    merge_pieces_at(pieces, of->path, NULL);
    enum err err = read_line(of, piece, text);
    if (err == ERR_OK) {
        err = import_file_line(span_of_bytes(text, piece->bytes), out);
    }
    free(text);
    *import = &of->import;
    TRY(err);
    merge_pieces_at(pieces, of->path, *out);
    /* Whatever the line says, the first one counts. */
    return of->import.source.is_signed ? ERR_OK : issuer_file_mark_unsigned(*out);
}

void merge_pieces_close(struct merge_pieces *pieces) {
    for (size_t i = 0; i < pieces->import_count; i++) {
        free(pieces->imports[i].path);
        if (pieces->imports[i].open) {
            close(pieces->imports[i].descriptor);
        }
    }
    for (uint32_t i = 0; i < pieces->file_count; i++) {
        free(pieces->files[i]);
    }
    free(pieces->files);
    free(pieces->pieces);
    free(pieces->groups);
    free(pieces->members);
    *pieces = (struct merge_pieces){0};
}
