/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/jsontext.h"
#include "credential/credential.h"
#include "credential/presentation.h"
#include "credential/presentation_token.h"
#include "tests/lib/same_facts.h"

#include <stdio.h>
#include <stdlib.h>

#define MEMORY (4u << 20)
#define NODES  12u

static void check(bool promise) {
    if (!promise) {
        abort();
    }
}

/* What is read is within its bounds; what was refused left nothing. */
static void check_facts(enum err err, struct claimed_credential *claimed) {
    if (err == ERR_OK) {
        check(claimed->document != NULL && claimed->issuer.len > 0);
        check(claimed->type_count > 0 && claimed->type_count <= LIMIT_CREDENTIAL_TYPES);
        check(claimed->status_count <= LIMIT_CREDENTIAL_STATUSES);
        check(!claimed->valid_from.present || !claimed->valid_until.present ||
              claimed->valid_from.time_s <= claimed->valid_until.time_s);
        check(claimed->version != CREDENTIAL_VERSION_NONE);
    } else {
        check(claimed->document == NULL && claimed->type_count == 0);
    }
    credential_close(claimed);
}

static void check_presentation(enum err err, const struct presentation *shown) {
    check(err == ERR_OK ? shown->count > 0 && shown->count <= LIMIT_PRESENTED : shown->count == 0);
    for (uint32_t i = 0; i < shown->count; i++) {
        const struct presented *one = &shown->list[i];
        check((one->document != NULL) + (one->token.len > 0) + (one->err != ERR_OK) == 1);
    }
}

static void read_tokens(struct span text) {
    for (int profile = CREDENTIAL_PROFILE_NONE; profile <= CREDENTIAL_DATA_INTEGRITY; profile++) {
        struct claimed_credential claimed = {0};
        struct presentation_token token = {0};
        enum err err = credential_read(text, (enum credential_profile)profile, &claimed);
        check_facts(err, &claimed);
        enum err shown = presentation_token_read(text, (enum credential_profile)profile, &token);
        check_presentation(shown, &token.presentation);
        check(err != ERR_OK || shown != ERR_OK);
        presentation_token_close(&token);
    }
}

static void read_document(struct span text) {
    struct presentation shown = {0};
    struct claimed_credential claimed = {0};
    struct span token = {0};
    json_t *document = NULL;
    if (jsontext_parse(text, &document) != ERR_OK) {
        return;
    }
    enum err err = presentation_read(document, &shown);
    check(err != ERR_OK || presentation_is(document));
    check_presentation(err, &shown);
    check(presentation_envelope(document, &token) == ERR_OK || token.len == 0);
    err = credential_read_document(document, &claimed);
    check(err != ERR_OK || !presentation_is(document));
    check_facts(err, &claimed);
    read_tokens(text);
    json_decref(document);
}

static const char *const addresses[] = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "urn:p",
#define TYPE(address, name)
#define FACT(place, member, kind, inside, many, address) address,
#include "credential/statement.def"
#undef TYPE
#undef FACT
};

static const char *const types[] = {
#define TYPE(address, name) address,
#define FACT(place, member, kind, inside, many, address)
#include "credential/statement.def"
#undef TYPE
#undef FACT
};

static const char *const literals[] = {"2026-01-01T00:00:00Z",
                                       "2027-01-01T00:00:00+01:00",
                                       "true",
                                       "false",
                                       "94567",
                                       "8",
                                       "revocation",
                                       "Ada \"\\\n\x01",
                                       ""};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static enum err node(struct rdf_dataset *set, unsigned number, uint32_t *out) {
    char text[32];
    bool blank = number % NODES >= NODES / 2;
    snprintf(text, sizeof text, blank ? "_:b%u" : "urn:n%u", number % NODES);
    return blank ? rdf_blank(set, span_of_text(text), out) : rdf_iri(set, span_of_text(text), out);
}

static enum err object(struct rdf_dataset *set, unsigned number, uint32_t *out) {
    struct span none = {0};
    if (number < 96) {
        return node(set, number, out);
    }
    if (number < 160) {
        return rdf_iri(set, span_of_text(types[number % COUNT(types)]), out);
    }
    struct span language = number >= 224 ? span_of_text(number % 2 == 0 ? "en" : "de") : none;
    return rdf_literal(set, span_of_text(literals[number % COUNT(literals)]), none, language, out);
}

/* Three bytes make a statement of the vocabulary that is read. */
static enum err build(const uint8_t *data, size_t size, struct rdf_dataset *set) {
    for (size_t i = 0; i + 3 <= size; i += 3) {
        struct rdf_quad quad = {0};
        TRY(node(set, data[i], &quad.subject));
        TRY(rdf_iri(set, span_of_text(addresses[data[i + 1] % COUNT(addresses)]), &quad.predicate));
        TRY(object(set, data[i + 2], &quad.object));
        if (data[i] >= 240) {
            TRY(rdf_iri(set, span_of_text("urn:g"), &quad.graph));
        }
        TRY(rdf_add(set, quad));
    }
    rdf_distinct(set);
    return ERR_OK;
}

/* The order of statements is nobody's word: it changes nothing of what is read, nor whether anything is. */
static void read_statements(struct span bytes) {
    static uint8_t *memory;
    struct rdf_dataset set = {0};
    struct claimed_credential read[2] = {{0}, {0}};
    memory = memory == NULL ? malloc(MEMORY) : memory;
    struct arena arena = arena_over(memory, MEMORY);
    if (rdf_open(&arena, &set) != ERR_OK || build(bytes.ptr, bytes.len, &set) != ERR_OK) {
        return;
    }
    enum err first = credential_read_statements(&set, &arena, &read[0]);
    for (uint32_t i = 0; i < set.quad_count / 2; i++) {
        struct rdf_quad quad = set.quads[i];
        set.quads[i] = set.quads[set.quad_count - 1 - i];
        set.quads[set.quad_count - 1 - i] = quad;
    }
    enum err second = credential_read_statements(&set, &arena, &read[1]);
    check((first == ERR_OK) == (second == ERR_OK));
    check(first != ERR_OK || same_facts_difference(&read[0], &read[1]) == NULL);
    check_facts(first, &read[0]);
    check_facts(second, &read[1]);
}

/* A document as text, or else statements. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct span bytes = span_of_bytes(data, size);
    if (size > 0 && (data[0] == '{' || data[0] == '[')) {
        read_document(bytes);
    } else if (size > 0) {
        read_statements(span_slice(bytes, 1, 3000));
    }
    return 0;
}
