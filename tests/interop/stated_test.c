/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "credential/credential.h"
#include "credential/presentation.h"
#include "linked/linked.h"
#include "tests/lib/library.h"

#define FOLDER "jsonld-contexts/bundle"
#define MEMORY (3u << 20)

struct trial {
    struct interop interop;
    struct library library;
    struct arena arena;
};

/* The part of an address behind its last # or /. */
static struct span last_part(struct span address) {
    size_t at = address.len;
    while (at > 0 && address.ptr[at - 1] != '#' && address.ptr[at - 1] != '/') {
        at--;
    }
    return span_slice(address, at, address.len);
}

/* Open Badges 3.0 calls one type by two names. */
static struct span known_as(struct span type) {
    return span_equal_text(type, "AchievementCredential") ? span_of_text("OpenBadgeCredential")
                                                          : last_part(type);
}

static bool has_type(const struct claimed_credential *c, struct span type) {
    for (size_t i = 0; i < c->type_count; i++) {
        if (span_equal(known_as(c->types[i]), known_as(type))) {
            return true;
        }
    }
    return false;
}

static bool same_types(const struct claimed_credential *a, const struct claimed_credential *b) {
    bool same = a->type_count == b->type_count && a->badge == b->badge;
    for (size_t i = 0; same && i < a->type_count; i++) {
        same = has_type(b, a->types[i]) && has_type(a, b->types[i]);
    }
    return same;
}

static bool same_status(const struct credential_status *a, const struct credential_status *b) {
    return span_equal(a->kind, b->kind) && span_equal(a->purpose, b->purpose) &&
           span_equal(a->address, b->address) && a->has_index == b->has_index && a->index == b->index &&
           a->bits == b->bits;
}

static bool same_date(struct credential_date a, struct credential_date b) {
    return a.present == b.present && a.time_s == b.time_s;
}

/* The first fact that differs, or NULL. */
static const char *difference(const struct claimed_credential *a, const struct claimed_credential *b) {
    const struct {
        const char *name;
        struct span a, b;
    } texts[] = {
        {"id", a->id, b->id},
        {"issuer", a->issuer, b->issuer},
        {"name", a->name, b->name},
        {"description", a->description, b->description},
        {"subject", a->subject_id, b->subject_id},
        {"holder", a->holder_name, b->holder_name},
        {"identity", a->holder_identity, b->holder_identity},
        {"achievement id", a->achievement_id, b->achievement_id},
        {"achievement", a->achievement_name, b->achievement_name},
        {"achievement type", a->achievement_type, b->achievement_type},
        {"criteria", a->criteria, b->criteria},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!span_equal(texts[i].a, texts[i].b)) {
            return texts[i].name;
        }
    }
    bool same = a->version == b->version && a->profile == b->profile &&
                a->holder_hashed == b->holder_hashed && a->status_count == b->status_count;
    for (size_t i = 0; same && i < a->status_count; i++) {
        same = same_status(&a->statuses[i], &b->statuses[i]);
    }
    if (!same || !same_types(a, b)) {
        return "version, type or status";
    }
    return same_date(a->valid_from, b->valid_from) && same_date(a->valid_until, b->valid_until) &&
                   same_date(a->awarded, b->awarded)
               ? NULL
               : "date";
}

/* Read from its statements, a credential says what it says as a document; or both refuse it. */
static void compare(struct trial *trial, const char *name, const json_t *credential) {
    json_t *document = json_copy((json_t *)credential);
    struct linked_document linked = {0};
    struct claimed_credential shown = {0};
    struct claimed_credential stated = {0};
    (void)json_object_del(document, "proof");
    arena_wipe(&trial->arena);
    enum err shown_err = credential_read_document(document, &shown);
    enum err err = linked_canonize(document, &trial->library.library, RDFC_SHA256, &trial->arena, &linked);
    err = err == ERR_OK ? credential_read_statements(&linked.set, &trial->arena, &stated) : err;
    const char *differs = err == ERR_OK && shown_err == ERR_OK ? difference(&shown, &stated) : NULL;
    interop_case(&trial->interop, name, err == shown_err && differs == NULL,
                 differs != NULL ? differs : err_name(err));
    credential_close(&shown);
    credential_close(&stated);
    json_decref(document);
}

static void visit(void *ctx, const char *name, struct span bytes) {
    struct trial *trial = ctx;
    json_t *document = NULL;
    struct presentation presentation = {0};
    if (jsontext_parse(bytes, &document) != ERR_OK) {
        return;
    }
    if (presentation_is(document)) {
        assert_ok(presentation_read(document, &presentation));
        for (uint32_t i = 0; i < presentation.count; i++) {
            compare(trial, name, presentation.list[i].document);
        }
    } else if (json_object_get(document, "credentialSubject") != NULL) {
        compare(trial, name, document);
    }
    json_decref(document);
}

static void reads_from_statements_what_documents_say(void **state) {
    (void)state;
    static const char *const folders[] = {
        "w3c-di-eddsa/TestVectors",
        "w3c-di-eddsa/TestVectors/Ed25519Signature2020",
        "w3c-di-eddsa/TestVectors/eddsa-rdfc-2022",
        "w3c-di-eddsa/TestVectors/eddsa-rdfc-2022/employ",
        "w3c-di-eddsa/TestVectors/eddsa-jcs-2022",
        "w3c-di-eddsa/TestVectors/proof-set-chain",
        "w3c-di-ecdsa/TestVectors",
        "w3c-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p256",
        "w3c-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p256/employ",
        "w3c-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p384",
        "w3c-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p384/employ",
        "w3c-di-ecdsa/TestVectors/ecdsa-jcs-2019-p256",
        "w3c-di-ecdsa/TestVectors/ecdsa-jcs-2019-p384",
        "w3c-di-ecdsa/TestVectors/ecdsa-sd-2023/employ",
        "w3c-di-ecdsa/TestVectors/ecdsa-sd-2023/prc",
        "ob3-spec/extracted/obv3p0",
        "ob3-spec/extracted/clrv2p0",
        "ob3-jff-plugfest/plugfest-1-2022",
        "ob3-jff-plugfest/plugfest-2-2022",
        "ob3-jff-plugfest/plugfest-3-2023",
        "vpqr/digitalbazaar-vpqr",
    };
    struct trial trial = {.arena = arena_over(malloc(MEMORY), MEMORY)};
    interop_open(&trial.interop, "stated", FOLDER);
    assert_ok(crypto_start());
    library_open(&trial.library, "", FOLDER, "index.json", false);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        interop_each_file(folders[i], visit, &trial);
    }
    library_close(&trial.library);
    free(trial.arena.base);
    interop_close(&trial.interop);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_from_statements_what_documents_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
