/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "credential/credential.h"
#include "tests/lib/forge.h"

/* An Open Badges 3.0 badge under the data model 2.0, claims beside its members. */
#define BADGE                                                                                                \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/"     \
    "context-3.0.3.json\"],\"id\":\"urn:uuid:1\",\"type\":[\"VerifiableCredential\","                        \
    "\"OpenBadgeCredential\"],"                                                                              \
    "\"issuer\":{\"id\":\"https://issuer.example\",\"type\":[\"Profile\"],\"name\":\"Anybody\"},"            \
    "\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2027-01-01T00:00:00Z\","                        \
    "\"awardedDate\":\"2025-12-31T10:00:00Z\",\"name\":\"Badge of Ada\","                                    \
    "\"credentialSubject\":{\"id\":\"did:example:ada\",\"type\":[\"AchievementSubject\"],\"name\":\"Ada\","  \
    "\"achievement\":{\"id\":\"https://issuer.example/a/1\",\"type\":[\"Achievement\"],"                     \
    "\"achievementType\":\"Badge\",\"name\":\"Pioneer\",\"description\":\"For pioneers\","                   \
    "\"criteria\":{\"narrative\":\"Go first\"}}},"                                                           \
    "\"credentialStatus\":{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\","          \
    "\"statusListIndex\":\"94567\",\"statusListCredential\":\"https://issuer.example/status/1\"},"           \
    "\"iss\":\"https://issuer.example\",\"jti\":\"urn:uuid:1\",\"nbf\":1767225600,\"exp\":1798761600,"       \
    "\"sub\":\"did:example:ada\"}"

/* A W3C credential under the data model 1.1, whose claims stand alone. */
#define NESTED                                                                                               \
    "{\"vc\":{\"@context\":\"https://www.w3.org/2018/credentials/v1\",\"type\":[\"VerifiableCredential\"],"  \
    "\"credentialSubject\":{\"name\":\"Ada\"}},\"iss\":\"did:web:issuer.example\",\"jti\":\"urn:uuid:2\","   \
    "\"nbf\":1767225600.9,\"exp\":1798761600,\"sub\":\"did:example:ada\"}"

/* A W3C credential of the data model 2.0 as VC-JOSE-COSE secures it: no claims at all. */
#define PLAIN                                                                                                \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/"                                                    \
    "v2\"],\"type\":[\"VerifiableCredential\",\"Degree\"],"                                                  \
    "\"issuer\":\"https://issuer.example\",\"iat\":\"2010-01-01T19:23:24Z\","                                \
    "\"credentialSubject\":{\"id\":\"did:example:ada\"}}"

static enum err read_text(const char *text, enum credential_profile profile,
                          struct claimed_credential *claimed) {
    return credential_read(span_of_text(text), profile, claimed);
}

static void reads_every_fact_of_a_badge(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(read_text(BADGE, CREDENTIAL_OB3_JWT, &c));
    assert_int_equal(c.version, CREDENTIAL_VCDM_2);
    assert_true(c.badge);
    assert_span_text(c.id, "urn:uuid:1");
    assert_span_text(c.issuer, "https://issuer.example");
    assert_int_equal(c.type_count, 2);
    assert_span_text(c.types[1], "OpenBadgeCredential");
    assert_span_text(c.name, "Badge of Ada");
    assert_span_text(c.subject_id, "did:example:ada");
    assert_span_text(c.holder_name, "Ada");
    assert_span_text(c.achievement_id, "https://issuer.example/a/1");
    assert_span_text(c.achievement_name, "Pioneer");
    assert_span_text(c.achievement_type, "Badge");
    assert_span_text(c.description, "For pioneers");
    assert_span_text(c.criteria, "Go first");
    assert_int_equal(c.valid_from.time_s, 1767225600);
    assert_int_equal(c.valid_until.time_s, 1798761600);
    assert_int_equal(c.awarded.time_s, 1767175200);
    assert_int_equal(c.status_count, 1);
    assert_span_text(c.statuses[0].address, "https://issuer.example/status/1");
    assert_true(c.statuses[0].has_index);
    assert_int_equal(c.statuses[0].index, 94567);
    assert_int_equal(c.statuses[0].bits, 1);
    credential_close(&c);
    credential_close(&c);
}

static void lets_a_claim_stand_alone_under_vc(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(read_text(NESTED, CREDENTIAL_OB3_JWT, &c));
    assert_int_equal(c.version, CREDENTIAL_VCDM_1);
    assert_span_text(c.issuer, "did:web:issuer.example");
    assert_span_text(c.id, "urn:uuid:2");
    assert_span_text(c.subject_id, "did:example:ada");
    assert_int_equal(c.valid_from.time_s, 1767225600);
    assert_int_equal(c.valid_until.time_s, 1798761600);
    credential_close(&c);
}

static void reads_a_credential_without_claims_under_vc_jose(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(read_text(PLAIN, CREDENTIAL_VC_JOSE, &c));
    assert_false(c.valid_from.present);
    assert_false(c.valid_until.present);
    assert_false(c.badge);
    credential_close(&c);
}

static void takes_exp_of_vc_jose_as_a_further_limit(void **state) {
    (void)state;
    static const struct {
        const char *claims;
        int64_t from_s, until_s;
    } cases[] = {
        {"\"exp\":1798761600,", 0, 1798761600},
        {"\"validUntil\":\"2026-06-01T00:00:00Z\",\"exp\":1798761600,", 0, 1780272000},
        {"\"validUntil\":\"2028-06-01T00:00:00Z\",\"exp\":1798761600,", 0, 1798761600},
        {"\"validFrom\":\"2026-01-01T00:00:00Z\",\"nbf\":1767225700,\"exp\":1798761600,", 1767225700,
         1798761600},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claimed_credential c = {0};
        char *text = forge_replaced(PLAIN, "{\"@context\"", "{CLAIMS\"@context\"");
        char *whole = forge_replaced(text, "CLAIMS", cases[i].claims);
        assert_ok(read_text(whole, CREDENTIAL_VC_JOSE, &c));
        assert_int_equal(c.valid_from.time_s, cases[i].from_s);
        assert_int_equal(c.valid_until.time_s, cases[i].until_s);
        credential_close(&c);
        free(whole);
        free(text);
    }
}

/* What one change of a good credential leads to. */
struct change {
    const char *text;
    enum credential_profile profile;
    const char *from, *to;
    enum err expected;
};

static void check_changes(const struct change *changes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct claimed_credential c = {0};
        char *text = forge_replaced(changes[i].text, changes[i].from, changes[i].to);
        enum err err = read_text(text, changes[i].profile, &c);
        if (err != changes[i].expected) {
            fail_msg("%s -> %s: %s, not %s", changes[i].from, changes[i].to, err_name(err),
                     err_name(changes[i].expected));
        }
        if (err != ERR_OK) {
            assert_null(c.document);
        }
        credential_close(&c);
        free(text);
    }
}

#define OB3          CREDENTIAL_OB3_JWT
#define JOSE         CREDENTIAL_VC_JOSE
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void holds_claims_against_members(void **state) {
    (void)state;
    static const struct change changes[] = {
        {BADGE, OB3, "\"iss\":\"https://issuer.example\",", "", ERR_CREDENTIAL_CLAIM},
        {BADGE, OB3, "\"iss\":\"https://issuer.example\"", "\"iss\":\"https://other.example\"",
         ERR_CREDENTIAL_CLAIM_DIFFERS},
        {BADGE, OB3, "\"iss\":\"https://issuer.example\"", "\"iss\":7", ERR_CREDENTIAL_CLAIM},
        {BADGE, OB3, "\"jti\":\"urn:uuid:1\",", "", ERR_CREDENTIAL_CLAIM},
        {BADGE, OB3, "\"jti\":\"urn:uuid:1\"", "\"jti\":\"urn:uuid:2\"", ERR_CREDENTIAL_CLAIM_DIFFERS},
        {BADGE, OB3, "\"nbf\":1767225600,", "", ERR_CREDENTIAL_CLAIM},
        {BADGE, OB3, "\"nbf\":1767225600", "\"nbf\":1767225601", ERR_CREDENTIAL_CLAIM_DIFFERS},
        {BADGE, OB3, "\"nbf\":1767225600", "\"nbf\":1767225600.5", ERR_OK},
        {BADGE, OB3, "\"nbf\":1767225600", "\"nbf\":\"1767225600\"", ERR_CREDENTIAL_CLAIM},
        {BADGE, OB3, "\"nbf\":1767225600", "\"nbf\":1e300", ERR_CREDENTIAL_CLAIM},
        {BADGE, OB3, "\"exp\":1798761600,", "", ERR_CREDENTIAL_CLAIM},
        {BADGE, OB3, "\"exp\":1798761600", "\"exp\":1898761600", ERR_CREDENTIAL_CLAIM_DIFFERS},
        {BADGE, OB3, "\"validUntil\":\"2027-01-01T00:00:00Z\",", "", ERR_CREDENTIAL_CLAIM_DIFFERS},
        {BADGE, OB3, ",\"sub\":\"did:example:ada\"", "", ERR_CREDENTIAL_CLAIM},
        {BADGE, OB3, "\"sub\":\"did:example:ada\"", "\"sub\":\"did:example:eve\"",
         ERR_CREDENTIAL_CLAIM_DIFFERS},
        {BADGE, OB3, "\"id\":\"urn:uuid:1\",", "", ERR_CREDENTIAL_CLAIM_DIFFERS},
        {NESTED, OB3, "\"jti\":\"urn:uuid:2\",", "", ERR_CREDENTIAL_CLAIM},
        {NESTED, OB3, "\"iss\":\"did:web:issuer.example\",", "", ERR_CREDENTIAL_CLAIM},
        {NESTED, OB3, "\"nbf\":1767225600.9,", "", ERR_CREDENTIAL_CLAIM},
        {NESTED, OB3, "\"exp\":1798761600,", "", ERR_OK},
        {PLAIN, JOSE, "{\"@context\"", "{\"iss\":\"https://issuer.example\",\"@context\"", ERR_OK},
        {PLAIN, JOSE, "{\"@context\"", "{\"iss\":\"https://other.example\",\"@context\"",
         ERR_CREDENTIAL_CLAIM_DIFFERS},
        {PLAIN, JOSE, "{\"@context\"", "{\"jti\":\"urn:uuid:1\",\"@context\"", ERR_CREDENTIAL_CLAIM_DIFFERS},
        {PLAIN, JOSE, "{\"@context\"", "{\"sub\":\"did:example:eve\",\"@context\"",
         ERR_CREDENTIAL_CLAIM_DIFFERS},
        {PLAIN, JOSE, "{\"@context\"", "{\"exp\":\"2027-01-01T00:00:00Z\",\"@context\"",
         ERR_CREDENTIAL_CLAIM},
        {PLAIN, JOSE, "{\"@context\"", "{\"vc\":\"oops\",\"@context\"", ERR_CREDENTIAL_CLAIM},
        {PLAIN, JOSE, "{\"@context\"", "{\"vp\":\"nooo\",\"@context\"", ERR_CREDENTIAL_CLAIM},
        {NESTED, JOSE, "{\"vc\"", "{\"vc\"", ERR_CREDENTIAL_CLAIM},
        {PLAIN, OB3, "{\"@context\"", "{\"@context\"", ERR_CREDENTIAL_CLAIM},
    };
    check_changes(changes, COUNT(changes));
}

static void refuses_what_breaks_the_data_model(void **state) {
    (void)state;
    static const struct change changes[] = {
        {BADGE, OB3, "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/v9",
         ERR_CREDENTIAL_CONTEXT},
        {PLAIN, JOSE, "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1",
         ERR_CREDENTIAL_CONTEXT},
        {NESTED, OB3, "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2",
         ERR_CREDENTIAL_CONTEXT},
        {PLAIN, JOSE, "\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],", "", ERR_CREDENTIAL_CONTEXT},
        {BADGE, OB3, "\"VerifiableCredential\"", "\"Verifiable\"", ERR_CREDENTIAL_TYPE},
        {BADGE, OB3, "\"VerifiableCredential\"", "\"VerifiableCredential\",7", ERR_CREDENTIAL_TYPE},
        {BADGE, OB3, "\"VerifiableCredential\"",
         "\"VerifiableCredential\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\","
         "\"12\",\"13\","
         "\"14\",\"15\"",
         ERR_CREDENTIAL_TOO_MANY},
        {PLAIN, JOSE, "{\"@context\"", "{\"_sd\":[],\"@context\"", ERR_FORMAT_SD_JWT},
        {PLAIN, JOSE, "{\"@context\"", "{\"_sd_alg\":\"sha-256\",\"@context\"", ERR_FORMAT_SD_JWT},
        {NESTED, OB3, "{\"vc\"", "{\"_sd_alg\":\"sha-256\",\"vc\"", ERR_FORMAT_SD_JWT},
        {NESTED, OB3, "\"type\"", "\"_sd\":[],\"type\"", ERR_FORMAT_SD_JWT},
        {PLAIN, JOSE, "{\"id\":\"did:example:ada\"}", "[{\"_sd\":[]}]", ERR_FORMAT_SD_JWT},
        {PLAIN, JOSE, "\"Degree\"", "\"BitstringStatusListCredential\"", ERR_CREDENTIAL_LIST},
        {PLAIN, JOSE, "\"Degree\"", "\"Degree\",\"StatusList2021Credential\"", ERR_CREDENTIAL_LIST},
        {PLAIN, JOSE, "\"Degree\"", "\"RevocationList2020Credential\"", ERR_CREDENTIAL_LIST},
        {BADGE, OB3, "\"id\":\"urn:uuid:1\"", "\"id\":7", ERR_CREDENTIAL_ID},
        {PLAIN, JOSE, "\"type\"", "\"id\":\"\",\"type\"", ERR_CREDENTIAL_ID},
        {PLAIN, JOSE, "\"did:example:ada\"", "\"\"", ERR_CREDENTIAL_ID},
        {BADGE, OB3, "\"issuer\":{\"id\":\"https://issuer.example\",", "\"issuer\":{", ERR_CREDENTIAL_ISSUER},
        {PLAIN, JOSE, "\"issuer\":\"https://issuer.example\"", "\"issuer\":[\"https://issuer.example\"]",
         ERR_CREDENTIAL_ISSUER},
        {PLAIN, JOSE, "\"issuer\":\"https://issuer.example\",", "", ERR_CREDENTIAL_ISSUER},
        {BADGE, OB3, "\"name\":\"Badge of Ada\"", "\"name\":7", ERR_CREDENTIAL_TEXT},
        {BADGE, OB3, "\"2026-01-01T00:00:00Z\"", "\"2026-01-01\"", ERR_CREDENTIAL_DATE},
        {BADGE, OB3, "\"2026-01-01T00:00:00Z\"", "1767225600", ERR_CREDENTIAL_DATE},
        {BADGE, OB3, "\"validFrom\"", "\"issuanceDate\"", ERR_CREDENTIAL_DATE},
        {BADGE, OB3, "\"awardedDate\"", "\"expirationDate\"", ERR_CREDENTIAL_DATE},
        {NESTED, OB3, "\"type\"", "\"validUntil\":\"2026-01-01T00:00:00Z\",\"type\"", ERR_CREDENTIAL_DATE},
        {BADGE, OB3, "\"2025-12-31T10:00:00Z\"", "\"yesterday\"", ERR_CREDENTIAL_DATE},
        {NESTED, OB3, "\"type\"", "\"validFrom\":\"2026-01-01T00:00:00Z\",\"type\"", ERR_CREDENTIAL_DATE},
        {NESTED, OB3, "1798761600", "1698761600", ERR_CREDENTIAL_DATE_ORDER},
        {PLAIN, JOSE, "\"credentialSubject\":{\"id\":\"did:example:ada\"}", "\"credentialSubject\":\"Ada\"",
         ERR_CREDENTIAL_SUBJECT},
        {PLAIN, JOSE, ",\"credentialSubject\":{\"id\":\"did:example:ada\"}", "", ERR_CREDENTIAL_SUBJECT},
        {PLAIN, JOSE, "{\"id\":\"did:example:ada\"}", "[{\"id\":\"did:example:ada\"}]", ERR_OK},
        {PLAIN, JOSE, "{\"id\":\"did:example:ada\"}", "[]", ERR_CREDENTIAL_SUBJECT},
        {PLAIN, JOSE, "{\"id\":\"did:example:ada\"}", "[{\"id\":\"a\"},{\"id\":\"b\"}]",
         ERR_CREDENTIAL_SUBJECTS},
        {PLAIN, JOSE, "\"did:example:ada\"", "7", ERR_CREDENTIAL_ID},
        {BADGE, OB3, "\"achievement\"", "\"achieved\"", ERR_CREDENTIAL_ACHIEVEMENT},
        {BADGE, OB3, "\"id\":\"https://issuer.example/a/1\",", "", ERR_CREDENTIAL_ACHIEVEMENT},
        {BADGE, OB3, "\"name\":\"Pioneer\",", "", ERR_CREDENTIAL_ACHIEVEMENT},
        {BADGE, OB3, "\"description\":\"For pioneers\"", "\"description\":[7]", ERR_CREDENTIAL_TEXT},
        {BADGE, OB3, "{\"narrative\":\"Go first\"}", "{\"narrative\":{}}", ERR_CREDENTIAL_TEXT},
        {BADGE, OB3, "{\"narrative\":\"Go first\"}", "7", ERR_CREDENTIAL_ID},
        {BADGE, OB3, "\"name\":\"Ada\"", "\"identifier\":[{\"type\":\"IdentityObject\"}]",
         ERR_CREDENTIAL_IDENTITY},
        {BADGE, OB3, "\"credentialStatus\":{", "\"credentialStatus\":\"none\",\"other\":{",
         ERR_CREDENTIAL_STATUS},
        {BADGE, OB3, "\"credentialStatus\":{",
         "\"credentialStatus\":[{},{},{},{},{},{},{},{},{}],\"other\":{", ERR_CREDENTIAL_TOO_MANY},
        {NESTED, OB3, "{\"vc\"", "{\"type\":\"VerifiableCredential\",\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"vp\":{},\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"@context\":[],\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"credentialSubject\":{},\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"issuer\":\"\",\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"issuanceDate\":\"\",\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"expirationDate\":\"\",\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"validFrom\":\"\",\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"validUntil\":\"\",\"vc\"", ERR_CREDENTIAL_TWICE},
        {NESTED, OB3, "{\"vc\"", "{\"credentialStatus\":[],\"vc\"", ERR_CREDENTIAL_TWICE},
        {BADGE, OB3, "\"credentialStatus\":{",
         "\"status\":{},\"credentialStatus\":[{},{},{},{},{},{},{},{}],\"other\":{", ERR_CREDENTIAL_TOO_MANY},
        {NESTED, OB3, "{\"vc\":{", "{\"vc\":7,\"vx\":{", ERR_CREDENTIAL_CLAIM},
        {NESTED, OB3, "{\"vc\":{", "{\"vp\":{", ERR_FORMAT_PRESENTATION},
        {PLAIN, JOSE, "\"VerifiableCredential\"", "\"VerifiablePresentation\"", ERR_FORMAT_PRESENTATION},
        {PLAIN, OB3, "[\"VerifiableCredential\",\"Degree\"]", "\"Assertion\"", ERR_FORMAT_OPEN_BADGE_2},
    };
    check_changes(changes, COUNT(changes));
}

static void says_when_it_is_no_credential(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err expected;
    } cases[] = {
        {"{}", ERR_CREDENTIAL_NONE},
        {"{\"sub\":\"ada\",\"iat\":1}", ERR_CREDENTIAL_NONE},
        {"[]", ERR_CREDENTIAL_NONE},
        {"", ERR_JSON_SYNTAX},
        {"7", ERR_JSON_SYNTAX},
        {"{\"a\":1}x", ERR_JSON_SYNTAX},
        {"{\"a\":1,\"\\u0061\":2}", ERR_JSON_DUPLICATE},
        {"{\"a\":\"\\udc00\"}", ERR_JSON_SYNTAX},
        {"{\"a\":\"\\u0000\"}", ERR_JSON_SYNTAX},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct claimed_credential c = {0};
        assert_err(read_text(cases[i].text, OB3, &c), cases[i].expected);
    }
}

static void refuses_an_issuer_longer_than_any_name(void **state) {
    (void)state;
    char name[LIMIT_NAME_BYTES + 2] = {0};
    memset(name, 'x', LIMIT_NAME_BYTES + 1);
    char *text = forge_replaced(PLAIN, "https://issuer.example", name);
    struct claimed_credential c = {0};
    assert_err(read_text(text, JOSE, &c), ERR_CREDENTIAL_NAME_LONG);
    free(text);
}

static void reads_text_in_languages(void **state) {
    (void)state;
    static const struct {
        const char *name, *expected;
    } cases[] = {
        {"\"Pioneer\"", "Pioneer"},
        {"{\"@value\":\"Pionier\",\"@language\":\"de\"}", "Pionier"},
        {"[{\"@value\":\"Pionier\",\"@language\":\"de\"},{\"@value\":\"Pioneer\",\"@language\":\"en-GB\"}]",
         "Pioneer"},
        {"[{\"@value\":\"Pionier\",\"@language\":\"de\"},\"Pioneer\"]", "Pionier"},
        {"{\"de\":\"Pionier\",\"en\":\"Pioneer\"}", "Pioneer"},
        {"{\"de\":\"Pionier\"}", "Pionier"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct claimed_credential c = {0};
        char *text = forge_replaced(BADGE, "\"Pioneer\"", cases[i].name);
        assert_ok(read_text(text, OB3, &c));
        assert_span_text(c.achievement_name, cases[i].expected);
        credential_close(&c);
        free(text);
    }
}

static void tells_a_named_holder_from_a_hash(void **state) {
    (void)state;
    static const struct {
        const char *identifier, *name, *identity;
        bool hashed;
    } cases[] = {
        {"{\"hashed\":true,\"identityHash\":\"sha256$00\",\"identityType\":\"emailAddress\"}", "", "", true},
        {"{\"hashed\":false,\"identityHash\":\"Ada\",\"identityType\":\"name\"}", "Ada", "", false},
        {"[{\"hashed\":false,\"identityHash\":\"ada@example.org\",\"identityType\":\"emailAddress\"}]", "",
         "ada@example.org", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct claimed_credential c = {0};
        char *text = forge_replaced(BADGE, "\"name\":\"Ada\"", "\"identifier\":HERE");
        char *whole = forge_replaced(text, "HERE", cases[i].identifier);
        assert_ok(read_text(whole, OB3, &c));
        assert_span_text(c.holder_name, cases[i].name);
        assert_span_text(c.holder_identity, cases[i].identity);
        assert_int_equal(c.holder_hashed, cases[i].hashed);
        credential_close(&c);
        free(whole);
        free(text);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_fact_of_a_badge),
        cmocka_unit_test(lets_a_claim_stand_alone_under_vc),
        cmocka_unit_test(reads_a_credential_without_claims_under_vc_jose),
        cmocka_unit_test(takes_exp_of_vc_jose_as_a_further_limit),
        cmocka_unit_test(holds_claims_against_members),
        cmocka_unit_test(refuses_what_breaks_the_data_model),
        cmocka_unit_test(says_when_it_is_no_credential),
        cmocka_unit_test(refuses_an_issuer_longer_than_any_name),
        cmocka_unit_test(reads_text_in_languages),
        cmocka_unit_test(tells_a_named_holder_from_a_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
