/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/integrity_stated.h"

#define SEC     "https://w3id.org/security#"
#define DCTERMS "http://purl.org/dc/terms/"
#define RDF     "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* What is looked for: the proof's node, and the statements of one relation. */
struct search {
    const struct rdf_dataset *set;
    uint32_t subject;
};

static struct span text_of(const struct rdf_dataset *set, uint32_t term) {
    return set->terms[term].text;
}

/* The term is this address; `rest` continues `base`. */
static bool is_iri(const struct rdf_dataset *set, uint32_t term, const char *base, struct span rest) {
    struct span text = text_of(set, term);
    size_t len = strlen(base);
    return set->terms[term].kind == RDF_IRI && text.len == len + rest.len + 2 &&
           memcmp(text.ptr + 1, base, len) == 0 && span_equal(span_slice(text, len + 1, rest.len), rest);
}

/* The term is a literal of these characters, whatever its type; none of them is one that is escaped. */
static bool is_literal(const struct rdf_dataset *set, uint32_t term, struct span characters) {
    struct span text = text_of(set, term);
    return set->terms[term].kind == RDF_LITERAL && text.len >= characters.len + 2 &&
           span_equal(span_slice(text, 1, characters.len), characters) && text.ptr[characters.len + 1] == '"';
}

/* The only quad of a relation, said of the proof in the default graph; NULL where there is none. *many where there is
 * another, or one said of something else. */
static const struct rdf_quad *only(const struct search *search, const char *base, const char *name,
                                   bool *many) {
    const struct rdf_dataset *set = search->set;
    const struct rdf_quad *found = NULL;
    for (uint32_t i = 0; i < set->quad_count; i++) {
        const struct rdf_quad *quad = &set->quads[i];
        if (is_iri(set, quad->predicate, base, span_of_text(name))) {
            *many = *many || found != NULL || quad->graph != 0 || quad->subject != search->subject;
            found = quad;
        }
    }
    return found;
}

/* A relation leads to this address, and to nothing else. */
static bool leads_to(const struct search *search, const char *base, const char *name, const char *to,
                     struct span rest) {
    bool many = false;
    const struct rdf_quad *quad = only(search, base, name, &many);
    return quad != NULL && !many && is_iri(search->set, quad->object, to, rest);
}

/* A relation leads to this literal; an empty one: it is not there. */
static bool says(const struct search *search, const char *base, const char *name, struct span characters) {
    bool many = false;
    const struct rdf_quad *quad = only(search, base, name, &many);
    if (characters.len == 0) {
        return quad == NULL;
    }
    return quad != NULL && !many && is_literal(search->set, quad->object, characters);
}

static bool names_previous(const struct integrity_run *run, uint32_t previous, const struct rdf_dataset *set,
                           uint32_t term, uint32_t *named) {
    for (uint32_t i = 0; i < run->count; i++) {
        uint32_t bit = UINT32_C(1) << i;
        if ((previous & bit) != 0 && is_iri(set, term, "", run->claims[i].id)) {
            *named |= bit;
            return true;
        }
    }
    return false;
}

/* previousProof leads to each proof that it names, and to no other. */
static bool says_previous(const struct integrity_run *run, const struct integrity_claim *claim,
                          const struct search *search) {
    const struct rdf_dataset *set = search->set;
    uint32_t named = 0;
    for (uint32_t i = 0; i < set->quad_count; i++) {
        const struct rdf_quad *quad = &set->quads[i];
        bool previous = is_iri(set, quad->predicate, SEC, span_of_text("previousProof"));
        if (previous && (quad->graph != 0 || quad->subject != search->subject ||
                         !names_previous(run, claim->previous, set, quad->object, &named))) {
            return false;
        }
    }
    return named == claim->previous;
}

/* The proof's node: what the statement of its method is about. */
static uint32_t subject_of(const struct rdf_dataset *set) {
    for (uint32_t i = 0; i < set->quad_count; i++) {
        if (is_iri(set, set->quads[i].predicate, SEC, span_of_text("verificationMethod"))) {
            return set->quads[i].subject;
        }
    }
    return 0;
}

static bool named_as_claimed(const struct rdf_dataset *set, uint32_t subject, struct span id) {
    return id.len == 0 ? set->terms[subject].kind == RDF_BLANK : is_iri(set, subject, "", id);
}

enum err integrity_stated(const struct integrity_run *run, const struct integrity_claim *claim,
                          const struct rdf_dataset *set) {
    struct search search = {set, subject_of(set)};
    bool legacy = claim->suite == PROOF_ED25519_2020 || claim->suite == PROOF_ED25519_2018;
    struct span suite = span_of_text(proof_suite_code(claim->suite));
    struct span type = legacy ? suite : span_of_text("DataIntegrityProof");
    const char *purpose = run->purpose == INTEGRITY_ASSERTION ? "assertionMethod" : "authenticationMethod";
    bool good = search.subject != 0 && named_as_claimed(set, search.subject, claim->id) &&
                leads_to(&search, RDF, "type", SEC, type) &&
                says(&search, SEC, "cryptosuite", legacy ? (struct span){0} : suite) &&
                leads_to(&search, SEC, "proofPurpose", SEC, span_of_text(purpose)) &&
                leads_to(&search, SEC, "verificationMethod", "", claim->method) &&
                says(&search, DCTERMS, "created", claim->created_text) &&
                says(&search, SEC, "expiration", claim->expires_text) && says_previous(run, claim, &search);
    return good ? ERR_OK : ERR_PROOF_CONTEXT;
}
