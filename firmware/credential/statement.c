/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/statement.h"

#include "base/limits.h"
#include "credential/statement_order.h"
#include "credential/statement_value.h"

#define RDF_TYPE   "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#define CREDENTIAL "<https://www.w3.org/2018/credentials#VerifiableCredential>"
#define SUBJECT_OF "<https://www.w3.org/2018/credentials#credentialSubject>"

/* Where in a credential a node stands. The table leads from each place to deeper ones alone, so that no circle of
 * statements is ever followed. */
enum place {
    PLACE_NONE = 0,
    PLACE_CREDENTIAL,
    PLACE_ISSUER,
    PLACE_SUBJECT,
    PLACE_ACHIEVEMENT,
    PLACE_CRITERIA,
    PLACE_IDENTITY,
    PLACE_STATUS,
    PLACE_MESSAGE
};

struct fact {
    enum place place;
    const char *member;
    enum statement_value_kind kind;
    enum place inside;
    bool many;
    const char *address;
};

#define TYPE(address, name)
#define FACT(place, member, kind, inside, many, address)                                                     \
    {PLACE_##place, member, STATEMENT_VALUE_##kind, PLACE_##inside, many, address},
static const struct fact facts[] = {
#include "credential/statement.def"
};
#undef TYPE
#undef FACT

#define TYPE(address, name) {address, name},
#define FACT(place, member, kind, inside, many, address)
static const struct {
    const char *address, *name;
} types[] = {
#include "credential/statement.def"
};
#undef TYPE
#undef FACT

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct reader {
    const struct rdf_dataset *set;
    struct arena *arena;
    size_t bytes; /* of text that was put together */
};

static enum err node_of(struct reader *reader, uint32_t node, enum place place, json_t **out);

/* Where a member's values are collected; NULL without memory. */
static json_t *list_of(json_t *object, const char *member) {
    json_t *list = json_object_get(object, member);
    if (list == NULL && json_object_set_new(object, member, json_array()) == 0) {
        list = json_object_get(object, member);
    }
    return list;
}

static bool holds(const json_t *list, const json_t *value) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (json_equal(json_array_get(list, i), value)) {
            return true;
        }
    }
    return false;
}

/* Put a value, whose reference is taken, among those of its member. Two nodes are two, however alike. */
static enum err put(json_t *object, const char *member, json_t *value) {
    json_t *list = list_of(object, member);
    bool known = !json_is_object(value) && !json_is_null(value) && holds(list, value);
    if (list == NULL || (!known && json_array_append(list, value) != 0)) {
        json_decref(value);
        return ERR_NO_MEMORY;
    }
    json_decref(value);
    return json_array_size(list) > LIMIT_STATED_VALUES ? ERR_CREDENTIAL_TOO_MANY : ERR_OK;
}

/* Count a term that is copied: a few long ones may stand at many places. */
static enum err count_bytes(struct reader *reader, const struct rdf_term *term) {
    if (term->text.len > LIMIT_STATED_BYTES - reader->bytes) {
        return ERR_CREDENTIAL_TOO_MANY;
    }
    reader->bytes += term->text.len;
    return ERR_OK;
}

static const char *name_of_type(struct span address) {
    for (size_t i = 0; i < COUNT(types); i++) {
        if (span_equal_text(address, types[i].address)) {
            return types[i].name;
        }
    }
    return NULL;
}

/* A known type by its name, any other by its address. */
static enum err put_type(struct reader *reader, const struct rdf_term *term, json_t *object) {
    const char *name = name_of_type(statement_value_address(term));
    json_t *value = name != NULL ? json_string(name) : NULL;
    if (name == NULL) {
        TRY(count_bytes(reader, term));
        struct rdf_term none = {0}; /* a literal is no type, and may not look like a known one */
        TRY(statement_value(term->kind == RDF_IRI ? term : &none, STATEMENT_VALUE_WORD, reader->arena,
                            &value));
    }
    return value != NULL ? put(object, "type", value) : ERR_NO_MEMORY;
}

static const struct fact *fact_of(enum place place, struct span address) {
    for (size_t i = 0; i < COUNT(facts); i++) {
        if (facts[i].place == place && span_equal_text(address, facts[i].address)) {
            return &facts[i];
        }
    }
    return NULL;
}

static enum err put_fact(struct reader *reader, const struct fact *fact, uint32_t number, json_t *object) {
    const struct rdf_term *term = &reader->set->terms[number];
    bool more = json_array_size(json_object_get(object, fact->member)) > 0;
    json_t *value = NULL;
    if (more && !fact->many && fact->kind == STATEMENT_VALUE_NODE) {
        return fact->inside == PLACE_SUBJECT ? ERR_CREDENTIAL_SUBJECTS : ERR_CREDENTIAL_TWICE;
    }
    TRY(count_bytes(reader, term));
    if (fact->kind == STATEMENT_VALUE_NODE && term->kind != RDF_LITERAL) {
        TRY(node_of(reader, number, fact->inside, &value));
    } else {
        TRY(statement_value(term, fact->kind, reader->arena, &value));
    }
    return put(object, fact->member, value);
}

/* Under a vocabulary for everything the other version's name for the end of a credential has an address too; whoever
 * wrote it meant an end, and nobody would look at it. */
static bool is_strange_end(struct span address) {
    static const char *const names[] = {"expirationDate", "validUntil"};
    bool end = false;
    for (size_t i = 0; i < COUNT(names); i++) {
        size_t len = strlen(names[i]);
        end = end ||
              (address.len > len && span_equal_text(span_slice(address, address.len - len, len), names[i]));
    }
    return end;
}

static enum err put_statement(struct reader *reader, const struct rdf_quad *quad, enum place place,
                              json_t *object) {
    const struct rdf_term *property = &reader->set->terms[quad->predicate];
    bool typed = place == PLACE_CREDENTIAL || place == PLACE_STATUS;
    if (typed && span_equal_text(property->text, RDF_TYPE)) {
        return put_type(reader, &reader->set->terms[quad->object], object);
    }
    struct span address = statement_value_address(property);
    const struct fact *fact = fact_of(place, address);
    if (fact != NULL) {
        return put_fact(reader, fact, quad->object, object);
    }
    return place == PLACE_CREDENTIAL && is_strange_end(address) ? ERR_CREDENTIAL_DATE : ERR_OK;
}

static enum err put_id(struct reader *reader, const struct rdf_term *term, json_t *object) {
    json_t *id = NULL;
    if (term->kind != RDF_IRI) {
        return ERR_OK;
    }
    TRY(statement_value(term, STATEMENT_VALUE_WORD, reader->arena, &id));
    return json_object_set_new(object, "id", id) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

/* Bring what was collected in its order. */
static enum err order_members(enum place place, json_t *object) {
    for (size_t i = 0; i < COUNT(facts); i++) {
        if (facts[i].place == place) {
            bool text = facts[i].kind == STATEMENT_VALUE_TEXT;
            TRY(statement_order(object, facts[i].member,
                                text            ? STATEMENT_ORDER_LANGUAGES
                                : facts[i].many ? STATEMENT_ORDER_MANY
                                                : STATEMENT_ORDER_ONE));
        }
    }
    return statement_order(object, "type", STATEMENT_ORDER_TYPES);
}

static enum err put_statements(struct reader *reader, uint32_t node, enum place place, json_t *object) {
    const struct rdf_dataset *set = reader->set;
    TRY(put_id(reader, &set->terms[node], object));
    for (uint32_t i = 0; i < set->quad_count; i++) {
        if (set->quads[i].subject == node && set->quads[i].graph == 0) {
            TRY(put_statement(reader, &set->quads[i], place, object));
        }
    }
    return order_members(place, object);
}

/* A node with all that the table asks of its place. */
static enum err node_of(struct reader *reader, uint32_t node, enum place place, json_t **out) {
    json_t *object = json_object();
    if (object == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = put_statements(reader, node, place, object);
    if (err != ERR_OK) {
        json_decref(object);
        return err;
    }
    *out = object;
    return ERR_OK;
}

/* What is known of a term, as bits. */
#define MARK_CREDENTIAL 1u /* a VerifiableCredential by its type */
#define MARK_ABOUT      2u /* what another credential speaks of: an endorsement of the credential that holds it */
#define MARK_NAMED      4u /* the object of any other statement about another */

static void mark_all(const struct rdf_dataset *set, uint8_t *marks) {
    for (uint32_t i = 0; i < set->quad_count; i++) {
        const struct rdf_quad *quad = &set->quads[i];
        if (quad->graph != 0) {
            continue;
        }
        if (span_equal_text(set->terms[quad->predicate].text, RDF_TYPE) &&
            span_equal_text(set->terms[quad->object].text, CREDENTIAL)) {
            marks[quad->subject] |= MARK_CREDENTIAL;
        }
        if (quad->object != quad->subject) {
            bool about = span_equal_text(set->terms[quad->predicate].text, SUBJECT_OF);
            marks[quad->object] |= about ? MARK_ABOUT : MARK_NAMED;
        }
    }
}

/* How many credentials have no marks beside these; *last is the last of them. */
static uint32_t count_of(const struct rdf_dataset *set, const uint8_t *marks, unsigned allowed,
                         uint32_t *last) {
    uint32_t count = 0;
    for (uint32_t i = 1; i < set->term_count; i++) {
        if ((marks[i] & MARK_CREDENTIAL) != 0 && (marks[i] & ~(allowed | MARK_CREDENTIAL)) == 0) {
            *last = i;
            count++;
        }
    }
    return count;
}

/* The one credential; of several the one that is not part of another. A part may speak of the whole. */
static enum err choose(const struct rdf_dataset *set, const uint8_t *marks, uint32_t *out) {
    uint32_t count = count_of(set, marks, MARK_ABOUT | MARK_NAMED, out);
    if (count > 1) {
        count = count_of(set, marks, 0, out);
        count = count > 0 ? count : count_of(set, marks, MARK_ABOUT, out);
        return count == 1 ? ERR_OK : ERR_CREDENTIAL_TWICE;
    }
    return count == 1 ? ERR_OK : ERR_CREDENTIAL_TYPE;
}

static enum err find_credential(const struct rdf_dataset *set, struct arena *arena, uint32_t *out) {
    size_t mark = arena->used;
    void *marks = NULL;
    TRY(arena_take(arena, set->term_count, &marks));
    mark_all(set, marks);
    enum err err = choose(set, marks, out);
    arena_rewind(arena, mark);
    return err;
}

enum err statement_credential(const struct rdf_dataset *set, struct arena *arena, json_t **out) {
    struct reader reader = {.set = set, .arena = arena};
    uint32_t node = 0;
    TRY(find_credential(set, arena, &node));
    return node_of(&reader, node, PLACE_CREDENTIAL, out);
}
