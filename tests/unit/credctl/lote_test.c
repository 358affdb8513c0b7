/* SPDX-License-Identifier: Apache-2.0 */
/* What the entities of a list become. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/datetime.h"
#include "credctl/build/issuer_anchor.h"
#include "tests/lib/certificate_files.h"
#include "tests/lib/lote_import.h"

static void a_listed_entity_becomes_an_issuer(void **state) {
    (void)state;
    struct imported out = lote_import_service("{" LOTE_IMPORT_IDENTITY(
        LOTE_IMPORT_P256 ",\"kid\":\"did:web:b.example#k\"") "," LOTE_IMPORT_GRANTED "}");
    const json_t *issuer = json_array_get(out.issuers, 0);
    assert_int_equal(json_array_size(out.issuers), 1);
    assert_false(out.job.source.is_signed);
    assert_int_equal(out.job.source.seq, 7);
    assert_int_equal(out.job.source.issued_s, datetime_seconds((struct datetime){2026, 8, 1, 0, 0, 0}));
    assert_int_equal(out.job.source.next_update_s, datetime_seconds((struct datetime){2026, 12, 1, 0, 0, 0}));
    assert_string_equal(lote_import_text(json_object_get(issuer, "names"), "en"), "Academy");
    assert_string_equal(lote_import_text(issuer, "territory"), "EE");
    assert_true(json_is_true(json_object_get(issuer, "unsigned")));
    assert_true(issuer_file_is_of(issuer, "did:web:a.example"));
    assert_true(issuer_file_is_of(issuer, "did:web:b.example")); /* of the key id */
    assert_int_equal(json_array_size(json_object_get(issuer, "identifiers")), 2);
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "kid"), "did:web:b.example#k");
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "alg"), "ES256");
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "withdrawn_at"), "");
    assert_int_equal(out.job.passed_over, 0);
    imported_close(&out);
}

static void names_stand_in_their_languages(void **state) {
    (void)state;
    json_t *entity = lote_text_entity("Academy", "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "}");
    json_t *names = json_object_get(json_object_get(entity, "TrustedEntityInformation"), "TEName");
    json_array_insert_new(names, 0, json_pack("{s:s,s:s}", "lang", "et", "value", "Akadeemia"));
    json_array_append_new(names, json_pack("{s:s,s:s}", "lang", "en", "value", "Second"));
    json_array_append_new(names, json_pack("{s:s,s:s}", "lang", "fr", "value", ""));
    struct imported out = lote_import(lote_text_list(entity));
    assert_ok(out.err);
    const json_t *kept = json_object_get(json_array_get(out.issuers, 0), "names");
    assert_int_equal(json_object_size(kept), 2);
    assert_string_equal(lote_import_text(kept, "et"), "Akadeemia");
    assert_string_equal(lote_import_text(kept, "en"), "Academy");
    imported_close(&out);
}

static void a_withdrawn_service_withdraws_its_keys_at_that_time(void **state) {
    (void)state;
    struct imported out = lote_import_service("{" LOTE_IMPORT_IDENTITY(
        LOTE_IMPORT_P256) "," LOTE_IMPORT_WITHDRAWN "," LOTE_IMPORT_SINCE("2026-07-01") "}");
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "withdrawn_at"), "2026-07-01T00:00:00Z");
    imported_close(&out);
    lote_import_refused_service("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "," LOTE_IMPORT_WITHDRAWN "}",
                                ERR_IMPORT_SHAPE);
}

static void a_status_or_type_that_is_not_known_gives_nothing(void **state) {
    (void)state;
    static const char *const cases[] = {
        "\"ServiceStatus\":\"https://a.example/status/perhaps\"",
        "\"ServiceStatus\":\"\",\"ServiceTypeIdentifier\":\"http://uri.etsi.org/TrstSvc/Svctype/TSA\"",
        "\"ServiceTypeIdentifier\":\"http://uri.etsi.org/19602/SvcType/WRPAC/Issuance\"",
        "\"ServiceTypeIdentifier\":\"http://uri.etsi.org/19602/SvcType/PID\"",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char service[1024];
        (void)snprintf(service, sizeof service, "{%s,%s}", LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256), cases[i]);
        struct imported out = lote_import_service(service);
        if (json_array_size(out.issuers) != 0 || out.job.passed_over == 0 || out.job.notes != 1) {
            fail_msg("%s gives an issuer, or is not told", cases[i]);
        }
        imported_close(&out);
    }
}

static void a_service_that_gives_nothing_names_nobody(void **state) {
    (void)state;
    struct imported out = lote_import_two("{\"ServiceDigitalIdentity\":{\"OtherIds\":[\"did:web:other."
                                          "example\"]},\"ServiceStatus\":\"urn:perhaps\"}",
                                          "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "}");
    assert_ok(out.err);
    assert_false(issuer_file_is_of(json_array_get(out.issuers, 0), "did:web:other.example"));
    assert_true(issuer_file_is_of(json_array_get(out.issuers, 0), "did:web:a.example"));
    imported_close(&out);
}

static void types_that_issue_attestations_give_issuers(void **state) {
    (void)state;
    static const char *const cases[] = {"http://uri.etsi.org/19602/SvcType/PID/Issuance",
                                        "http://uri.etsi.org/19602/SvcType/PubEAA/Issuance",
                                        "https://a.example/types/badges", "urn:a:issuance"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char service[1024];
        (void)snprintf(service, sizeof service, "{%s,\"ServiceTypeIdentifier\":\"%s\"}",
                       LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256), cases[i]);
        struct imported out = lote_import_service(service);
        assert_int_equal(json_array_size(out.issuers), 1);
        assert_true(json_is_false(json_object_get(lote_import_key(&out, 0), "for_status")));
        imported_close(&out);
    }
}

/* A service known by certificates and, in `more`, what else. */
static struct imported lote_import_known_by(const char *const names[], const char *more) {
    char service[512];
    (void)snprintf(service, sizeof service, "{\"ServiceDigitalIdentity\":{}%s%s}", more[0] == '\0' ? "" : ",",
                   more);
    json_t *entity = lote_text_entity("Academy", service);
    json_t *information = json_object_get(json_array_get(json_object_get(entity, "TrustedEntityServices"), 0),
                                          "ServiceInformation");
    json_object_set_new(information, "ServiceDigitalIdentity", lote_text_certificates(names));
    return lote_import(lote_text_list(entity));
}

static void keys_for_revocation_are_for_status_and_no_anchors(void **state) {
    (void)state;
    static const char *const types[] = {"http://uri.etsi.org/19602/SvcType/PID/Revocation",
                                        "http://uri.etsi.org/TrstSvc/Svctype/Certstatus/OCSP",
                                        "https://a.example/types/status"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char more[200];
        (void)snprintf(
            more, sizeof more,
            "\"ServiceTypeIdentifier\":\"%s\",\"ServiceInformationExtensions\":[{\"ServiceUniqueIdentifier\":"
            "\"did:web:a.example\"}]",
            types[i]);
        struct imported out = lote_import_known_by((const char *const[]){"leaf", "ca", NULL}, more);
        assert_ok(out.err);
        assert_int_equal(json_array_size(out.issuers), 1);
        assert_true(json_is_true(json_object_get(lote_import_key(&out, 0), "for_status")));
        assert_int_equal(issuer_anchor_count(json_array_get(out.issuers, 0)), 0);
        imported_close(&out);
    }
}

static void a_certificate_is_an_anchor_a_key_and_names(void **state) {
    (void)state;
    struct imported out = lote_import_known_by((const char *const[]){"leaf", "ca", NULL}, "");
    struct issuer_anchor *anchor = malloc(sizeof *anchor);
    struct certificate_file leaf;
    certificate_files_read("leaf", &leaf);
    assert_ok(out.err);
    const json_t *issuer = json_array_get(out.issuers, 0);
    assert_true(issuer_file_is_of(issuer, "did:web:academy.example"));
    assert_true(issuer_file_is_of(issuer, "https://academy.example"));
    assert_int_equal(issuer_anchor_count(issuer), 2);
    assert_ok(issuer_anchor_nth(issuer, 0, anchor));
    assert_true(span_equal(anchor->certificate.der, leaf.der));
    assert_int_equal(issuer_file_keys(issuer), 1); /* the CA's key signs certificates alone */
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "valid_from"), "2026-01-01T00:00:00Z");
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "valid_until"), "2036-01-01T00:00:00Z");
    assert_int_equal(out.job.notes, 0);
    free(anchor);
    imported_close(&out);
}

static void an_entity_without_a_name_is_known_by_its_certificate_and_told(void **state) {
    (void)state;
    struct imported out = lote_import_known_by((const char *const[]){"ca", NULL}, "");
    assert_ok(out.err);
    assert_int_equal(json_array_size(out.issuers), 1);
    const char *name =
        json_string_value(json_array_get(json_object_get(json_array_get(out.issuers, 0), "identifiers"), 0));
    assert_memory_equal(name, "did:x509:0:sha256:", 18);
    assert_int_equal(strlen(name), 18 + 43);
    assert_int_equal(out.job.notes, 1);
    imported_close(&out);
    out = lote_import_service("{\"ServiceDigitalIdentity\":{\"PublicKeyValues\":[{" LOTE_IMPORT_P256 "}]}}");
    assert_int_equal(json_array_size(out.issuers), 0);
    assert_int_equal(out.job.passed_over, 1);
    assert_int_equal(out.job.notes, 1);
    imported_close(&out);
}

static void what_is_not_judged_is_counted_and_the_rest_counts(void **state) {
    (void)state;
    struct imported out =
        lote_import_known_by((const char *const[]){"ed", "crit", "rsa1024", "leaf", "p521", NULL}, "");
    assert_ok(out.err);
    assert_int_equal(out.job.passed_over, 4);
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 1);
    assert_int_equal(issuer_anchor_count(json_array_get(out.issuers, 0)), 2); /* a CA may be on P-521 */
    imported_close(&out);
}

static void a_jwk_narrows_the_time_of_its_certificate(void **state) {
    (void)state;
    struct imported out = lote_import_service(
        "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256 ",\"nbf\":1785542400,\"exp\":1790812800") "}");
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "valid_from"), "2026-08-01T00:00:00Z");
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "valid_until"), "2026-10-01T00:00:00Z");
    imported_close(&out);
    lote_import_refused_service("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256 ",\"exp\":\"never\"") "}",
                                ERR_IMPORT_SHAPE);
    out = lote_import_service(
        "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256 ",\"exp\":-5") "}"); /* it ended long ago */
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "valid_until"), "1970-01-01T00:00:01Z");
    imported_close(&out);
}

/* History: [granted from January with LOTE_IMPORT_P256 | current]. */
#define PAST(status, jwk, since)                                                                             \
    "{\"ServiceDigitalIdentity\":{\"PublicKeyValues\":[{" jwk "}]}," status "," LOTE_IMPORT_SINCE(since) "}"

static struct imported import_history(const char *service, const char *history) {
    struct imported out =
        lote_import(lote_text_list(lote_text_entity_with_history("Academy", service, history)));
    assert_ok(out.err);
    return out;
}

static void a_key_of_the_past_ends_with_its_state(void **state) {
    (void)state;
    struct imported out =
        import_history("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_OKP) "," LOTE_IMPORT_GRANTED
                                                                 "," LOTE_IMPORT_SINCE("2026-06-01") "}",
                       "[" PAST(LOTE_IMPORT_GRANTED, LOTE_IMPORT_P256, "2026-01-01") "]");
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 2);
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "valid_from"), "2026-06-01T00:00:00Z");
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "valid_until"), "");
    assert_string_equal(lote_import_text(lote_import_key(&out, 1), "valid_from"), "2026-01-01T00:00:00Z");
    assert_string_equal(lote_import_text(lote_import_key(&out, 1), "valid_until"), "2026-06-01T00:00:00Z");
    imported_close(&out);
    out = import_history("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_OKP) "}",
                         "[" PAST(LOTE_IMPORT_GRANTED, LOTE_IMPORT_P256, "2026-01-01") "]");
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 1); /* nobody says when it ended */
    imported_close(&out);
}

static void a_key_withdrawn_in_the_past_stays_withdrawn(void **state) {
    (void)state;
    struct imported out =
        import_history("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_OKP) "," LOTE_IMPORT_GRANTED
                                                                 "," LOTE_IMPORT_SINCE("2026-06-01") "}",
                       "[" PAST(LOTE_IMPORT_WITHDRAWN, LOTE_IMPORT_P256, "2026-03-01") "," PAST(
                           LOTE_IMPORT_GRANTED, LOTE_IMPORT_P256, "2026-01-01") "]");
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 2);
    assert_string_equal(lote_import_text(lote_import_key(&out, 1), "withdrawn_at"), "2026-03-01T00:00:00Z");
    imported_close(&out);
}

static void what_a_service_says_now_outweighs_its_past(void **state) {
    (void)state;
    struct imported out =
        import_history("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "," LOTE_IMPORT_GRANTED
                                                                  "," LOTE_IMPORT_SINCE("2026-06-01") "}",
                       "[" PAST(LOTE_IMPORT_WITHDRAWN, LOTE_IMPORT_P256, "2026-03-01") "]");
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "withdrawn_at"), "");
    imported_close(&out);
    out = import_history(
        "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) ",\"ServiceStatus\":\"urn:perhaps\"," LOTE_IMPORT_SINCE(
            "2026-06-01") "}",
        "[" PAST(LOTE_IMPORT_GRANTED, LOTE_IMPORT_P256, "2026-03-01") "]");
    assert_int_equal(json_array_size(out.issuers), 0);
    imported_close(&out);
}

static void one_key_of_two_services(void **state) {
    (void)state;
    struct imported out =
        lote_import_two("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "}",
                        "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "," LOTE_IMPORT_WITHDRAWN
                                                                   "," LOTE_IMPORT_SINCE("2026-07-01") "}");
    assert_ok(out.err);
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 1);
    assert_string_equal(lote_import_text(lote_import_key(&out, 0), "withdrawn_at"), "2026-07-01T00:00:00Z");
    imported_close(&out);
    out = lote_import_two(
        "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) ",\"ServiceTypeIdentifier\":\"urn:a:revocation\"}",
        "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "}");
    assert_ok(out.err);
    assert_true(json_is_false(json_object_get(lote_import_key(&out, 0), "for_status")));
    imported_close(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listed_entity_becomes_an_issuer),
        cmocka_unit_test(names_stand_in_their_languages),
        cmocka_unit_test(a_withdrawn_service_withdraws_its_keys_at_that_time),
        cmocka_unit_test(a_status_or_type_that_is_not_known_gives_nothing),
        cmocka_unit_test(a_service_that_gives_nothing_names_nobody),
        cmocka_unit_test(types_that_issue_attestations_give_issuers),
        cmocka_unit_test(keys_for_revocation_are_for_status_and_no_anchors),
        cmocka_unit_test(a_certificate_is_an_anchor_a_key_and_names),
        cmocka_unit_test(an_entity_without_a_name_is_known_by_its_certificate_and_told),
        cmocka_unit_test(what_is_not_judged_is_counted_and_the_rest_counts),
        cmocka_unit_test(a_jwk_narrows_the_time_of_its_certificate),
        cmocka_unit_test(a_key_of_the_past_ends_with_its_state),
        cmocka_unit_test(a_key_withdrawn_in_the_past_stays_withdrawn),
        cmocka_unit_test(what_a_service_says_now_outweighs_its_past),
        cmocka_unit_test(one_key_of_two_services),
    };
    return cmocka_run_group_tests(tests, lote_import_start, NULL);
}
