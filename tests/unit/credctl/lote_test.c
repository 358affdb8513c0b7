/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_anchor.h"
#include "tests/lib/certificate_files.h"
#include "tests/lib/imported.h"
#include "tests/lib/lote_text.h"

#define GRANTED   "\"ServiceStatus\":\"http://uri.etsi.org/19602/SvcStatus/granted\""
#define WITHDRAWN "\"ServiceStatus\":\"http://uri.etsi.org/19602/SvcStatus/withdrawn\""
#define SINCE(t)  "\"StatusStartingTime\":\"" t "T00:00:00Z\""
/* RFC 7515 A.3 and RFC 8037 A.2. */
#define P256                                                                                                 \
    "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_"      \
    "FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\""
#define OKP "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\""
#define IDENTITY(jwk)                                                                                        \
    "\"ServiceDigitalIdentity\":{\"PublicKeyValues\":[{" jwk "}],\"OtherIds\":[\"did:web:a.example\"]}"

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : 1;
}

/* Import a list; both are taken over. */
static struct imported read_at(json_t *list, int64_t now_s) {
    char *text = json_dumps(list, 0);
    assert_non_null(text);
    struct imported out =
        imported_text(&import_lote, span_of_text(text), &(struct imported_how){.now_s = now_s});
    free(text);
    json_decref(list);
    return out;
}

static struct imported import(json_t *list) {
    return read_at(list, 0);
}

/* The one issuer of a list of one entity with this service. */
static struct imported import_service(const char *service) {
    struct imported out = import(lote_text_list(lote_text_entity("Academy", service)));
    assert_ok(out.err);
    return out;
}

static void refused(json_t *list, enum err expected, const char *entry) {
    struct imported out = import(list);
    if (out.err != expected) {
        fail_msg("%s, not %s", err_name(out.err), err_name(expected));
    }
    assert_string_equal(out.job.entry, entry);
    imported_close(&out);
}

static void refused_service(const char *service, enum err expected) {
    refused(lote_text_list(lote_text_entity("Academy", service)), expected, "Academy");
}

static const char *text_of(const json_t *object, const char *member) {
    return json_string_value(json_object_get(object, member));
}

static const json_t *key_of(const struct imported *of, size_t n) {
    return json_array_get(json_object_get(json_array_get(of->issuers, 0), "keys"), n);
}

static void a_listed_entity_becomes_an_issuer(void **state) {
    (void)state;
    struct imported out =
        import_service("{" IDENTITY(P256 ",\"kid\":\"did:web:b.example#k\"") "," GRANTED "}");
    const json_t *issuer = json_array_get(out.issuers, 0);
    assert_int_equal(json_array_size(out.issuers), 1);
    assert_false(out.job.source.is_signed);
    assert_int_equal(out.job.source.seq, 7);
    assert_int_equal(out.job.source.issued_s, datetime_seconds((struct datetime){2026, 8, 1, 0, 0, 0}));
    assert_int_equal(out.job.source.next_update_s, datetime_seconds((struct datetime){2026, 12, 1, 0, 0, 0}));
    assert_string_equal(text_of(json_object_get(issuer, "names"), "en"), "Academy");
    assert_string_equal(text_of(issuer, "territory"), "EE");
    assert_true(json_is_true(json_object_get(issuer, "unsigned")));
    assert_true(issuer_file_is_of(issuer, "did:web:a.example"));
    assert_true(issuer_file_is_of(issuer, "did:web:b.example")); /* of the key id */
    assert_int_equal(json_array_size(json_object_get(issuer, "identifiers")), 2);
    assert_string_equal(text_of(key_of(&out, 0), "kid"), "did:web:b.example#k");
    assert_string_equal(text_of(key_of(&out, 0), "alg"), "ES256");
    assert_string_equal(text_of(key_of(&out, 0), "withdrawn_at"), "");
    assert_int_equal(out.job.passed_over, 0);
    imported_close(&out);
}

static void names_stand_in_their_languages(void **state) {
    (void)state;
    json_t *entity = lote_text_entity("Academy", "{" IDENTITY(P256) "}");
    json_t *names = json_object_get(json_object_get(entity, "TrustedEntityInformation"), "TEName");
    json_array_insert_new(names, 0, json_pack("{s:s,s:s}", "lang", "et", "value", "Akadeemia"));
    json_array_append_new(names, json_pack("{s:s,s:s}", "lang", "en", "value", "Second"));
    json_array_append_new(names, json_pack("{s:s,s:s}", "lang", "fr", "value", ""));
    struct imported out = import(lote_text_list(entity));
    assert_ok(out.err);
    const json_t *kept = json_object_get(json_array_get(out.issuers, 0), "names");
    assert_int_equal(json_object_size(kept), 2);
    assert_string_equal(text_of(kept, "et"), "Akadeemia");
    assert_string_equal(text_of(kept, "en"), "Academy");
    imported_close(&out);
}

static void a_withdrawn_service_withdraws_its_keys_at_that_time(void **state) {
    (void)state;
    struct imported out = import_service("{" IDENTITY(P256) "," WITHDRAWN "," SINCE("2026-07-01") "}");
    assert_string_equal(text_of(key_of(&out, 0), "withdrawn_at"), "2026-07-01T00:00:00Z");
    imported_close(&out);
    refused_service("{" IDENTITY(P256) "," WITHDRAWN "}", ERR_IMPORT_SHAPE);
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
        (void)snprintf(service, sizeof service, "{%s,%s}", IDENTITY(P256), cases[i]);
        struct imported out = import_service(service);
        if (json_array_size(out.issuers) != 0 || out.job.passed_over == 0 || out.job.notes != 1) {
            fail_msg("%s gives an issuer, or is not told", cases[i]);
        }
        imported_close(&out);
    }
}

static void types_that_issue_attestations_give_issuers(void **state) {
    (void)state;
    static const char *const cases[] = {"http://uri.etsi.org/19602/SvcType/PID/Issuance",
                                        "http://uri.etsi.org/19602/SvcType/PubEAA/Issuance",
                                        "https://a.example/types/badges", "urn:a:issuance"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char service[1024];
        (void)snprintf(service, sizeof service, "{%s,\"ServiceTypeIdentifier\":\"%s\"}", IDENTITY(P256),
                       cases[i]);
        struct imported out = import_service(service);
        assert_int_equal(json_array_size(out.issuers), 1);
        assert_true(json_is_false(json_object_get(key_of(&out, 0), "for_status")));
        imported_close(&out);
    }
}

/* A service known by certificates and, in `more`, what else. */
static struct imported import_certificates(const char *const names[], const char *more) {
    char service[512];
    (void)snprintf(service, sizeof service, "{\"ServiceDigitalIdentity\":{}%s%s}", more[0] == '\0' ? "" : ",",
                   more);
    json_t *entity = lote_text_entity("Academy", service);
    json_t *information = json_object_get(json_array_get(json_object_get(entity, "TrustedEntityServices"), 0),
                                          "ServiceInformation");
    json_object_set_new(information, "ServiceDigitalIdentity", lote_text_certificates(names));
    return import(lote_text_list(entity));
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
        struct imported out = import_certificates((const char *const[]){"leaf", "ca", NULL}, more);
        assert_ok(out.err);
        assert_int_equal(json_array_size(out.issuers), 1);
        assert_true(json_is_true(json_object_get(key_of(&out, 0), "for_status")));
        assert_int_equal(issuer_anchor_count(json_array_get(out.issuers, 0)), 0);
        imported_close(&out);
    }
}

static void a_certificate_is_an_anchor_a_key_and_names(void **state) {
    (void)state;
    struct imported out = import_certificates((const char *const[]){"leaf", "ca", NULL}, "");
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
    assert_string_equal(text_of(key_of(&out, 0), "valid_from"), "2026-01-01T00:00:00Z");
    assert_string_equal(text_of(key_of(&out, 0), "valid_until"), "2036-01-01T00:00:00Z");
    assert_int_equal(out.job.notes, 0);
    free(anchor);
    imported_close(&out);
}

static void an_entity_without_a_name_is_known_by_its_certificate_and_told(void **state) {
    (void)state;
    struct imported out = import_certificates((const char *const[]){"ca", NULL}, "");
    assert_ok(out.err);
    assert_int_equal(json_array_size(out.issuers), 1);
    const char *name =
        json_string_value(json_array_get(json_object_get(json_array_get(out.issuers, 0), "identifiers"), 0));
    assert_memory_equal(name, "did:x509:0:sha256:", 18);
    assert_int_equal(strlen(name), 18 + 43);
    assert_int_equal(out.job.notes, 1);
    imported_close(&out);
    out = import_service("{\"ServiceDigitalIdentity\":{\"PublicKeyValues\":[{" P256 "}]}}");
    assert_int_equal(json_array_size(out.issuers), 0);
    assert_int_equal(out.job.passed_over, 1);
    assert_int_equal(out.job.notes, 1);
    imported_close(&out);
}

static void what_is_not_judged_is_counted_and_the_rest_counts(void **state) {
    (void)state;
    struct imported out =
        import_certificates((const char *const[]){"ed", "crit", "rsa1024", "leaf", "p521", NULL}, "");
    assert_ok(out.err);
    assert_int_equal(out.job.passed_over, 4);
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 1);
    assert_int_equal(issuer_anchor_count(json_array_get(out.issuers, 0)), 2); /* a CA may be on P-521 */
    imported_close(&out);
}

static void a_jwk_narrows_the_time_of_its_certificate(void **state) {
    (void)state;
    struct imported out = import_service("{" IDENTITY(P256 ",\"nbf\":1785542400,\"exp\":1790812800") "}");
    assert_string_equal(text_of(key_of(&out, 0), "valid_from"), "2026-08-01T00:00:00Z");
    assert_string_equal(text_of(key_of(&out, 0), "valid_until"), "2026-10-01T00:00:00Z");
    imported_close(&out);
    refused_service("{" IDENTITY(P256 ",\"exp\":\"never\"") "}", ERR_IMPORT_SHAPE);
    out = import_service("{" IDENTITY(P256 ",\"exp\":-5") "}"); /* it ended long ago */
    assert_string_equal(text_of(key_of(&out, 0), "valid_until"), "1970-01-01T00:00:01Z");
    imported_close(&out);
}

/* History: [granted from January with P256 | current]. */
#define PAST(status, jwk, since)                                                                             \
    "{\"ServiceDigitalIdentity\":{\"PublicKeyValues\":[{" jwk "}]}," status "," SINCE(since) "}"

static struct imported import_history(const char *service, const char *history) {
    struct imported out = import(lote_text_list(lote_text_entity_with_history("Academy", service, history)));
    assert_ok(out.err);
    return out;
}

static void a_key_of_the_past_ends_with_its_state(void **state) {
    (void)state;
    struct imported out = import_history("{" IDENTITY(OKP) "," GRANTED "," SINCE("2026-06-01") "}",
                                         "[" PAST(GRANTED, P256, "2026-01-01") "]");
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 2);
    assert_string_equal(text_of(key_of(&out, 0), "valid_from"), "2026-06-01T00:00:00Z");
    assert_string_equal(text_of(key_of(&out, 0), "valid_until"), "");
    assert_string_equal(text_of(key_of(&out, 1), "valid_from"), "2026-01-01T00:00:00Z");
    assert_string_equal(text_of(key_of(&out, 1), "valid_until"), "2026-06-01T00:00:00Z");
    imported_close(&out);
    out = import_history("{" IDENTITY(OKP) "}", "[" PAST(GRANTED, P256, "2026-01-01") "]");
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 1); /* nobody says when it ended */
    imported_close(&out);
}

static void a_key_withdrawn_in_the_past_stays_withdrawn(void **state) {
    (void)state;
    struct imported out =
        import_history("{" IDENTITY(OKP) "," GRANTED "," SINCE("2026-06-01") "}",
                       "[" PAST(WITHDRAWN, P256, "2026-03-01") "," PAST(GRANTED, P256, "2026-01-01") "]");
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 2);
    assert_string_equal(text_of(key_of(&out, 1), "withdrawn_at"), "2026-03-01T00:00:00Z");
    imported_close(&out);
}

static void what_a_service_says_now_outweighs_its_past(void **state) {
    (void)state;
    struct imported out = import_history("{" IDENTITY(P256) "," GRANTED "," SINCE("2026-06-01") "}",
                                         "[" PAST(WITHDRAWN, P256, "2026-03-01") "]");
    assert_string_equal(text_of(key_of(&out, 0), "withdrawn_at"), "");
    imported_close(&out);
    out = import_history("{" IDENTITY(P256) ",\"ServiceStatus\":\"urn:perhaps\"," SINCE("2026-06-01") "}",
                         "[" PAST(GRANTED, P256, "2026-03-01") "]");
    assert_int_equal(json_array_size(out.issuers), 0);
    imported_close(&out);
}

/* Two services of one entity. */
static struct imported import_two(const char *first, const char *second) {
    json_t *entity = lote_text_entity("Academy", first), *other = lote_text_entity("Academy", second);
    json_array_extend(json_object_get(entity, "TrustedEntityServices"),
                      json_object_get(other, "TrustedEntityServices"));
    json_decref(other);
    return import(lote_text_list(entity));
}

static void one_key_of_two_services(void **state) {
    (void)state;
    struct imported out =
        import_two("{" IDENTITY(P256) "}", "{" IDENTITY(P256) "," WITHDRAWN "," SINCE("2026-07-01") "}");
    assert_ok(out.err);
    assert_int_equal(issuer_file_keys(json_array_get(out.issuers, 0)), 1);
    assert_string_equal(text_of(key_of(&out, 0), "withdrawn_at"), "2026-07-01T00:00:00Z");
    imported_close(&out);
    out = import_two("{" IDENTITY(P256) ",\"ServiceTypeIdentifier\":\"urn:a:revocation\"}",
                     "{" IDENTITY(P256) "}");
    assert_ok(out.err);
    assert_true(json_is_false(json_object_get(key_of(&out, 0), "for_status")));
    imported_close(&out);
}

#define EXTENSION(text) "{" IDENTITY(P256) ",\"ServiceInformationExtensions\":[" text "]}"
#define SCOPE(types)                                                                                         \
    "{\"CredentialScope\":{\"types\":[" types "],\"achievements\":[\"urn:a:1\"]},\"critical\":true}"

static void a_scope_narrows_what_keys_may_sign(void **state) {
    (void)state;
    struct imported out = import_service(EXTENSION(SCOPE("\"Badge\",\"Diploma\"")));
    assert_string_equal(json_string_value(json_array_get(json_object_get(key_of(&out, 0), "types"), 1)),
                        "Diploma");
    assert_string_equal(
        json_string_value(json_array_get(json_object_get(key_of(&out, 0), "achievements"), 0)), "urn:a:1");
    imported_close(&out);
    refused_service(EXTENSION("{\"CredentialScope\":{\"types\":3}}"), ERR_ISSUER_FILE);
    out = import_two(EXTENSION(SCOPE("\"Badge\"")), EXTENSION(SCOPE("\"Diploma\"")));
    assert_int_equal(out.err, ERR_IMPORT_SHAPE);
    imported_close(&out);
}

static void critical_extensions_that_are_not_known_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *extension;
        enum err err;
    } cases[] = {
        {"{\"Other\":{},\"critical\":true}", ERR_LOTE_EXTENSION},
        {"{\"Other\":{\"Critical\":true}}", ERR_LOTE_EXTENSION},
        {"{\"critical\":true}", ERR_LOTE_EXTENSION},
        {"{\"CredentialScope\":{\"types\":[],\"achievements\":[]},\"Other\":1,\"critical\":true}",
         ERR_LOTE_EXTENSION},
        {"{\"OtherAssociatedBodies\":[],\"critical\":true}",
         ERR_LOTE_EXTENSION}, /* has no place in a service */
        {"{\"Other\":{},\"critical\":\"no\"}", ERR_IMPORT_SHAPE},
        {"{\"ServiceUniqueIdentifier\":3}", ERR_IMPORT_SHAPE},
        {"{\"Other\":{},\"critical\":false}", ERR_OK},
        {"{\"Other\":{}}", ERR_OK},
        {"\"https://a.example/extension\"", ERR_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char service[1024];
        (void)snprintf(service, sizeof service, "{%s,\"ServiceInformationExtensions\":[%s]}", IDENTITY(P256),
                       cases[i].extension);
        struct imported out = import(lote_text_list(lote_text_entity("Academy", service)));
        if (out.err != cases[i].err) {
            fail_msg("%s gives %s", cases[i].extension, err_name(out.err));
        }
        imported_close(&out);
    }
    json_t *list = lote_text_list(NULL);
    json_object_set_new(lote_text_scheme(list), "SchemeExtensions",
                        json_pack("[{s:{},s:b}]", "CredentialScope", "critical", 1));
    refused(list, ERR_LOTE_EXTENSION, "");
    json_t *entity = lote_text_entity("Academy", "{" IDENTITY(P256) "}");
    json_object_set_new(json_object_get(entity, "TrustedEntityInformation"), "TEInformationExtensions",
                        json_pack("[{s:{},s:b}]", "Other", "critical", 1));
    refused(lote_text_list(entity), ERR_LOTE_EXTENSION, "Academy");
}

/* A list whose scheme information has another value of a member; NULL: has it not. */
static json_t *list_with(const char *member, json_t *value) {
    json_t *list = lote_text_list(NULL);
    if (value == NULL) {
        json_object_del(lote_text_scheme(list), member);
    } else {
        json_object_set_new(lote_text_scheme(list), member, value);
    }
    return list;
}

static void a_list_that_is_not_in_force_is_refused(void **state) {
    (void)state;
    refused(list_with("NextUpdate", json_null()), ERR_LOTE_CLOSED, "");
    refused(list_with("NextUpdate", json_string("2026-08-02T00:00:00Z")), ERR_LOTE_ENDED, "");
    refused(list_with("LoTEVersionIdentifier", json_integer(2)), ERR_LOTE_VERSION, "");
    int64_t until_s = datetime_seconds((struct datetime){2026, 12, 1, 0, 0, 0});
    struct imported out = read_at(lote_text_list(NULL), until_s);
    assert_ok(out.err);
    imported_close(&out);
    out = read_at(lote_text_list(NULL), until_s + 1);
    assert_int_equal(out.err, ERR_LOTE_ENDED);
    imported_close(&out);
}

static void a_malformed_scheme_is_refused(void **state) {
    (void)state;
    static const char *const required[] = {"LoTEVersionIdentifier", "LoTESequenceNumber",
                                           "SchemeOperatorName", "ListIssueDateTime", "NextUpdate"};
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        refused(list_with(required[i], NULL), ERR_IMPORT_SHAPE, "");
        refused(list_with(required[i], json_true()), ERR_IMPORT_SHAPE, "");
    }
    refused(list_with("LoTESequenceNumber", json_integer(0)), ERR_IMPORT_SHAPE, "");
    refused(list_with("LoTESequenceNumber", json_integer(LIMIT_JSON_INTEGER + 1)), ERR_IMPORT_SHAPE, "");
    refused(list_with("LoTESequenceNumber", json_real(7.5)), ERR_IMPORT_SHAPE, "");
    refused(list_with("ListIssueDateTime", json_string("2026-08-01T00:00:00")), ERR_IMPORT_SHAPE, "");
    refused(list_with("ListIssueDateTime", json_string("2027-08-01T00:00:00Z")), ERR_IMPORT_SHAPE, "");
    refused(list_with("SchemeTerritory", json_string("EUR")), ERR_IMPORT_SHAPE, "");
    refused(list_with("SchemeOperatorName", json_array()), ERR_IMPORT_SHAPE, "");
    refused(list_with("Sequence", json_integer(1)), ERR_IMPORT_SHAPE, "");
    json_t *list = lote_text_list(NULL);
    json_object_set_new(json_object_get(list, "LoTE"), "TrustedEntitiesList", json_array());
    refused(list, ERR_IMPORT_SHAPE, "");
    refused(json_pack("{s:{}}", "TrustedEntitiesList"), ERR_IMPORT_SHAPE, "");
}

static void a_malformed_entity_is_refused_by_name(void **state) {
    (void)state;
    refused_service("{}", ERR_IMPORT_SHAPE);
    refused_service("{" IDENTITY(P256) ",\"ServiceStatuss\":\"urn:withdrawn\"}", ERR_IMPORT_SHAPE);
    refused_service("{" IDENTITY(P256) ",\"ServiceStatus\":7}", ERR_IMPORT_SHAPE);
    refused_service("{" IDENTITY(P256) ",\"StatusStartingTime\":\"yesterday\"}", ERR_IMPORT_SHAPE);
    refused_service("{\"ServiceDigitalIdentity\":{\"PublicKeyValues\":[]}}", ERR_IMPORT_SHAPE);
    refused_service("{\"ServiceDigitalIdentity\":{\"X509Certificates\":[{\"val\":\"?\"}]}}", ERR_BASE64);
    refused_service("{\"ServiceDigitalIdentity\":{\"X509Certificates\":[{\"val\":\"QUJD\"}]}}",
                    ERR_CERTIFICATE);
    refused_service("{" IDENTITY(P256 ",\"d\":\"AA\"") "}", ERR_KEY_PRIVATE);
    refused_service("{" IDENTITY(P256 ",\"kid\":5") "}", ERR_IMPORT_SHAPE);
    json_t *entity = lote_text_entity("Academy", "{" IDENTITY(P256) "}");
    json_object_del(json_object_get(entity, "TrustedEntityInformation"), "TEAddress");
    refused(lote_text_list(entity), ERR_IMPORT_SHAPE, "Academy");
    refused(lote_text_list(json_string("Academy")), ERR_IMPORT_SHAPE, "entry 0");
    entity = lote_text_entity("Academy", "{" IDENTITY(P256) "}");
    json_t *name =
        json_array_get(json_object_get(json_object_get(entity, "TrustedEntityInformation"), "TEName"), 0);
    json_object_set_new(name, "lang", json_string("e n"));
    refused(lote_text_list(entity), ERR_IMPORT_SHAPE, "Academy");
}

static void more_keys_than_are_read_are_refused(void **state) {
    (void)state;
    json_t *entity = lote_text_entity("Academy", "{" IDENTITY(P256) "}");
    json_t *information = json_object_get(json_array_get(json_object_get(entity, "TrustedEntityServices"), 0),
                                          "ServiceInformation");
    json_t *keys = json_object_get(json_object_get(information, "ServiceDigitalIdentity"), "PublicKeyValues");
    for (int i = 0; i < 65; i++) {
        char x[44] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        x[0] = (char)('A' + i / 26);
        x[1] = (char)('a' + i % 26);
        json_array_append_new(keys, json_pack("{s:s,s:s,s:s}", "kty", "OKP", "crv", "Ed25519", "x", x));
    }
    refused(lote_text_list(entity), ERR_LOTE_MANY, "Academy");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listed_entity_becomes_an_issuer),
        cmocka_unit_test(names_stand_in_their_languages),
        cmocka_unit_test(a_withdrawn_service_withdraws_its_keys_at_that_time),
        cmocka_unit_test(a_status_or_type_that_is_not_known_gives_nothing),
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
        cmocka_unit_test(a_scope_narrows_what_keys_may_sign),
        cmocka_unit_test(critical_extensions_that_are_not_known_are_refused),
        cmocka_unit_test(a_list_that_is_not_in_force_is_refused),
        cmocka_unit_test(a_malformed_scheme_is_refused),
        cmocka_unit_test(a_malformed_entity_is_refused_by_name),
        cmocka_unit_test(more_keys_than_are_read_are_refused),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
