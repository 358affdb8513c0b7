/* hash: a quick number for text, to find it again in a table; nothing secret or signed depends on it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_HASH_H
#define LINKED_HASH_H

#include "base/span.h"

/*
 * Slots that a search may pass before it gives up: in a table at most half full, and in one at most a quarter full.
 * Honest names never lie so close together: whoever reaches this has chosen names that collide, and is refused by
 * the table's error.
 */
#define HASH_PROBES_MAX  96u
#define HASH_PROBES_WIDE 24u

/* 64 bits, the same on every machine. */
uint64_t hash_text(struct span text);

/* A power of two with room for `count` names at most half full. */
uint32_t hash_slots(uint32_t count);

#endif
