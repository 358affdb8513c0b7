/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/sealed_presented.h"

#include "tests/lib/check.h"
#include "tests/lib/forge.h"
#include "tests/lib/sealed.h"

#include <stdlib.h>

#define P384    (&sealed_ways[SEALED_P384_RDFC])
#define SD      (&sealed_ways[SEALED_SD])
#define TANGLED 12

json_t *sealed_presented_tagged(size_t tags) {
    json_t *document = json_loads(sealed_badge, 0, NULL);
    json_t *achievement = json_object_get(json_object_get(document, "credentialSubject"), "achievement");
    json_t *list = json_array();
    for (size_t i = 0; i < tags; i++) {
        json_array_append_new(list, json_sprintf("tag %zu", i));
    }
    json_object_set_new(achievement, "tag", list);
    return document;
}

json_t *sealed_presented_part(const struct world *world, const json_t *whole, json_t *shown) {
    static const char *const mandatory[] = {"#issuer> ", "#VerifiableCredential> ", "#credentialStatus> ",
                                            NULL};
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(world, SD, &view, &library);
    order.whole = whole;
    order.mandatory = mandatory;
    integrity_sign(shown, &order);
    return shown;
}

json_t *sealed_presented_by_nobody(json_t *credential, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append(list, credential);
    }
    json_decref(credential);
    return json_pack("{s:s,s:s,s:o}", "@context", "https://www.w3.org/ns/credentials/v2", "type",
                     "VerifiablePresentation", "verifiableCredential", list);
}

/* As many proofs as one may have, by the dearest key. */
static json_t *of_many_proofs(const struct world *world) {
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(world, P384, &view, &library);
    json_t *document = json_loads(sealed_badge, 0, NULL);
    for (unsigned i = 0; i < LIMIT_PROOFS; i++) {
        integrity_sign(document, &order);
    }
    return document;
}

/* Nameless parts that all know each other: telling them apart takes as long as is allowed. */
static json_t *of_poison(const struct world *world) {
    char *text = sealed_by(world, &sealed_ways[SEALED_EDDSA_RDFC], sealed_badge);
    json_t *document = json_loads(text, 0, NULL);
    json_t *parts = json_array(), *names = json_array();
    for (size_t i = 0; i < TANGLED; i++) {
        json_array_append_new(names, json_sprintf("_:n%zu", i));
    }
    for (size_t i = 0; i < TANGLED; i++) {
        json_array_append_new(parts, json_pack("{s:O,s:O}", "id", json_array_get(names, i), "p", names));
    }
    json_array_append_new(json_object_get(document, "@context"),
                          json_pack("{s:{s:s,s:s}}", "p", "@id", "urn:p", "@type", "@id"));
    json_object_set_new(document, "p", parts);
    json_decref(names);
    free(text);
    return document;
}

static void visit_one(const char *name, enum err last, json_t *credential,
                      void (*visit)(void *ctx, const struct sealed_presented *presented), void *ctx) {
    json_t *presentation = sealed_presented_by_nobody(credential, LIMIT_PRESENTED);
    char *text = json_dumps(presentation, JSON_COMPACT);
    struct sealed_presented presented = {name, span_of_text(text), last};
    visit(ctx, &presented);
    free(text);
    json_decref(presentation);
}

void sealed_presented_each(const struct world *world,
                           void (*visit)(void *ctx, const struct sealed_presented *presented), void *ctx) {
    json_t *tagged = sealed_presented_tagged(LIMIT_PROOF_PARTS - SEALED_PRESENTED_OTHERS);
    visit_one("eight credentials of ninety-six parts", ERR_BUDGET, sealed_presented_part(world, NULL, tagged),
              visit, ctx);
    visit_one("eight credentials of eight proofs on P-384", ERR_BUDGET, of_many_proofs(world), visit, ctx);
    visit_one("eight credentials of nameless parts that all know each other", ERR_RDFC_WORK, of_poison(world),
              visit, ctx);
}
