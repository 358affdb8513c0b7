/* rdfc: the one canonical form of a dataset, whatever its blank nodes are called (RDFC-1.0). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_RDFC_H
#define LINKED_RDFC_H

#include "linked/rdf.h"

/* The hash inside the algorithm; a cryptosuite names it. */
enum rdfc_hash { RDFC_SHA256 = 0, RDFC_SHA384 };

/* In `labels`: a blank node that stands in no quad. */
#define RDFC_UNLABELLED UINT32_MAX

/* A canonical form; everything in it lives in the arena. */
struct rdfc_form {
    struct span text;         /* the document in canonical N-Quads */
    const struct span *lines; /* its lines in order, each with its line feed; they point into text */
    uint32_t line_count;
    const uint32_t *labels; /* by number of blank node: the N of its canonical label _:c14nN */
};

/*
 * Canonicalise a dataset (RDFC-1.0 section 4.4) without quads that stand there twice (rdf_distinct).
 *
 * ERR_RDFC_WORK      telling its blank nodes apart takes more than LIMIT_RDFC_WORK steps: a poison graph
 * ERR_RDFC_DEPTH     or more than LIMIT_RDFC_DEPTH blank nodes in a row
 * ERR_BUDGET         the dataset's scan has spent what a scan may cost
 * ERR_NO_ROOM        the arena is full
 * ERR_CRYPTO_FAILED  the hash library failed
 */
MUST_USE enum err rdfc_canonize(const struct rdf_dataset *set, enum rdfc_hash hash, struct arena *arena,
                                struct rdfc_form *out);

/*
 * Write the document with other labels, as selective disclosure needs it (Data Integrity ECDSA section 3.5).
 *
 * names  by number of blank node: the label with its "_:", not checked here; one that stands in no quad may be empty
 * out    its lines are in the order that the new labels give; `labels` is NULL
 *
 * ERR_NO_ROOM
 */
MUST_USE enum err rdfc_rename(const struct rdf_dataset *set, const struct span *names, struct arena *arena,
                              struct rdfc_form *out);

#endif
