/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/rdf.h"

#include "base/limits.h"
#include "base/sort.h"
#include "linked/hash.h"
#include "linked/iri.h"

#define FIRST_TERMS 128u
#define FIRST_QUADS 128u

/* An array of twice as many items, the old ones copied; the old array stays in the arena, unused. */
static enum err grow(struct arena *arena, void **items, uint32_t *cap, size_t size, uint32_t first) {
    uint32_t next = *cap == 0 ? first : 2 * *cap;
    void *grown = NULL;
    TRY(arena_take(arena, next * size, &grown));
    if (*cap > 0) {
        memcpy(grown, *items, *cap * size);
    }
    *items = grown;
    *cap = next;
    return ERR_OK;
}

/* The slot that holds the term of this text, or the free one where it belongs. */
static enum err find_slot(const struct rdf_dataset *set, uint64_t hash, struct span text, uint32_t *out) {
    uint32_t mask = set->slot_count - 1;
    for (uint32_t probe = 0; probe < HASH_PROBES_MAX; probe++) {
        uint32_t slot = ((uint32_t)hash + probe) & mask;
        const struct rdf_term *term = &set->terms[set->slots[slot]];
        if (set->slots[slot] == 0 || (term->hash == hash && span_equal(term->text, text))) {
            *out = slot;
            return ERR_OK;
        }
    }
    return ERR_LINKED_COLLISIONS;
}

/* New slots for as many terms as now fit; those without a text are never searched for. */
static enum err rehash(struct rdf_dataset *set) {
    void *slots = NULL;
    set->slot_count = hash_slots(set->term_cap);
    TRY(arena_take(set->arena, set->slot_count * sizeof *set->slots, &slots));
    set->slots = slots;
    for (uint32_t i = 1; i < set->term_count; i++) {
        uint32_t slot = 0;
        if (set->terms[i].text.len > 0) {
            TRY(find_slot(set, set->terms[i].hash, set->terms[i].text, &slot));
            set->slots[slot] = i;
        }
    }
    return ERR_OK;
}

static enum err append(struct rdf_dataset *set, struct rdf_term term, uint32_t *out) {
    if (set->term_count > LIMIT_RDF_TERMS) {
        return ERR_RDF_TERMS;
    }
    set->terms[set->term_count] = term;
    *out = set->term_count++;
    return ERR_OK;
}

/* One more term fits, into the array and into the slots. */
static enum err make_room(struct rdf_dataset *set) {
    if (set->term_count < set->term_cap) {
        return ERR_OK;
    }
    void *terms = set->terms;
    TRY(grow(set->arena, &terms, &set->term_cap, sizeof *set->terms, FIRST_TERMS));
    set->terms = terms;
    return rehash(set);
}

/* The term of this text; where it is known already, the arena is given back what was written behind `mark`. Of IRIs
 * only a new one is looked at: names of relations come again and again. */
static enum err intern(struct rdf_dataset *set, enum rdf_kind kind, struct span text, size_t mark,
                       uint32_t *out) {
    uint64_t hash = hash_text(text);
    uint32_t slot = 0;
    TRY(find_slot(set, hash, text, &slot));
    if (set->slots[slot] != 0) {
        set->arena->used = mark;
        *out = set->slots[slot];
        return ERR_OK;
    }
    if (kind == RDF_IRI && !iri_absolute(span_slice(text, 1, text.len - 2))) {
        set->arena->used = mark;
        return ERR_RDF_IRI;
    }
    TRY(append(set, (struct rdf_term){text, hash, kind, kind == RDF_BLANK ? set->blank_count : 0}, out));
    set->blank_count += kind == RDF_BLANK ? 1 : 0;
    set->slots[slot] = *out;
    return ERR_OK;
}

/* What the arena has left as one room; end_text gives back what of it stays free. */
static struct room begin_text(const struct rdf_dataset *set) {
    return room_over(set->arena->base + set->arena->used, set->arena->size - set->arena->used);
}

static enum err end_text(struct rdf_dataset *set, enum rdf_kind kind, const struct room *room,
                         uint32_t *out) {
    size_t mark = set->arena->used;
    set->arena->used += room->len;
    return intern(set, kind, room_span(room), mark, out);
}

static enum err put_iri(struct room *room, struct span iri) {
    TRY(room_put_byte(room, '<'));
    TRY(room_put(room, iri));
    return room_put_byte(room, '>');
}

enum err rdf_open(struct arena *arena, struct rdf_dataset *out) {
    struct rdf_dataset set = {.arena = arena, .term_count = 1};
    TRY(make_room(&set));
    *out = set;
    return ERR_OK;
}

enum err rdf_iri(struct rdf_dataset *set, struct span iri, uint32_t *out) {
    TRY(make_room(set));
    struct room room = begin_text(set);
    TRY(put_iri(&room, iri));
    return end_text(set, RDF_IRI, &room, out);
}

/* The escapes of canonical N-Quads (RDFC-1.0 section 5.1): ECHAR where there is one, UCHAR for other controls. */
static enum err put_escaped(struct room *room, uint8_t byte) {
    static const char digits[] = "0123456789ABCDEF";
    static const char letters[] = "btn fr"; /* 08 to 0D; 0B has none */
    if (byte == '"' || byte == '\\' || (byte >= 8 && byte <= 13 && byte != 11)) {
        const uint8_t pair[2] = {'\\', byte >= ' ' ? byte : (uint8_t)letters[byte - 8]};
        return room_put(room, span_of_bytes(pair, sizeof pair));
    }
    const uint8_t six[6] = {'\\', 'u', '0', '0', (uint8_t)digits[byte >> 4], (uint8_t)digits[byte & 15]};
    return room_put(room, span_of_bytes(six, sizeof six));
}

static enum err put_quoted(struct room *room, struct span text) {
    size_t from = 0;
    TRY(room_put_byte(room, '"'));
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.ptr[i];
        if (byte < ' ' || byte == '"' || byte == '\\' || byte == 0x7F) {
            TRY(room_put(room, span_slice(text, from, i - from)));
            TRY(put_escaped(room, byte));
            from = i + 1;
        }
    }
    TRY(room_put(room, span_slice(text, from, text.len - from)));
    return room_put_byte(room, '"');
}

bool rdf_language_tag(struct span tag) {
    size_t length = 0;
    bool first = true;
    for (size_t i = 0; i < tag.len; i++) {
        uint8_t c = tag.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c == '-' && length > 0) {
            length = 0;
            first = false;
        } else if ((!letter && (first || c < '0' || c > '9')) || ++length > 8) {
            return false;
        }
    }
    return length > 0 && tag.len <= LIMIT_LANGUAGE_BYTES;
}

static enum err put_kind(struct room *room, struct span datatype, struct span language) {
    if (language.len > 0) {
        TRY(room_put_byte(room, '@'));
        return rdf_language_tag(language) ? room_put(room, language) : ERR_RDF_LANGUAGE;
    }
    if (datatype.len == 0 || span_equal_text(datatype, "http://www.w3.org/2001/XMLSchema#string")) {
        return ERR_OK;
    }
    TRY(room_put_text(room, "^^"));
    return iri_absolute(datatype) ? put_iri(room, datatype) : ERR_RDF_IRI;
}

enum err rdf_literal(struct rdf_dataset *set, struct span value, struct span datatype, struct span language,
                     uint32_t *out) {
    TRY(make_room(set));
    struct room room = begin_text(set);
    TRY(put_quoted(&room, value));
    TRY(put_kind(&room, datatype, language));
    return end_text(set, RDF_LITERAL, &room, out);
}

enum err rdf_blank(struct rdf_dataset *set, struct span label, uint32_t *out) {
    TRY(make_room(set));
    struct room room = begin_text(set);
    TRY(room_put(&room, label));
    return end_text(set, RDF_BLANK, &room, out);
}

enum err rdf_fresh_blank(struct rdf_dataset *set, uint32_t *out) {
    TRY(make_room(set));
    TRY(append(set, (struct rdf_term){.kind = RDF_BLANK, .blank = set->blank_count}, out));
    set->blank_count++;
    return ERR_OK;
}

enum err rdf_add(struct rdf_dataset *set, struct rdf_quad quad) {
    if (set->quad_count >= LIMIT_RDF_QUADS) {
        return ERR_RDF_QUADS;
    }
    if (set->quad_count == set->quad_cap) {
        void *quads = set->quads;
        TRY(grow(set->arena, &quads, &set->quad_cap, sizeof *set->quads, FIRST_QUADS));
        set->quads = quads;
    }
    set->quads[set->quad_count++] = quad;
    return ERR_OK;
}

static int by_number(uint32_t a, uint32_t b) {
    return (a > b) - (a < b);
}

static int by_terms(void *ctx, const void *left, const void *right) {
    (void)ctx;
    const struct rdf_quad *a = left;
    const struct rdf_quad *b = right;
    int order = by_number(a->graph, b->graph);
    order = order != 0 ? order : by_number(a->subject, b->subject);
    order = order != 0 ? order : by_number(a->predicate, b->predicate);
    return order != 0 ? order : by_number(a->object, b->object);
}

void rdf_distinct(struct rdf_dataset *set) {
    uint32_t kept = 0;
    sort_items(set->quads, set->quad_count, sizeof *set->quads, by_terms, NULL);
    for (uint32_t i = 0; i < set->quad_count; i++) {
        if (kept == 0 || by_terms(NULL, &set->quads[kept - 1], &set->quads[i]) != 0) {
            set->quads[kept++] = set->quads[i];
        }
    }
    set->quad_count = kept;
}
