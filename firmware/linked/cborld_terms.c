/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "codec/base58.h"
#include "linked/cborld_run.h"
#include "linked/hash.h"

/* Their numbers are 0, 2, 4 and so on. */
static const char *const keywords[] = {
    "@context",   "@type",      "@id",         "@value",    "@direction", "@graph",       "@included",
    "@index",     "@json",      "@language",   "@list",     "@nest",      "@reverse",     "@base",
    "@container", "@default",   "@embed",      "@explicit", "@none",      "@omitDefault", "@prefix",
    "@preserve",  "@protected", "@requireAll", "@set",      "@version",   "@vocab",       "@propagate",
};
#define KEYWORDS (sizeof keywords / sizeof *keywords)

/* Room for so many names at first: a badge has 400. */
#define FIRST_NAMES 512u

/* Terms that are looked up, and values, for a step of the budget. */
#define LOOKUPS_OF_STEP 4u
#define STEPS_OF_VALUE  2u

/* Base58 of 800 bytes takes as long as 1,200 terms. */
#define BASE58_SQUARE 512u

void cborld_run_base58(struct cborld_run *run, size_t bytes) {
    size_t most = bytes < BASE58_CHARS_MAX ? bytes : BASE58_CHARS_MAX; /* more is refused */
    run->work += (uint32_t)(most * most / BASE58_SQUARE);
}

enum err cborld_run_spend(const struct cborld_run *run, enum err err) {
    struct budget *budget = run->library == NULL ? NULL : run->library->budget;
    enum err spent = budget_spend(budget, run->work / LOOKUPS_OF_STEP + run->count.values * STEPS_OF_VALUE);
    return err == ERR_OK ? spent : err;
}

static bool keyword_number(struct span name, uint64_t *out) {
    if (!span_starts_with(name, "@")) {
        return false;
    }
    for (size_t i = 0; i < KEYWORDS; i++) {
        if (span_equal_text(name, keywords[i])) {
            *out = 2 * i;
            return true;
        }
    }
    return false;
}

bool cborld_terms_keyword(struct span name) {
    uint64_t number = 0;
    return keyword_number(name, &number);
}

static uint32_t slot_count(const struct cborld_run *run) {
    return 4 * run->name_cap;
}

/* The slot of a name, or the free one where it would stand; `*probes` says how far it was to look. */
static uint32_t slot_of(const struct cborld_run *run, uint64_t hash, struct span name, uint32_t *probes) {
    uint32_t slot = (uint32_t)hash % slot_count(run);
    for (*probes = 0; run->slots[slot] != 0; *probes += 1, slot = (slot + 1) % slot_count(run)) {
        const struct cborld_name *known = &run->names[run->slots[slot] - 1];
        if (known->hash == hash && span_equal(known->text, name)) {
            break;
        }
    }
    return slot;
}

/* Room for twice as many names; the old room stays in the arena, unused. */
static enum err grow(struct cborld_run *run) {
    struct cborld_name *known = run->names;
    uint32_t probes = 0;
    uint32_t cap = run->name_cap == 0 ? FIRST_NAMES : 2 * run->name_cap;
    void *names = NULL;
    void *slots = NULL;
    TRY(arena_take(run->arena, cap * sizeof *known, &names));
    run->name_cap = cap;
    TRY(arena_take(run->arena, slot_count(run) * sizeof *run->slots, &slots));
    run->names = names;
    run->slots = slots;
    for (uint32_t i = 0; i < run->name_count; i++) {
        run->names[i] = known[i];
        run->slots[slot_of(run, known[i].hash, known[i].text, &probes)] = (uint16_t)(i + 1);
    }
    return ERR_OK;
}

enum err cborld_terms_open(struct cborld_run *run) {
    return grow(run);
}

bool cborld_terms_number(const struct cborld_run *run, struct span name, uint64_t *out) {
    uint32_t probes = 0;
    if (keyword_number(name, out)) {
        return true;
    }
    uint16_t index = run->slots[slot_of(run, hash_text(name), name, &probes)];
    if (index == 0) {
        return false;
    }
    *out = CBORLD_FIRST_TERM + 2 * (uint64_t)(index - 1);
    return true;
}

bool cborld_terms_name(const struct cborld_run *run, uint64_t number, struct span *out) {
    if (number % 2 != 0) {
        return false;
    }
    if (number < 2 * KEYWORDS) {
        *out = span_of_text(keywords[number / 2]);
        return true;
    }
    if (number < CBORLD_FIRST_TERM || (number - CBORLD_FIRST_TERM) / 2 >= run->name_count) {
        return false;
    }
    *out = run->names[(number - CBORLD_FIRST_TERM) / 2].text;
    return true;
}

enum err cborld_terms_add(struct cborld_run *run, struct span name, uint64_t hash) {
    uint32_t probes = 0;
    uint32_t slot = slot_of(run, hash, name, &probes);
    if (run->slots[slot] != 0) {
        return ERR_OK;
    }
    if (probes > HASH_PROBES_WIDE) {
        return ERR_LINKED_COLLISIONS;
    }
    if (run->name_count == LIMIT_CBORLD_TERMS) {
        return ERR_CONTEXT_TERMS;
    }
    if (run->name_count == run->name_cap) {
        TRY(grow(run));
        slot = slot_of(run, hash, name, &probes);
    }
    run->names[run->name_count++] = (struct cborld_name){name, hash};
    run->slots[slot] = (uint16_t)run->name_count;
    return ERR_OK;
}
