/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statuslist: status lists as issuers send them to headquarters. A document's statements are read as a list's facts,
 * whatever it says of proofs; the whole as a signed list, by no key, which is never good; and text as an encodedList.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/bitstring.h"
#include "credctl/build/bitstring_facts.h"
#include "linked/linked.h"

#define MEMORY (8u << 20)
#define CRED   "https://www.w3.org/2018/credentials#"
#define STATUS "https://www.w3.org/ns/credentials/status#"
#define OLD    "https://w3id.org/vc/status-list#"

/* Short names for all that a list can say, of either kind. */
static const char context[] =
    "{\"@context\":{\"id\":\"@id\",\"type\":\"@type\",\"graph\":\"@graph\",\"V\":\"" CRED
    "VerifiableCredential\",\"B\":\"" STATUS "BitstringStatusListCredential\",\"b\":\"" STATUS
    "BitstringStatusList\",\"O\":\"" OLD "StatusList2021Credential\",\"o\":\"" OLD
    "StatusList2021\",\"issuer\":{\"@id\":\"" CRED "issuer\",\"@type\":\"@id\"},\"from\":\"" CRED
    "validFrom\",\"until\":\"" CRED "validUntil\",\"issued\":\"" CRED "issuanceDate\",\"expires\":\"" CRED
    "expirationDate\",\"subject\":{\"@id\":\"" CRED
    "credentialSubject\",\"@type\":\"@id\"},\"purpose\":\"" STATUS "statusPurpose\",\"list\":\"" STATUS
    "encodedList\",\"ttl\":\"" STATUS "ttl\",\"size\":\"" STATUS "statusSize\",\"oldPurpose\":\"" OLD
    "statusPurpose\",\"oldList\":\"" OLD "encodedList\"}}";

struct stage {
    struct shelf shelf;
    struct shelf_view view;
    struct context_library library;
    struct arena kept;
    uint8_t *memory;
};

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

static struct stage *begin(void) {
    static struct stage stage;
    if (stage.memory == NULL) {
        stage.kept = arena_over(malloc(MEMORY), MEMORY);
        stage.memory = malloc(MEMORY);
        stage.shelf.arena = &stage.kept;
        stage.view.shelf = &stage.shelf;
        stage.library = shelf_view_library(&stage.view);
        insist(crypto_start() == ERR_OK &&
               shelf_add_json(&stage.shelf, span_of_text("urn:c"), span_of_text(context)) == ERR_OK);
    }
    return &stage;
}

/* What every list that is read promises. */
static void insist_on_facts(const json_t *credential) {
    const json_t *subject = json_object_get(credential, "credentialSubject");
    static const char *const texts[] = {"id",         "issuer",       "validFrom",
                                        "validUntil", "issuanceDate", "expirationDate"};
    insist(json_array_size(json_object_get(credential, "type")) == 2);
    insist(json_is_object(subject) && json_is_string(json_object_get(subject, "type")));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const json_t *value = json_object_get(credential, texts[i]);
        insist(value == NULL || json_is_string(value));
    }
    const json_t *ttl = json_object_get(subject, "ttl"), *list = json_object_get(subject, "encodedList");
    insist(ttl == NULL || (json_is_integer(ttl) && json_integer_value(ttl) >= 0));
    insist(list == NULL || json_is_string(list));
}

/* The order of statements says nothing. */
static void read_facts(struct stage *stage, const json_t *document) {
    struct arena arena = arena_over(stage->memory, MEMORY);
    struct linked_document linked = {0};
    json_t *first = NULL, *second = NULL;
    if (linked_state(document, "proof", &stage->library, &arena, &linked) != ERR_OK) {
        return;
    }
    struct rdf_dataset *set = &linked.set;
    enum err err = bitstring_facts_read(set, &arena, &first);
    for (uint32_t i = 0; i < set->quad_count / 2; i++) {
        struct rdf_quad quad = set->quads[i];
        set->quads[i] = set->quads[set->quad_count - 1 - i];
        set->quads[set->quad_count - 1 - i] = quad;
    }
    insist(bitstring_facts_read(set, &arena, &second) == err);
    insist((err == ERR_OK) == (first != NULL));
    insist(err != ERR_OK || json_equal(first, second));
    if (err == ERR_OK) {
        insist_on_facts(first);
    }
    json_decref(first);
    json_decref(second);
}

static bool no_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg, struct crypto_key *key) {
    (void)ctx;
    (void)index;
    (void)kid;
    (void)alg;
    (void)key;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct stage *stage = begin();
    struct span text = span_of_bytes(data, size);
    struct statuslist_keys keys = {NULL, no_key};
    struct statuslist list = {0};
    json_t *document = NULL;
    if (jsontext_parse(text, &document) == ERR_OK && json_is_object(document)) {
        read_facts(stage, document);
    }
    json_decref(document);
    insist(statuslist_read(
               &(struct statuslist_source){
                   .text = text, .issuer = span_of_text("urn:i"), .keys = &keys, .shelf = &stage->shelf},
               &list) != ERR_OK);
    struct room room = room_over(stage->memory, 1u << 16);
    (void)!bitstring_decode(text, &room);
    return 0;
}
