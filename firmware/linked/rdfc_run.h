/* rdfc_run: one canonicalisation under way, and what its steps share. Private to rdfc. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_RDFC_RUN_H
#define LINKED_RDFC_RUN_H

#include "crypto/crypto.h"
#include "linked/rdfc.h"

/* A hash; behind the 32 bytes of SHA-256 stand zeros. */
struct rdfc_run_hash {
    uint8_t bytes[CRYPTO_SHA384_BYTES];
};

/* One identifier given for now, and those given before it: a list shared by all who go on from it. */
struct rdfc_run_issue {
    const struct rdfc_run_issue *before;
    uint32_t blank;
    uint32_t number;
};

struct rdfc_run {
    const struct rdf_dataset *set;
    struct arena *arena;
    struct arena issues; /* for rdfc_run_issue, apart, so that scratch memory can be given back */
    enum rdfc_hash hash;
    uint32_t *quads; /* of blank node b: quads[from[b]] to quads[from[b + 1]] */
    uint32_t *from;
    struct rdfc_run_hash *first; /* of each blank node, by its own quads */
    uint32_t *labels;
    uint32_t labelled;
    uint32_t work; /* steps that are left */
};

/* The result of Hash N-Degree Quads. */
struct rdfc_run_degree {
    struct rdfc_run_hash hash;
    const struct rdfc_run_issue *issued;
};

/* Hex digits of a hash in this run. */
size_t rdfc_run_hex_chars(const struct rdfc_run *run);

/* The number of a blank node, or RDFC_UNLABELLED for any other term. */
uint32_t rdfc_run_blank(const struct rdfc_run *run, uint32_t term);

/* Hash bytes by the run's algorithm. ERR_CRYPTO_FAILED. */
MUST_USE enum err rdfc_run_digest(const struct rdfc_run *run, struct span bytes, struct rdfc_run_hash *out);

/* Below, at or above zero, as the hexadecimal texts would compare. */
int rdfc_run_order(const struct rdfc_run_hash *a, const struct rdfc_run_hash *b);

/* Append a hash in hexadecimal; `prefix` and a number. ERR_NO_ROOM. */
MUST_USE enum err rdfc_run_put_hash(const struct rdfc_run *run, const struct rdfc_run_hash *hash,
                                    struct room *out);
MUST_USE enum err rdfc_run_put_number(const char *prefix, uint32_t number, struct room *out);

/* Spend steps. ERR_RDFC_WORK when there are not so many left. */
MUST_USE enum err rdfc_run_spend(struct rdfc_run *run, size_t steps);

/* Find the quads of each blank node and hash them (section 4.6, Hash First Degree Quads). ERR_NO_ROOM,
 * ERR_CRYPTO_FAILED. */
MUST_USE enum err rdfc_run_first_degree(struct rdfc_run *run);

/* Section 4.8, Hash N-Degree Quads, from a blank node with what is issued so far. ERR_RDFC_WORK,
 * ERR_RDFC_DEPTH, ERR_NO_ROOM, ERR_CRYPTO_FAILED. */
MUST_USE enum err rdfc_run_n_degree(struct rdfc_run *run, uint32_t blank, const struct rdfc_run_issue *issued,
                                    unsigned depth, struct rdfc_run_degree *out);

/* Give the next temporary identifier. ERR_RDFC_WORK. */
MUST_USE enum err rdfc_run_give(struct rdfc_run *run, const struct rdfc_run_issue **issued, uint32_t blank);

#endif
