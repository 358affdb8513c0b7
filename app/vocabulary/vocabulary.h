/* vocabulary: the JSON-LD contexts that ship with the kiosk (assets/contexts), read, checked and put on a shelf. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VOCABULARY_VOCABULARY_H
#define VOCABULARY_VOCABULARY_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "linked/shelf.h"

/* The list of tables, in the form that sha256sum writes and checks: a hash, two blanks, a file's name. */
#define VOCABULARY_LIST "contexts.list"
/* A file's name, with its terminator. */
#define VOCABULARY_NAME_SIZE 256u
/* The bytes before a table that say how long it is. */
#define VOCABULARY_LENGTH_BYTES 4u

/* What could not be read, for people: a file's name. */
struct vocabulary_complaint {
    char name[VOCABULARY_NAME_SIZE];
};

/*
 * Read the tables that a folder's contexts.list names, in its order, each compared with its hash: a kiosk with half
 * a vocabulary would refuse good credentials without a word. No table is looked into.
 *
 * folder  of contexts.list and the tables
 * bundle  all tables, each after its length in VOCABULARY_LENGTH_BYTES (the highest first); vocabulary_release it
 * why     the file that is to blame
 *
 * ERR_VOCABULARY_LIST     there is no list, or a line of it is not of that form, or it names nothing
 * ERR_VOCABULARY_MISSING  a table is not there or cannot be read
 * ERR_VOCABULARY_DAMAGED  a table has another hash
 * ERR_NO_ROOM             together they have more than LIMIT_VOCABULARY_BYTES
 * ERR_CRYPTO_FAILED, ERR_NO_MEMORY
 */
MUST_USE enum err vocabulary_read(const char *folder, struct room *bundle, struct vocabulary_complaint *why);
void vocabulary_release(struct room *bundle);

/* A shelf with memory of its own. All zero is empty; an open one must stay where it is. */
struct vocabulary {
    struct shelf shelf;
    struct arena arena;
};

/*
 * Open a shelf with the tables of a bundle on it, compiled.
 *
 * bundle  borrowed for the call; empty: an empty shelf
 * out     vocabulary_close it
 *
 * ERR_VOCABULARY_LIST  the bundle is cut short
 * ERR_NO_MEMORY, and those of shelf_add_table
 */
MUST_USE enum err vocabulary_open(struct span bundle, struct vocabulary *out);

/* Release it; takes one that is all zero. */
void vocabulary_close(struct vocabulary *vocabulary);

#endif
