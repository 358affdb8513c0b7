/* SPDX-License-Identifier: Apache-2.0 */
/* Registries of issuers as others publish them, read whole. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/jws.h"
#include "codec/jsontext.h"
#include "tests/lib/importing.h"
#include "tests/lib/interop.h"

#define TRUST "../shared/interop/trust/"

/* What an import must come to. Paths are below TRUST; an empty one ends a list. */
struct expected {
    const char *name;
    const struct import_format *format;
    const char *inputs[5], *pin, *signature;
    int64_t now_s;
    enum err err;
    size_t issuers, keys;
    bool is_signed;
};

static size_t count_keys(const json_t *issuers) {
    size_t keys = 0;
    for (size_t i = 0; i < json_array_size(issuers); i++) {
        keys += json_array_size(json_object_get(json_array_get(issuers, i), "keys"));
    }
    return keys;
}

static void give(struct importing *importing, const struct expected *expected) {
    static char paths[2][PATH_MAX];
    char path[PATH_MAX];
    importing_again(importing);
    importing->now_s = expected->now_s != 0 ? expected->now_s : IMPORTING_NOW_S;
    for (size_t i = 0; expected->inputs[i] != NULL; i++) {
        snprintf(path, sizeof path, TRUST "%s", expected->inputs[i]);
        importing_path(importing, path);
    }
    if (expected->pin != NULL) {
        snprintf(paths[0], sizeof paths[0], TRUST "%s", expected->pin);
        importing_option(importing, "pin", paths[0]);
    }
    if (expected->signature != NULL) {
        snprintf(paths[1], sizeof paths[1], TRUST "%s", expected->signature);
        importing_option(importing, "signature", paths[1]);
    }
}

static void judge_as_given(struct interop *interop, struct importing *importing,
                           const struct expected *expected) {
    enum err err = importing_run(importing, expected->format);
    bool passed = err == expected->err;
    if (passed && err == ERR_OK) {
        passed = json_array_size(importing->issuers) == expected->issuers &&
                 count_keys(importing->issuers) == expected->keys &&
                 importing->source.is_signed == expected->is_signed;
    }
    interop_case(interop, expected->name, passed, err_name(err));
}

static void judge(struct interop *interop, struct importing *importing, const struct expected *expected) {
    give(importing, expected);
    judge_as_given(interop, importing, expected);
}

static void judge_all(const char *suite, const char *folder, const struct expected *cases, size_t count) {
    struct interop interop;
    interop_open(&interop, suite, folder);
    for (size_t i = 0; i < count; i++) {
        struct importing importing;
        importing_open(&importing);
        judge(&interop, &importing, &cases[i]);
        importing_close(&importing);
    }
    interop_close(&interop);
}

#define VCI "vci-directory/"
#define VCI_SNAPSHOT                                                                                         \
    { VCI "vci_snapshot.json" }
#define VCI_OLDER                                                                                            \
    { VCI "older/vci_snapshot.json" }
#define VCI_PIN VCI "vci_snapshot.crt"

static void vci_directory(void **state) {
    (void)state;
    static const struct expected cases[] = {
        {"the older snapshot, signed", &import_vci, VCI_OLDER, VCI_PIN, VCI "older/vci_snapshot.sig", 0,
         ERR_OK, 650, 940, true},
        {"the newer snapshot, signed", &import_vci, VCI_SNAPSHOT, VCI_PIN, VCI "vci_snapshot.sig", 0, ERR_OK,
         651, 959, true},
        {"the older one again: a rollback", &import_vci, VCI_OLDER, VCI_PIN, VCI "older/vci_snapshot.sig", 0,
         ERR_IMPORT_OLDER, 0, 0, false},
        {"the newer one under the older signature", &import_vci, VCI_SNAPSHOT, VCI_PIN,
         VCI "older/vci_snapshot.sig", 0, ERR_SIGNATURE_WRONG, 0, 0, false},
        {"the newer one without a signature", &import_vci, VCI_SNAPSHOT, NULL, NULL, 0, ERR_OK, 651, 959,
         false},
        {"a signature without its certificate", &import_vci, VCI_SNAPSHOT, NULL, VCI "vci_snapshot.sig", 0,
         ERR_IMPORT_PIN, 0, 0, false},
        {"read the day before it was made", &import_vci, VCI_SNAPSHOT, VCI_PIN, VCI "vci_snapshot.sig",
         1787270400, ERR_IMPORT_AHEAD, 0, 0, false},
        {"read after its certificate ended", &import_vci, VCI_SNAPSHOT, VCI_PIN, VCI "vci_snapshot.sig",
         1963000000, ERR_IMPORT_CERTIFICATE_PERIOD, 0, 0, false},
    };
    static const struct expected participants = {"the list of participants",
                                                 &import_vci,
                                                 {VCI "vci-issuers.json"},
                                                 NULL,
                                                 NULL,
                                                 0,
                                                 ERR_OK,
                                                 637,
                                                 0,
                                                 false};
    struct interop interop;
    struct importing importing, other;
    interop_open(&interop, "vci-directory", "trust/vci-directory");
    importing_open(&importing);
    importing_open(&other);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        judge(&interop, &importing, &cases[i]);
    }
    judge(&interop, &other, &cases[1]);
    interop_case(&interop, "their revocations are kept", other.revocations == 1343, "another number");
    interop_case(&interop, "two malformed keys are passed over", other.passed_over == 2, "another number");
    importing_close(&other);
    importing_open(&other);
    judge(&interop, &other, &participants);
    importing_close(&other);
    importing_open(&other);
    give(&other, &cases[1]);
    importing_option_bytes(&other, "pin", span_of_text("no certificate"));
    judge_as_given(&interop, &other, &cases[1]);
    importing_close(&other);
    importing_open(&other);
    importing_option_bytes(&other, "pin", span_of_text("no certificate"));
    importing_path(&other, TRUST VCI "vci_snapshot.json");
    importing_option(&other, "signature", TRUST VCI "vci_snapshot.sig");
    importing_option(&other, "pin", TRUST VCI_PIN);
    interop_case(&interop, "under the second pin", importing_run(&other, &import_vci) == ERR_OK, "an error");
    importing_close(&other);
    importing_close(&importing);
    interop_close(&interop);
}

#define DCC "dcc-registry/"

/* The anchor's key, out of its own configuration, as who pins it has it. */
static void pin_anchor(struct importing *importing) {
    struct span text = interop_read("trust/" DCC "oidfECResponseDCC.jwt");
    uint8_t memory[16384];
    struct arena arena = arena_over(memory, sizeof memory);
    struct jws jws = {0};
    json_t *claims = NULL;
    while (text.len > 0 && text.ptr[text.len - 1] == '\n') {
        text.len--;
    }
    assert_ok(jws_split(text, &arena, &jws));
    assert_ok(jsontext_parse(jws.payload, &claims));
    char *keys = json_dumps(json_object_get(claims, "jwks"), 0);
    importing_option_bytes(importing, "pin", span_of_text(keys));
    free(keys);
    json_decref(claims);
    jws_close(&jws);
    interop_free(text);
}

/* 2025-04-25T18:30:00Z, when both statements count; 2025-04-29T18:00:00Z, when the anchor's configuration does. */
#define MEMBERS_S 1745605800
#define ANCHOR_S  1745949600

static void dcc_registry(void **state) {
    (void)state;
    static const struct expected registry = {
        "registry.json", &import_dcc, {DCC "community-registry.json"}, NULL, NULL, 0, ERR_OK, 27, 22, false};
    static const struct expected cases[] = {
        {"statements A and B",
         &import_oidf,
         {DCC "oidfFetchResponseA.jwt", DCC "oidfFetchResponseB.jwt"},
         NULL,
         NULL,
         MEMBERS_S,
         ERR_OK,
         2,
         0,
         true},
        {"the anchor's configuration",
         &import_oidf,
         {DCC "oidfECResponseDCC.jwt"},
         NULL,
         NULL,
         ANCHOR_S,
         ERR_OK,
         0,
         0,
         true},
        {"the configuration today: expired",
         &import_oidf,
         {DCC "oidfECResponseDCC.jwt"},
         NULL,
         NULL,
         0,
         ERR_IMPORT_EXPIRED,
         0,
         0,
         false},
        {"statement A today: expired",
         &import_oidf,
         {DCC "oidfFetchResponseA.jwt"},
         NULL,
         NULL,
         0,
         ERR_IMPORT_EXPIRED,
         0,
         0,
         false},
        {"statement B today: expired",
         &import_oidf,
         {DCC "oidfFetchResponseB.jwt"},
         NULL,
         NULL,
         0,
         ERR_IMPORT_EXPIRED,
         0,
         0,
         false},
        {"another anchor's configuration, under a shared secret",
         &import_oidf,
         {DCC "oidfECResponseDCC2.jwt"},
         NULL,
         NULL,
         ANCHOR_S,
         ERR_ALG_REFUSED,
         0,
         0,
         false},
    };
    struct interop interop;
    interop_open(&interop, "dcc-registry", "trust/dcc-registry");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct importing importing;
        importing_open(&importing);
        give(&importing, &cases[i]);
        pin_anchor(&importing);
        judge_as_given(&interop, &importing, &cases[i]);
        importing_close(&importing);
    }
    struct importing importing;
    importing_open(&importing);
    judge(&interop, &importing, &registry);
    importing_close(&importing);
    interop_exclude(&interop, "oidf-schema.sql, knownRegistries, knownDidRegistries", 3,
                    "a database schema and lists of addresses: nothing that names an issuer");
    interop_close(&interop);
}

#define W3C "w3c-recognized-entities/"
/* 2025-06-01T00:00:00Z: between the lists' issue and their next update. */
#define LISTS_S 1748736000

static void recognized_entities(void **state) {
    (void)state;
    static const struct expected cases[] = {
        {"dmv-usecase",
         &import_recognized_entities,
         {W3C "dmv-usecase.json"},
         NULL,
         NULL,
         LISTS_S,
         ERR_OK,
         1,
         0,
         false},
        {"education-usecase",
         &import_recognized_entities,
         {W3C "education-usecase.json"},
         NULL,
         NULL,
         LISTS_S,
         ERR_OK,
         1,
         0,
         false},
        {"dmv-usecase today: expired",
         &import_recognized_entities,
         {W3C "dmv-usecase.json"},
         NULL,
         NULL,
         0,
         ERR_IMPORT_EXPIRED,
         0,
         0,
         false},
        {"education-usecase today: expired",
         &import_recognized_entities,
         {W3C "education-usecase.json"},
         NULL,
         NULL,
         0,
         ERR_IMPORT_EXPIRED,
         0,
         0,
         false},
        {"tsp-as-vc: it points at a list and holds none",
         &import_recognized_entities,
         {W3C "tsp-as-vc.json"},
         NULL,
         NULL,
         LISTS_S,
         ERR_IMPORT_SHAPE,
         0,
         0,
         false},
    };
    judge_all("w3c-recognized-entities", "trust/w3c-recognized-entities", cases,
              sizeof cases / sizeof *cases);
}

#define EBSI "ebsi-tir/"
#define EBSI_ALL                                                                                             \
    { EBSI "tir_v5_issuer.json", EBSI "tir_v5_attributes.json", EBSI "tir_v5_revisions.json" }

static void ebsi_registry(void **state) {
    (void)state;
    static const struct expected cases[] = {
        {"issuer, listing, revisions and DID document, unpinned",
         &import_ebsi,
         {EBSI "tir_v5_issuer.json", EBSI "tir_v5_attributes.json", EBSI "tir_v5_revisions.json",
          EBSI "didr_v5_identifiers.json"},
         NULL,
         NULL,
         0,
         ERR_OK,
         1,
         1,
         false},
        {"signed by the pinned DID document", &import_ebsi, EBSI_ALL, EBSI "didr_v5_identifiers.json", NULL,
         0, ERR_OK, 1, 1, true},
        {"no key at hand", &import_ebsi, EBSI_ALL, NULL, NULL, 0, ERR_OK, 1, 0, false},
        {"after all accreditations expired", &import_ebsi, EBSI_ALL, EBSI "didr_v5_identifiers.json", NULL,
         1900000000, ERR_OK, 0, 0, true},
        {"before the latest of them", &import_ebsi, EBSI_ALL, EBSI "didr_v5_identifiers.json", NULL,
         1741000000, ERR_IMPORT_AHEAD, 0, 0, false},
        {"a listing without its records",
         &import_ebsi,
         {EBSI "tir_v5_attributes.json", EBSI "tir_v5_issuer.json"},
         NULL,
         NULL,
         0,
         ERR_IMPORT_MISSING,
         0,
         0,
         false},
        {"a problem report",
         &import_ebsi,
         {EBSI "tir_v5_issuer_404_problem.json"},
         NULL,
         NULL,
         0,
         ERR_IMPORT_SHAPE,
         0,
         0,
         false},
    };
    judge_all("ebsi-tir", "trust/ebsi-tir", cases, sizeof cases / sizeof *cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vci_directory),
        cmocka_unit_test(dcc_registry),
        cmocka_unit_test(recognized_entities),
        cmocka_unit_test(ebsi_registry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
