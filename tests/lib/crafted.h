/* crafted: credentials that nobody issued, of whatever size and shape, for those who want to cost a verifier much. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_CRAFTED_H
#define TESTS_LIB_CRAFTED_H

#include <jansson.h>

#include "tests/lib/wallet.h"

/* A relation r between nodes, and a plain value v. */
#define CRAFTED_TERMS "\"r\":{\"@id\":\"urn:x:r\",\"@type\":\"@id\"},\"v\":\"urn:x:v\""

/* All give a new reference. */

/* A JSON text; a context of CRAFTED_TERMS alone; a text with two numbers in it. */
json_t *crafted_json(const char *text);
json_t *crafted_terms(void);
json_t *crafted_numbered(const char *format, unsigned a, unsigned b);

/* Nodes: groups of blank ones, each related to all others of its group; and so many that are all alike. */
json_t *crafted_cliques(unsigned groups, unsigned size);
json_t *crafted_alike(unsigned count);

/* A credential under VCDM 2.0 and a vocabulary of its own; `nodes` is what it relates to. Takes both. */
json_t *crafted_credential(const struct wallet *wallet, json_t *vocabulary, json_t *nodes);

/* Give a credential `count` proofs of the right shape that nobody made. Each has the members of `more`, which is taken;
 * NULL: none. Gives the same credential back. */
json_t *crafted_prove(const struct wallet *wallet, json_t *credential, unsigned count, json_t *more);

/* A presentation of LIMIT_PRESENTED times the same credential, which is taken. */
json_t *crafted_eight(json_t *credential);

#endif
