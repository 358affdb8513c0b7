/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "credential/credential.h"
#include "tests/lib/forge.h"
#include "tests/lib/nquads.h"
#include "tests/lib/same_facts.h"

#define MEMORY (8u << 20)
#define A      "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#define CRED   "https://www.w3.org/2018/credentials#"
#define OB     "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
#define LIST   "https://www.w3.org/ns/credentials/status#"
#define XSD    "http://www.w3.org/2001/XMLSchema#"
#define NAME   "<https://schema.org/name>"

/* A badge, one statement a line. */
#define BADGE                                                                                                \
    "<urn:c:1> " A " <" CRED "VerifiableCredential> .\n"                                                     \
    "<urn:c:1> " A " <" OB "OpenBadgeCredential> .\n"                                                        \
    "<urn:c:1> <" CRED "issuer> <did:web:issuer.example> .\n"                                                \
    "<urn:c:1> <" CRED "validFrom> \"2026-01-01T00:00:00Z\"^^<" XSD "dateTime> .\n"                          \
    "<urn:c:1> <" CRED "validUntil> \"2027-01-01T00:00:00Z\"^^<" XSD "dateTime> .\n"                         \
    "<urn:c:1> <" OB "awardedDate> \"2025-12-31T10:00:00Z\"^^<https://www.w3.org/2001/XMLSchema#dateTime> "  \
    ".\n"                                                                                                    \
    "<urn:c:1> " NAME " \"Badge of Ada\" .\n"                                                                \
    "<urn:c:1> <" CRED "credentialSubject> <did:example:ada> .\n"                                            \
    "<urn:c:1> <" CRED "credentialStatus> _:s .\n"                                                           \
    "_:s " A " <" LIST "BitstringStatusListEntry> .\n"                                                       \
    "_:s <" LIST "statusPurpose> \"revocation\" .\n"                                                         \
    "_:s <" LIST "statusListIndex> \"94567\" .\n"                                                            \
    "_:s <" LIST "statusSize> \"2\"^^<https://www.w3.org/2001/XMLSchema#integer> .\n"                        \
    "_:s <" LIST "statusListCredential> <https://issuer.example/status/1> .\n"                               \
    "<did:web:issuer.example> " NAME " \"Anybody\" .\n"                                                      \
    "<did:example:ada> " NAME " \"Ada\" .\n"                                                                 \
    "<did:example:ada> <" OB "identifier> _:i .\n"                                                           \
    "_:i <" OB "hashed> \"true\"^^<https://www.w3.org/2001/XMLSchema#boolean> .\n"                           \
    "_:i <" OB "identityHash> \"sha256$00\" .\n"                                                             \
    "<did:example:ada> <" OB "achievement> <urn:a:1> .\n"                                                    \
    "<urn:a:1> " NAME " \"Pioneer\" .\n"                                                                     \
    "<urn:a:1> <https://schema.org/description> \"For pioneers\" .\n"                                        \
    "<urn:a:1> <" OB "achievementType> \"Badge\" .\n"                                                        \
    "<urn:a:1> <" OB "Criteria> _:k .\n"                                                                     \
    "_:k <" OB "narrative> \"Go first\" .\n"

static enum err read_in(const char *nquads, bool backwards, size_t memory, struct claimed_credential *out) {
    struct rdf_dataset set = {0};
    struct arena kept = arena_over(malloc(MEMORY), MEMORY);
    struct arena arena = arena_over(malloc(memory), memory);
    assert_ok(rdf_open(&kept, &set));
    nquads_read(span_of_text(nquads), &set);
    for (uint32_t i = 0; backwards && i < set.quad_count / 2; i++) {
        struct rdf_quad quad = set.quads[i];
        set.quads[i] = set.quads[set.quad_count - 1 - i];
        set.quads[set.quad_count - 1 - i] = quad;
    }
    enum err err = credential_read_statements(&set, &arena, out);
    assert_int_equal(arena.used, 0);
    free(kept.base);
    free(arena.base);
    return err;
}

static enum err read_text(const char *nquads, struct claimed_credential *out) {
    return read_in(nquads, false, MEMORY, out);
}

static void reads_every_fact_of_a_badge(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(read_text(BADGE, &c));
    assert_int_equal(c.profile, CREDENTIAL_DATA_INTEGRITY);
    assert_int_equal(c.version, CREDENTIAL_VCDM_2);
    assert_true(c.badge);
    assert_span_text(c.id, "urn:c:1");
    assert_span_text(c.issuer, "did:web:issuer.example");
    assert_int_equal(c.type_count, 2);
    assert_span_text(c.types[0], "VerifiableCredential");
    assert_span_text(c.types[1], "OpenBadgeCredential");
    assert_span_text(c.name, "Badge of Ada");
    assert_span_text(c.subject_id, "did:example:ada");
    assert_span_text(c.holder_name, "Ada");
    assert_true(c.holder_hashed);
    assert_span_text(c.achievement_id, "urn:a:1");
    assert_span_text(c.achievement_name, "Pioneer");
    assert_span_text(c.achievement_type, "Badge");
    assert_span_text(c.description, "For pioneers");
    assert_span_text(c.criteria, "Go first");
    assert_int_equal(c.valid_from.time_s, 1767225600);
    assert_int_equal(c.valid_until.time_s, 1798761600);
    assert_int_equal(c.awarded.time_s, 1767175200);
    assert_int_equal(c.status_count, 1);
    assert_span_text(c.statuses[0].kind, "BitstringStatusListEntry");
    assert_span_text(c.statuses[0].purpose, "revocation");
    assert_span_text(c.statuses[0].address, "https://issuer.example/status/1");
    assert_true(c.statuses[0].has_index);
    assert_int_equal(c.statuses[0].index, 94567);
    assert_int_equal(c.statuses[0].bits, 2);
    credential_close(&c);
}

/* The badge with one change, and statements put behind it; release by free. */
static char *changed(const char *from, const char *to, const char *behind) {
    char *text = forge_replaced(BADGE, from, to);
    size_t size = strlen(text) + strlen(behind) + 1;
    char *whole = malloc(size);
    snprintf(whole, size, "%s%s", text, behind);
    free(text);
    return whole;
}

static enum err error_of(const char *from, const char *to, const char *behind) {
    struct claimed_credential c = {0};
    char *text = changed(from, to, behind);
    enum err err = read_text(text, &c);
    assert_true(err == ERR_OK || c.document == NULL);
    credential_close(&c);
    free(text);
    return err;
}

static void refuses_a_fact_that_is_said_twice(void **state) {
    (void)state;
    static const struct {
        const char *behind;
        enum err expected;
    } cases[] = {
        {"<urn:c:1> <" CRED "validUntil> \"2099-01-01T00:00:00Z\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <" CRED "validFrom> \"2020-01-01T00:00:00Z\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <" OB "awardedDate> \"2020-01-01T00:00:00Z\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <" CRED "issuer> <did:web:other.example> .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <" CRED "credentialSubject> <did:example:eve> .\n", ERR_CREDENTIAL_SUBJECTS},
        {"<urn:c:1> " NAME " \"Badge of Eve\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <http://schema.org/name> \"Badge of Eve\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <http://schema.org/name> \"Badge of Ada\" .\n", ERR_OK},
        {"<did:example:ada> " NAME " \"Eve\" .\n", ERR_CREDENTIAL_TWICE},
        {"<did:example:ada> <" OB "achievement> <urn:a:2> .\n", ERR_CREDENTIAL_TWICE},
        {"<did:example:ada> <" OB "Achievement> <urn:a:2> .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:a:1> <" OB "Criteria> <urn:k:2> .\n", ERR_CREDENTIAL_TWICE},
        {"_:k <" OB "narrative> \"Sit down\" .\n", ERR_CREDENTIAL_TWICE},
        {"_:s <" LIST "statusListIndex> \"1\" .\n", ERR_CREDENTIAL_TWICE},
        {"_:s <" LIST "statusListCredential> <https://issuer.example/status/2> .\n", ERR_CREDENTIAL_TWICE},
        {"_:i <" OB "hashed> \"false\" .\n", ERR_CREDENTIAL_TWICE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum err err = error_of("urn:c:1", "urn:c:1", cases[i].behind);
        if (err != cases[i].expected) {
            fail_msg("%s gives %s", cases[i].behind, err_name(err));
        }
    }
}

static void refuses_values_of_another_kind(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        enum err expected;
    } cases[] = {
        {"<did:web:issuer.example>", "\"did:web:issuer.example\"", ERR_CREDENTIAL_ISSUER},
        {"<did:web:issuer.example>", "_:b", ERR_CREDENTIAL_ISSUER},
        {"\"2027-01-01T00:00:00Z\"^^<" XSD "dateTime>", "<urn:x:1>", ERR_CREDENTIAL_DATE},
        {"\"2027-01-01T00:00:00Z\"^^<" XSD "dateTime>", "_:b", ERR_CREDENTIAL_DATE},
        {"\"2027-01-01T00:00:00Z\"", "\"soon\"", ERR_CREDENTIAL_DATE},
        {"\"2027-01-01T00:00:00Z\"^^<" XSD "dateTime>", "\"2027-01-01T00:00:00Z\"", ERR_OK},
        {"\"2027-01-01T00:00:00Z\"", "\"2025-01-01T00:00:00Z\"", ERR_CREDENTIAL_DATE_ORDER},
        {"<did:example:ada>", "\"did:example:ada\"", ERR_CREDENTIAL_SUBJECT},
        {"Status> _:s", "Status> \"none\"", ERR_CREDENTIAL_STATUS},
        {"\"Badge of Ada\"", "<urn:n:1>", ERR_CREDENTIAL_TEXT},
        {"achievement> <urn:a:1>", "achievement> \"Pioneer\"", ERR_CREDENTIAL_ACHIEVEMENT},
        {"\"true\"", "\"perhaps\"", ERR_CREDENTIAL_IDENTITY},
        {"<" OB "OpenBadgeCredential>", "\"OpenBadgeCredential\"", ERR_CREDENTIAL_TYPE},
        {"<" OB "OpenBadgeCredential>", "_:t", ERR_CREDENTIAL_TYPE},
        {"<" CRED "VerifiableCredential>", "\"VerifiableCredential\"", ERR_CREDENTIAL_TYPE},
        {"<" CRED "VerifiableCredential>", "<" CRED "VerifiablePresentation>", ERR_CREDENTIAL_TYPE},
        {"<" OB "OpenBadgeCredential>", "<" LIST "BitstringStatusListCredential>", ERR_CREDENTIAL_LIST},
        {"<" OB "OpenBadgeCredential>", "<https://w3id.org/vc/status-list#StatusList2021Credential>",
         ERR_CREDENTIAL_LIST},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum err err = error_of(cases[i].from, cases[i].to, "");
        if (err != cases[i].expected) {
            fail_msg("%s -> %s gives %s", cases[i].from, cases[i].to, err_name(err));
        }
    }
}

static void tells_the_version_by_its_dates(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *issued = changed(CRED "validFrom", CRED "issuanceDate", "");
    char *old = forge_replaced(issued, CRED "validUntil", CRED "expirationDate");
    assert_ok(read_text(old, &c));
    assert_int_equal(c.version, CREDENTIAL_VCDM_1);
    assert_int_equal(c.valid_from.time_s, 1767225600);
    assert_int_equal(c.valid_until.time_s, 1798761600);
    credential_close(&c);
    assert_err(read_text(issued, &c), ERR_CREDENTIAL_DATE);
    assert_err(error_of(CRED "validUntil", CRED "expirationDate", ""), ERR_CREDENTIAL_DATE);
    assert_err(
        error_of("urn:c:1", "urn:c:1", "<urn:c:1> <" CRED "issuanceDate> \"2026-01-01T00:00:00Z\" .\n"),
        ERR_CREDENTIAL_DATE);
    free(old);
    free(issued);
}

static void reads_nothing_of_named_graphs(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = changed("validUntil> \"2027-01-01T00:00:00Z\"^^<" XSD "dateTime>",
                         "validUntil> \"2027-01-01T00:00:00Z\"^^<" XSD "dateTime> <urn:g:1>", "");
    assert_ok(read_text(text, &c));
    assert_false(c.valid_until.present);
    credential_close(&c);
    free(text);
    assert_err(error_of(CRED "VerifiableCredential>", CRED "VerifiableCredential> <urn:g:1>", ""),
               ERR_CREDENTIAL_TYPE);
}

#define ENDORSEMENT                                                                                          \
    "<urn:e:1> " A " <" CRED "VerifiableCredential> .\n"                                                     \
    "<urn:e:1> <" CRED "validUntil> \"2099-01-01T00:00:00Z\" .\n"

static void tells_a_credential_from_those_inside(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = changed("urn:c:1", "urn:c:1", ENDORSEMENT "<urn:c:1> <" OB "endorsement> <urn:e:1> .\n");
    assert_ok(read_text(text, &c));
    assert_span_text(c.id, "urn:c:1");
    assert_int_equal(c.valid_until.time_s, 1798761600);
    credential_close(&c);
    free(text);
    assert_err(error_of("urn:c:1", "urn:c:1", ENDORSEMENT), ERR_CREDENTIAL_TWICE);
    assert_err(error_of("urn:c:1", "urn:c:1",
                        ENDORSEMENT "<urn:c:1> <" OB "endorsement> <urn:e:1> .\n"
                                    "<urn:e:1> <" OB "endorsement> <urn:c:1> .\n"),
               ERR_CREDENTIAL_TWICE);
    assert_err(error_of("urn:c:1", "urn:c:1", "<urn:c:1> <" OB "endorsement> <urn:c:1> .\n"), ERR_OK);
}

static void follows_no_circle(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = changed("achievement> <urn:a:1>", "achievement> <did:example:ada>", "");
    assert_ok(read_text(text, &c));
    assert_span_text(c.achievement_id, "did:example:ada");
    assert_span_text(c.achievement_name, "Ada");
    credential_close(&c);
    free(text);
}

static void keeps_known_types_short_and_others_whole(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = changed("urn:c:1", "urn:c:1",
                         "<urn:c:1> " A " <https://z.example/Special> .\n"
                         "<urn:c:1> " A " <https://a.example/Other> .\n"
                         "<urn:c:1> " A " <urn:x:VerifiableCredential> .\n");
    assert_ok(read_text(text, &c));
    assert_int_equal(c.type_count, 5);
    assert_span_text(c.types[0], "VerifiableCredential");
    assert_span_text(c.types[1], "OpenBadgeCredential");
    assert_span_text(c.types[2], "https://a.example/Other");
    assert_span_text(c.types[3], "https://z.example/Special");
    assert_span_text(c.types[4], "urn:x:VerifiableCredential");
    credential_close(&c);
    free(text);
}

#define MANY                                                                                                 \
    "<urn:c:1> <" CRED "credentialStatus> <urn:s:2> .\n"                                                     \
    "<urn:s:2> <" LIST "statusPurpose> \"suspension\" .\n"                                                   \
    "<urn:c:1> <" CRED "credentialStatus> _:t .\n"                                                           \
    "_:t <" LIST "statusPurpose> \"revocation\" .\n"                                                         \
    "<did:example:ada> <" OB "identifier> _:j .\n"                                                           \
    "_:j <" OB "hashed> \"false\" .\n"                                                                       \
    "_:j <" OB "identityHash> \"ada@mail.example\" .\n"                                                      \
    "<did:example:ada> <" OB "identifier> _:l .\n"                                                           \
    "_:l <" OB "hashed> \"false\" .\n"                                                                       \
    "_:l <" OB "identityHash> \"bda@mail.example\" .\n"                                                      \
    "<urn:a:1> " NAME " \"Pionier\"@de .\n"                                                                  \
    "<urn:a:1> " NAME " \"Pionero\"@es .\n"                                                                  \
    "<urn:c:1> " A " <https://z.example/Special> .\n"                                                        \
    "<urn:c:1> " A " <https://a.example/Other> .\n"

static void says_the_same_whatever_the_order(void **state) {
    (void)state;
    struct claimed_credential a = {0};
    struct claimed_credential b = {0};
    assert_ok(read_in(BADGE MANY, false, MEMORY, &a));
    assert_ok(read_in(BADGE MANY, true, MEMORY, &b));
    assert_null(same_facts_difference(&a, &b));
    assert_int_equal(a.status_count, 3);
    assert_span_text(a.holder_identity, "ada@mail.example");
    assert_span_text(a.achievement_name, "Pioneer");
    for (size_t i = 0; i < a.type_count; i++) {
        assert_true(span_equal(a.types[i], b.types[i]));
    }
    credential_close(&a);
    credential_close(&b);
}

static void takes_english_else_the_first_language(void **state) {
    (void)state;
    static const struct {
        const char *name, *behind, *expected;
    } cases[] = {
        {"\"Pioneer\"@en", "<urn:a:1> " NAME " \"Pionier\"@de .\n", "Pioneer"},
        {"\"Pioneer\"@en-GB", "<urn:a:1> " NAME " \"Pionier\"@de .\n", "Pioneer"},
        {"\"Pionero\"@es", "<urn:a:1> " NAME " \"Pionier\"@de .\n", "Pionier"},
        {"\"Pionero\"@es", "<urn:a:1> " NAME " \"Plain\" .\n", "Plain"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claimed_credential c = {0};
        char *text = changed("\"Pioneer\"", cases[i].name, cases[i].behind);
        assert_ok(read_text(text, &c));
        assert_span_text(c.achievement_name, cases[i].expected);
        credential_close(&c);
        free(text);
    }
    assert_err(error_of("\"Pioneer\"", "\"Pioneer\"@en", "<urn:a:1> " NAME " \"Scout\"@en .\n"),
               ERR_CREDENTIAL_TWICE);
}

static void gives_text_back_as_it_was(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = changed("\"Pioneer\"", "\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\\u007F\\u00E9\"", "");
    assert_ok(read_text(text, &c));
    assert_span_text(c.achievement_name, "a\"b\\c\n\r\t\b\f\x01\x7F\xC3\xA9");
    credential_close(&c);
    free(text);
}

static void understands_no_size_or_index_that_is_no_number(void **state) {
    (void)state;
    static const char *const sizes[] = {"\"-1\"", "\"two\"", "<urn:x:2>", "\"9999999999\"", "\"2.0\""};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct claimed_credential c = {0};
        char *text = changed("\"2\"^^<https://www.w3.org/2001/XMLSchema#integer>", sizes[i], "");
        assert_ok(read_text(text, &c));
        assert_int_equal(c.statuses[0].bits, 0);
        credential_close(&c);
        free(text);
    }
    struct claimed_credential c = {0};
    char *text = changed("\"94567\"", "<urn:x:94567>", "");
    assert_ok(read_text(text, &c));
    assert_false(c.statuses[0].has_index);
    credential_close(&c);
    free(text);
}

/* `count` more statements, each with its number in the place of %u. */
static enum err error_of_many(const char *form, unsigned count) {
    size_t each = strlen(form) + 16;
    char *behind = calloc(count + 1, each);
    for (unsigned i = 0; i < count; i++) {
        const char *number = strchr(form, '%');
        size_t at = strlen(behind);
        snprintf(behind + at, each, "%.*s%u%s", (int)(number - form), form, i, number + 1);
    }
    enum err err = error_of("urn:c:1", "urn:c:1", behind);
    free(behind);
    return err;
}

static void bounds_what_it_puts_together(void **state) {
    (void)state;
    const char *status = "<urn:c:1> <" CRED "credentialStatus> <urn:s:%> .\n";
    const char *type = "<urn:c:1> " A " <https://t.example/%> .\n";
    assert_err(error_of_many(status, LIMIT_CREDENTIAL_STATUSES - 1), ERR_OK);
    assert_err(error_of_many(status, LIMIT_CREDENTIAL_STATUSES), ERR_CREDENTIAL_TOO_MANY);
    assert_err(error_of_many(status, LIMIT_STATED_VALUES), ERR_CREDENTIAL_TOO_MANY);
    assert_err(error_of_many(type, LIMIT_CREDENTIAL_TYPES - 2), ERR_OK);
    assert_err(error_of_many(type, LIMIT_CREDENTIAL_TYPES - 1), ERR_CREDENTIAL_TOO_MANY);
    assert_err(error_of_many("<urn:a:1> " NAME " \"N\"@x-% .\n", LIMIT_STATED_VALUES),
               ERR_CREDENTIAL_TOO_MANY);
}

/* A long text that stands at several places counts at each. */
static void bounds_the_bytes_of_all_texts(void **state) {
    (void)state;
    size_t size = LIMIT_STATED_BYTES / 2;
    char *name = malloc(size + 3);
    memset(name, 'n', size + 2);
    name[0] = '"';
    name[size - 200] = '"';
    name[size - 199] = 0;
    assert_err(error_of("\"Pioneer\"", name, ""), ERR_OK);
    char *one = changed("\"Pioneer\"", name, "");
    char *two = forge_replaced(one, "\"Ada\"", name);
    struct claimed_credential c = {0};
    assert_err(read_text(two, &c), ERR_CREDENTIAL_TOO_MANY);
    free(two);
    free(one);
    free(name);
}

static void says_when_memory_is_short(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_err(read_in(BADGE, false, 16, &c), ERR_NO_ROOM);
    assert_err(read_in("", false, MEMORY, &c), ERR_CREDENTIAL_TYPE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_fact_of_a_badge),
        cmocka_unit_test(refuses_a_fact_that_is_said_twice),
        cmocka_unit_test(refuses_values_of_another_kind),
        cmocka_unit_test(tells_the_version_by_its_dates),
        cmocka_unit_test(reads_nothing_of_named_graphs),
        cmocka_unit_test(tells_a_credential_from_those_inside),
        cmocka_unit_test(follows_no_circle),
        cmocka_unit_test(keeps_known_types_short_and_others_whole),
        cmocka_unit_test(says_the_same_whatever_the_order),
        cmocka_unit_test(takes_english_else_the_first_language),
        cmocka_unit_test(gives_text_back_as_it_was),
        cmocka_unit_test(understands_no_size_or_index_that_is_no_number),
        cmocka_unit_test(bounds_what_it_puts_together),
        cmocka_unit_test(bounds_the_bytes_of_all_texts),
        cmocka_unit_test(says_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
