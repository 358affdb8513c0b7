/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/bitstring_facts.h"

#include "codec/jsontext.h"
#include "credential/statement_value.h"

#define TYPE       "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define CREDENTIAL "https://www.w3.org/2018/credentials#"
#define BITSTRING  "https://www.w3.org/ns/credentials/status#"
#define LIST_2021  "https://w3id.org/vc/status-list#"
/* Digits of a number; it stays far below what a JSON integer may be. */
#define DIGITS_MAX 15u

/* WORDS: any number of them, as an array. */
enum form { WORD, WORDS, DATE, NUMBER };

/* A property as a member. */
struct fact {
    const char *member, *address;
    enum form form;
};

/* What both kinds of list say of themselves as credentials. */
static const struct fact credential_facts[] = {
    {"issuer", CREDENTIAL "issuer", WORD},
    {"validFrom", CREDENTIAL "validFrom", DATE},
    {"validUntil", CREDENTIAL "validUntil", DATE},
    {"issuanceDate", CREDENTIAL "issuanceDate", DATE},
    {"expirationDate", CREDENTIAL "expirationDate", DATE},
};

#define SUBJECT_FACTS 4u

/* A kind of list: names and addresses of its types, and what stands in its subject. */
struct kind {
    const char *type, *type_address, *subject_type, *subject_address;
    struct fact facts[SUBJECT_FACTS];
};

static const struct kind kinds[] = {
    {"BitstringStatusListCredential",
     BITSTRING "BitstringStatusListCredential",
     "BitstringStatusList",
     BITSTRING "BitstringStatusList",
     {{"statusPurpose", BITSTRING "statusPurpose", WORDS},
      {"encodedList", BITSTRING "encodedList", WORD},
      {"ttl", BITSTRING "ttl", NUMBER},
      {"statusSize", BITSTRING "statusSize", NUMBER}}},
    {"StatusList2021Credential",
     LIST_2021 "StatusList2021Credential",
     "StatusList2021",
     LIST_2021 "StatusList2021",
     {{"statusPurpose", LIST_2021 "statusPurpose", WORDS}, {"encodedList", LIST_2021 "encodedList", WORD}}},
};

static bool is_address(const struct rdf_dataset *set, uint32_t term, const char *address) {
    return span_equal_text(statement_value_address(&set->terms[term]), address);
}

static bool states(const struct rdf_dataset *set, const struct rdf_quad *quad, uint32_t node,
                   const char *property) {
    return quad->graph == 0 && quad->subject == node && is_address(set, quad->predicate, property);
}

/* The object of a node's one statement of a property; 0 where there is none. */
static enum err object_of(const struct rdf_dataset *set, uint32_t node, const char *property, uint32_t *out) {
    *out = 0;
    for (uint32_t i = 0; i < set->quad_count; i++) {
        const struct rdf_quad *quad = &set->quads[i];
        if (states(set, quad, node, property)) {
            if (*out != 0 && *out != quad->object) {
                return ERR_STATUS_SHAPE;
            }
            *out = quad->object;
        }
    }
    return ERR_OK;
}

static bool has_type(const struct rdf_dataset *set, uint32_t node, const char *type) {
    bool found = false;
    for (uint32_t i = 0; !found && i < set->quad_count; i++) {
        const struct rdf_quad *quad = &set->quads[i];
        found = states(set, quad, node, TYPE) && is_address(set, quad->object, type);
    }
    return found;
}

/* The one node that is a list, of either kind. */
static enum err find_list(const struct rdf_dataset *set, uint32_t *node, const struct kind **kind) {
    *node = 0;
    for (uint32_t i = 0; i < set->quad_count; i++) {
        const struct rdf_quad *quad = &set->quads[i];
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            bool typed = quad->graph == 0 && is_address(set, quad->predicate, TYPE) &&
                         is_address(set, quad->object, kinds[k].type_address);
            if (typed && *node != 0) {
                return ERR_STATUS_SHAPE;
            }
            *kind = typed ? &kinds[k] : *kind;
            *node = typed ? quad->subject : *node;
        }
    }
    return *node != 0 && has_type(set, *node, CREDENTIAL "VerifiableCredential") ? ERR_OK : ERR_STATUS_SHAPE;
}

static enum err number_of(const json_t *word, json_t **out) {
    uint64_t number = 0;
    if (!span_decimal(jsontext_span(word), DIGITS_MAX, &number)) {
        return ERR_STATUS_SHAPE;
    }
    *out = json_integer((json_int_t)number);
    return *out == NULL ? ERR_NO_MEMORY : ERR_OK;
}

/* An object as a JSON value; one of another form is none. */
static enum err value_of(const struct rdf_dataset *set, uint32_t object, enum form form, struct arena *arena,
                         json_t **out) {
    enum statement_value_kind kind = form == DATE ? STATEMENT_VALUE_DATE : STATEMENT_VALUE_WORD;
    json_t *value = NULL;
    TRY(statement_value(&set->terms[object], kind, arena, &value));
    enum err err = json_is_string(value) ? ERR_OK : ERR_STATUS_SHAPE;
    if (err == ERR_OK && form != NUMBER) {
        *out = value;
        return ERR_OK;
    }
    if (err == ERR_OK) {
        err = number_of(value, out);
    }
    json_decref(value);
    return err;
}

/* Every value of a property, as an array; empty where nothing is stated. */
static enum err words_of(const struct rdf_dataset *set, uint32_t node, const char *property,
                         struct arena *arena, json_t *out) {
    for (uint32_t i = 0; i < set->quad_count; i++) {
        json_t *word = NULL;
        if (!states(set, &set->quads[i], node, property)) {
            continue;
        }
        TRY(value_of(set, set->quads[i].object, WORDS, arena, &word));
        if (json_array_append_new(out, word) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    return ERR_OK;
}

static enum err put_words(const struct rdf_dataset *set, uint32_t node, const struct fact *fact,
                          struct arena *arena, json_t *out) {
    json_t *words = json_array();
    enum err err = words == NULL ? ERR_NO_MEMORY : words_of(set, node, fact->address, arena, words);
    if (err == ERR_OK && json_array_size(words) > 0 && json_object_set(out, fact->member, words) != 0) {
        err = ERR_NO_MEMORY;
    }
    json_decref(words);
    return err;
}

/* Set a member where its property is stated. */
static enum err put_fact(const struct rdf_dataset *set, uint32_t node, const struct fact *fact,
                         struct arena *arena, json_t *out) {
    uint32_t object = 0;
    json_t *value = NULL;
    if (fact->form == WORDS) {
        return put_words(set, node, fact, arena, out);
    }
    TRY(object_of(set, node, fact->address, &object));
    if (object == 0) {
        return ERR_OK;
    }
    TRY(value_of(set, object, fact->form, arena, &value));
    return json_object_set_new(out, fact->member, value) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

static enum err put_subject(const struct rdf_dataset *set, uint32_t list, const struct kind *kind,
                            struct arena *arena, json_t *out) {
    uint32_t subject = 0;
    TRY(object_of(set, list, CREDENTIAL "credentialSubject", &subject));
    if (subject == 0 || !has_type(set, subject, kind->subject_address)) {
        return ERR_STATUS_SHAPE;
    }
    json_t *object = json_pack("{s:s}", "type", kind->subject_type);
    if (json_object_set_new(out, "credentialSubject", object) != 0) {
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < SUBJECT_FACTS && kind->facts[i].member != NULL; i++) {
        TRY(put_fact(set, subject, &kind->facts[i], arena, object));
    }
    return ERR_OK;
}

static enum err put_id(const struct rdf_dataset *set, uint32_t list, json_t *out) {
    struct span id = statement_value_address(&set->terms[list]);
    if (id.len == 0) {
        return ERR_OK;
    }
    return json_object_set_new(out, "id", json_stringn((const char *)id.ptr, id.len)) == 0 ? ERR_OK
                                                                                           : ERR_NO_MEMORY;
}

static enum err put_all(const struct rdf_dataset *set, uint32_t list, const struct kind *kind,
                        struct arena *arena, json_t *out) {
    TRY(put_id(set, list, out));
    for (size_t i = 0; i < sizeof credential_facts / sizeof *credential_facts; i++) {
        TRY(put_fact(set, list, &credential_facts[i], arena, out));
    }
    return put_subject(set, list, kind, arena, out);
}

enum err bitstring_facts_read(const struct rdf_dataset *set, struct arena *arena, json_t **out) {
    const struct kind *kind = NULL;
    uint32_t list = 0;
    TRY(find_list(set, &list, &kind));
    json_t *credential = json_pack("{s:[ss]}", "type", "VerifiableCredential", kind->type);
    enum err err = credential == NULL ? ERR_NO_MEMORY : put_all(set, list, kind, arena, credential);
    if (err != ERR_OK) {
        json_decref(credential);
        return err;
    }
    *out = credential;
    return ERR_OK;
}
