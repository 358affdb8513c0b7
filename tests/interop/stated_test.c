/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "credential/credential.h"
#include "credential/presentation.h"
#include "linked/linked.h"
#include "payload/document.h"
#include "tests/lib/library.h"
#include "tests/lib/same_facts.h"

#define FOLDER "jsonld-contexts/bundle"
#define MEMORY (3u << 20)

struct trial {
    struct interop interop;
    struct library library;
    struct arena arena;
};

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
    const char *differs =
        err == ERR_OK && shown_err == ERR_OK ? same_facts_difference(&shown, &stated) : NULL;
    interop_case(&trial->interop, name, err == shown_err && differs == NULL,
                 differs != NULL ? differs : err_name(err));
    credential_close(&shown);
    credential_close(&stated);
    json_decref(document);
}

static void compare_all(struct trial *trial, const char *name, json_t *document) {
    struct presentation presentation = {0};
    if (presentation_is(document)) {
        assert_ok(presentation_read(document, &presentation));
        for (uint32_t i = 0; i < presentation.count; i++) {
            compare(trial, name, presentation.list[i].document);
        }
    } else if (json_object_get(document, "credentialSubject") != NULL) {
        compare(trial, name, document);
    }
}

static void visit(void *ctx, const char *name, struct span bytes) {
    json_t *document = NULL;
    if (jsontext_parse(bytes, &document) == ERR_OK) {
        compare_all(ctx, name, document);
        json_decref(document);
    }
}

/* The contents of a code. */
static void visit_code(void *ctx, const char *name, struct span bytes) {
    struct trial *trial = ctx;
    struct payload payload = {0};
    json_t *document = NULL;
    arena_wipe(&trial->arena);
    if (payload_recognise(bytes, &trial->arena, &payload) != ERR_OK || payload.kind != PAYLOAD_CBOR_LD) {
        return;
    }
    enum err err = payload_document(&payload, &trial->library.library, &trial->arena, &document);
    if (err != ERR_OK) {
        interop_case(&trial->interop, name, false, err_name(err));
        return;
    }
    compare_all(trial, name, document);
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
    static const char *const codes[] = {
        "vpqr/digitalbazaar-vpqr",
        "vpqr/digitalcredentials-vpqr",
        "vpqr/truage",
        "vpqr/learncard",
        "vpqr/web5-swift",
        "vpqr/bedrock-mock",
    };
    struct trial trial = {0};
    interop_open(&trial.interop, "stated", FOLDER);
    trial.arena = arena_over(malloc(MEMORY), MEMORY);
    assert_ok(crypto_start());
    library_open(&trial.library, "", FOLDER, "index.json", false);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        interop_each_file(folders[i], visit, &trial);
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        interop_each_file(codes[i], visit_code, &trial);
    }
    library_close(&trial.library);
    free(trial.arena.base);
    interop_close(&trial.interop);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_from_statements_what_documents_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
