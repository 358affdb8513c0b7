/* SPDX-License-Identifier: Apache-2.0 */
/* Lists that are malformed, not in force, or demand what is not known. */
#include "tests/lib/check.h"

#include <stdio.h>

#include "base/datetime.h"
#include "tests/lib/lote_import.h"

#define EXTENSION(text)                                                                                      \
    "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) ",\"ServiceInformationExtensions\":[" text "]}"
#define SCOPE(types)                                                                                         \
    "{\"CredentialScope\":{\"types\":[" types "],\"achievements\":[\"urn:a:1\"]},\"critical\":true}"

static void a_scope_narrows_what_keys_may_sign(void **state) {
    (void)state;
    struct imported out = lote_import_service(EXTENSION(SCOPE("\"Badge\",\"Diploma\"")));
    assert_string_equal(
        json_string_value(json_array_get(json_object_get(lote_import_key(&out, 0), "types"), 1)), "Diploma");
    assert_string_equal(
        json_string_value(json_array_get(json_object_get(lote_import_key(&out, 0), "achievements"), 0)),
        "urn:a:1");
    imported_close(&out);
    lote_import_refused_service(EXTENSION("{\"CredentialScope\":{\"types\":3}}"), ERR_ISSUER_FILE);
    out = lote_import_two(EXTENSION(SCOPE("\"Badge\"")), EXTENSION(SCOPE("\"Diploma\"")));
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
        (void)snprintf(service, sizeof service, "{%s,\"ServiceInformationExtensions\":[%s]}",
                       LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256), cases[i].extension);
        struct imported out = lote_import(lote_text_list(lote_text_entity("Academy", service)));
        if (out.err != cases[i].err) {
            fail_msg("%s gives %s", cases[i].extension, err_name(out.err));
        }
        imported_close(&out);
    }
    json_t *list = lote_text_list(NULL);
    json_object_set_new(lote_text_scheme(list), "SchemeExtensions",
                        json_pack("[{s:{},s:b}]", "CredentialScope", "critical", 1));
    lote_import_refused(list, ERR_LOTE_EXTENSION, "");
    json_t *entity = lote_text_entity("Academy", "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "}");
    json_object_set_new(json_object_get(entity, "TrustedEntityInformation"), "TEInformationExtensions",
                        json_pack("[{s:{},s:b}]", "Other", "critical", 1));
    lote_import_refused(lote_text_list(entity), ERR_LOTE_EXTENSION, "Academy");
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
    lote_import_refused(list_with("NextUpdate", json_null()), ERR_LOTE_CLOSED, "");
    lote_import_refused(list_with("NextUpdate", json_string("2026-08-02T00:00:00Z")), ERR_LOTE_ENDED, "");
    lote_import_refused(list_with("NextUpdate", json_string("2026-08-01T00:00:00Z")), ERR_IMPORT_SHAPE, "");
    lote_import_refused(list_with("LoTEVersionIdentifier", json_integer(2)), ERR_LOTE_VERSION, "");
    struct imported early =
        lote_import_at(lote_text_list(NULL), datetime_seconds((struct datetime){2026, 7, 31, 0, 0, 0}));
    assert_int_equal(early.err, ERR_IMPORT_AHEAD);
    imported_close(&early);
    int64_t until_s = datetime_seconds((struct datetime){2026, 12, 1, 0, 0, 0});
    struct imported out = lote_import_at(lote_text_list(NULL), until_s);
    assert_ok(out.err);
    imported_close(&out);
    out = lote_import_at(lote_text_list(NULL), until_s + 1);
    assert_int_equal(out.err, ERR_LOTE_ENDED);
    imported_close(&out);
}

static void a_malformed_scheme_is_refused(void **state) {
    (void)state;
    static const char *const required[] = {"LoTEVersionIdentifier", "LoTESequenceNumber",
                                           "SchemeOperatorName", "ListIssueDateTime", "NextUpdate"};
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        lote_import_refused(list_with(required[i], NULL), ERR_IMPORT_SHAPE, "");
        lote_import_refused(list_with(required[i], json_true()), ERR_IMPORT_SHAPE, "");
    }
    lote_import_refused(list_with("LoTESequenceNumber", json_integer(0)), ERR_IMPORT_SHAPE, "");
    lote_import_refused(list_with("LoTESequenceNumber", json_integer(LIMIT_JSON_INTEGER + 1)),
                        ERR_IMPORT_SHAPE, "");
    lote_import_refused(list_with("LoTESequenceNumber", json_real(7.5)), ERR_IMPORT_SHAPE, "");
    lote_import_refused(list_with("ListIssueDateTime", json_string("2026-08-01T00:00:00")), ERR_IMPORT_SHAPE,
                        "");
    lote_import_refused(list_with("SchemeTerritory", json_string("EUR")), ERR_IMPORT_SHAPE, "");
    lote_import_refused(list_with("SchemeOperatorName", json_array()), ERR_IMPORT_SHAPE, "");
    lote_import_refused(list_with("Sequence", json_integer(1)), ERR_IMPORT_SHAPE, "");
    json_t *list = lote_text_list(NULL);
    json_object_set_new(json_object_get(list, "LoTE"), "TrustedEntitiesList", json_array());
    lote_import_refused(list, ERR_IMPORT_SHAPE, "");
    lote_import_refused(json_pack("{s:{}}", "TrustedEntitiesList"), ERR_IMPORT_SHAPE, "");
}

static void a_malformed_entity_is_refused_by_name(void **state) {
    (void)state;
    lote_import_refused_service("{}", ERR_IMPORT_SHAPE);
    lote_import_refused_service(
        "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) ",\"ServiceStatuss\":\"urn:withdrawn\"}",
        ERR_IMPORT_SHAPE);
    lote_import_refused_service("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) ",\"ServiceStatus\":7}",
                                ERR_IMPORT_SHAPE);
    lote_import_refused_service(
        "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) ",\"StatusStartingTime\":\"yesterday\"}",
        ERR_IMPORT_SHAPE);
    lote_import_refused_service("{\"ServiceDigitalIdentity\":{\"PublicKeyValues\":[]}}", ERR_IMPORT_SHAPE);
    lote_import_refused_service("{\"ServiceDigitalIdentity\":{\"X509Certificates\":[{\"val\":\"?\"}]}}",
                                ERR_BASE64);
    lote_import_refused_service("{\"ServiceDigitalIdentity\":{\"X509Certificates\":[{\"val\":\"QUJD\"}]}}",
                                ERR_CERTIFICATE);
    lote_import_refused_service("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256 ",\"d\":\"AA\"") "}",
                                ERR_KEY_PRIVATE);
    lote_import_refused_service("{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256 ",\"kid\":5") "}",
                                ERR_IMPORT_SHAPE);
    json_t *entity = lote_text_entity("Academy", "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "}");
    json_object_del(json_object_get(entity, "TrustedEntityInformation"), "TEAddress");
    lote_import_refused(lote_text_list(entity), ERR_IMPORT_SHAPE, "Academy");
    lote_import_refused(lote_text_list(json_string("Academy")), ERR_IMPORT_SHAPE, "entry 0");
    entity = lote_text_entity("Academy", "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "}");
    json_t *name =
        json_array_get(json_object_get(json_object_get(entity, "TrustedEntityInformation"), "TEName"), 0);
    json_object_set_new(name, "lang", json_string("e n"));
    lote_import_refused(lote_text_list(entity), ERR_IMPORT_SHAPE, "Academy");
}

static void more_keys_than_are_read_are_refused(void **state) {
    (void)state;
    json_t *entity = lote_text_entity("Academy", "{" LOTE_IMPORT_IDENTITY(LOTE_IMPORT_P256) "}");
    json_t *information = json_object_get(json_array_get(json_object_get(entity, "TrustedEntityServices"), 0),
                                          "ServiceInformation");
    json_t *keys = json_object_get(json_object_get(information, "ServiceDigitalIdentity"), "PublicKeyValues");
    for (int i = 0; i < 65; i++) {
        char x[44] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        x[0] = (char)('A' + i / 26);
        x[1] = (char)('a' + i % 26);
        json_array_append_new(keys, json_pack("{s:s,s:s,s:s}", "kty", "OKP", "crv", "Ed25519", "x", x));
    }
    lote_import_refused(lote_text_list(entity), ERR_LOTE_MANY, "Academy");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scope_narrows_what_keys_may_sign),
        cmocka_unit_test(critical_extensions_that_are_not_known_are_refused),
        cmocka_unit_test(a_list_that_is_not_in_force_is_refused),
        cmocka_unit_test(a_malformed_scheme_is_refused),
        cmocka_unit_test(a_malformed_entity_is_refused_by_name),
        cmocka_unit_test(more_keys_than_are_read_are_refused),
    };
    return cmocka_run_group_tests(tests, lote_import_start, NULL);
}
