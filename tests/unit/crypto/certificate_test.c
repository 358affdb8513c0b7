/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/datetime.h"
#include "crypto/certificate.h"
#include "crypto/der.h"
#include "tests/lib/certificate_files.h"
#include "tests/lib/places.h"

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : 1;
}

/* Bytes of hexadecimal digits. */
static struct span unhex(const char *text, uint8_t *out) {
    size_t len = strlen(text) / 2;
    for (size_t i = 0; i < len; i++) {
        unsigned byte = 0;
        for (size_t d = 0; d < 2; d++) {
            char c = text[2 * i + d];
            byte = byte * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
        }
        out[i] = (uint8_t)byte;
    }
    return span_of_bytes(out, len);
}

static void assert_name(struct span name, const char *expected) {
    char text[300];
    struct room room = room_over(text, sizeof text);
    assert_ok(certificate_name(name, &room));
    assert_span_text(room_span(&room), expected);
}

static void reads_what_a_certificate_says(void **state) {
    (void)state;
    struct certificate_file file;
    uint8_t expected[CRYPTO_SHA256_BYTES];
    certificate_files_read("leaf", &file);
    const struct certificate *leaf = &file.certificate;
    assert_int_equal(leaf->key.kind, CRYPTO_KEY_P256);
    assert_int_equal(leaf->key.len, 65);
    assert_int_equal(leaf->valid_from_s, datetime_seconds((struct datetime){2026, 1, 1, 0, 0, 0}));
    assert_int_equal(leaf->valid_until_s, datetime_seconds((struct datetime){2036, 1, 1, 0, 0, 0}));
    assert_true(
        span_equal(unhex("bfe5769913b94c5c89c9e9edf960e651c6ab4c11d6fad95b939c7caba5417a39", expected),
                   span_of_bytes(leaf->thumbprint, sizeof leaf->thumbprint)));
    assert_true(span_equal(unhex("4dd999b992530e359e3f99274c50237f1b8e69ab", expected), leaf->key_id));
    assert_int_equal(leaf->uri_count, 2);
    assert_span_text(leaf->uris[0], "https://academy.example");
    assert_span_text(leaf->uris[1], "did:web:academy.example");
    assert_true(leaf->may_sign);
    assert_false(leaf->may_issue);
    assert_name(leaf->subject, "CN=academy.example,O=Example\\, \\\"Akadeemia\\\" \xC3\x95pe,C=EE");
    assert_name(leaf->issuer, "CN=Example Register Root,O=Example Register,C=EE");
}

static void reads_each_kind_of_key_and_what_it_may_do(void **state) {
    (void)state;
    static const struct {
        const char *name;
        enum crypto_key_kind kind;
        size_t len;
        bool sign, issue;
    } cases[] = {
        {"ca", CRYPTO_KEY_P384, 97, false, true},   {"p521", CRYPTO_KEY_P521, 133, true, false},
        {"rsa", CRYPTO_KEY_RSA, 270, true, false},  {"enc", CRYPTO_KEY_RSA, 270, false, false},
        {"seal", CRYPTO_KEY_RSA, 270, true, false}, {"leaf", CRYPTO_KEY_P256, 65, true, false},
        {"qc", CRYPTO_KEY_P256, 65, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct certificate_file file;
        certificate_files_read(cases[i].name, &file);
        assert_int_equal(file.certificate.key.kind, cases[i].kind);
        assert_int_equal(file.certificate.key.len, cases[i].len);
        assert_int_equal(file.certificate.may_sign, cases[i].sign);
        assert_int_equal(file.certificate.may_issue, cases[i].issue);
    }
}

static void refuses_what_is_no_certificate_or_has_no_judged_key(void **state) {
    (void)state;
    static const struct {
        const char *name;
        enum err err;
    } cases[] = {
        {"crit", ERR_CERTIFICATE_EXTENSION},
        {"rsa1024", ERR_KEY_WEAK},
        {"ed", ERR_KEY_UNSUPPORTED},
        {"k1", ERR_KEY_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct certificate_file file;
        certificate_files_der(cases[i].name, &file);
        file.certificate.uri_count = 3;
        enum err err = certificate_read(file.der, &file.certificate);
        if (err != cases[i].err) {
            fail_msg("%s gives %s", cases[i].name, err_name(err));
        }
        assert_int_equal(file.certificate.uri_count, 3);
    }
}

static void refuses_a_certificate_that_is_cut_or_has_something_behind_it(void **state) {
    (void)state;
    struct certificate_file file;
    struct certificate out = {0};
    certificate_files_der("leaf", &file);
    for (size_t len = 0; len < file.der.len; len++) {
        assert_err(certificate_read(span_slice(file.der, 0, len), &out), ERR_CERTIFICATE);
    }
    assert_err(certificate_read(span_of_bytes(file.der.ptr, file.der.len + 1), &out), ERR_CERTIFICATE);
    assert_err(certificate_read(span_of_bytes(file.bytes, LIMIT_CERTIFICATE_BYTES + 1), &out),
               ERR_CERTIFICATE);
}

static void any_change_is_refused_or_is_another_certificate(void **state) {
    (void)state;
    struct certificate_file file, issuer;
    certificate_files_read("leaf", &file);
    certificate_files_read("ca", &issuer);
    assert_ok(certificate_check_issuer(&file.certificate, &issuer.certificate));
    uint64_t seed = 1;
    for (size_t i = 0; i < places_count(file.der.len * 8); i++) {
        size_t bit = places_at(i, file.der.len * 8, &seed);
        struct certificate changed = {0};
        file.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        if (certificate_read(file.der, &changed) == ERR_OK) {
            assert_int_not_equal(certificate_check_issuer(&changed, &issuer.certificate), ERR_OK);
        }
        file.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static void tells_who_issued_a_certificate(void **state) {
    (void)state;
    static const struct {
        const char *below, *above;
        enum err err;
    } cases[] = {
        {"leaf", "ca", ERR_OK},
        {"ca", "ca", ERR_OK},
        {"leaf", "ca2", ERR_CERTIFICATE_ISSUER},   /* the name alone is the same */
        {"sha1", "ca", ERR_CERTIFICATE_ISSUER},    /* a weak hash */
        {"under", "leaf", ERR_CERTIFICATE_ISSUER}, /* no CA */
        {"rsa", "rsa", ERR_CERTIFICATE_ISSUER},
        {"p521", "ca", ERR_CERTIFICATE_ISSUER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct certificate_file below, above;
        certificate_files_read(cases[i].below, &below);
        certificate_files_read(cases[i].above, &above);
        enum err err = certificate_check_issuer(&below.certificate, &above.certificate);
        if (err != cases[i].err) {
            fail_msg("%s below %s gives %s", cases[i].below, cases[i].above, err_name(err));
        }
    }
}

/* Over "a list", made by openssl dgst. */
static const struct {
    const char *name, *signature;
} detached[] = {
    {"leaf",
     "30450221009dd33b95e11a748a21bced723c60fa98cec671897f74d20fdf939fa27ffa32e702203573772fe932075c07"
     "06190e6cb40608bf3363e1c7c58c506e5ffed74a8dd48a"},
    {"p521",
     "30818802420166746ee310d6c7bc7276f7cd95d5558169e4465f1a02e5e8dfeced1eacd165703c342b0000da659f3edc"
     "22bdfea19beff0eed24dbd3857e47f4d14a3790ab5ef5202420097c34816f701c136b177866e2aabb47a356a51b2da2c"
     "f14250e8b94a6bfb48e00950f1adcec82841c85125d870d5c608434c244f422336f2c2cf9b23df4455e552"},
    {"rsa", "1f0b1ebd3237c59cf249534634f54dbf3592f2e11cd7a3a06d3996bffa7b224c607c8d1493a2b44cf2d5a9b06446c79c"
            "6d048ca43155425db751019f3b8ec2cb3ca0fc7dec659726592912afb952846f9cdd4c5a5900f7b4f19e9df629fd4fc3"
            "a9fae3102603f4dda5c88437006cf538ad12586112f1e797562e3eff3dcdbd03cf551983b9a35636ba554de3fefa413f"
            "840a48d8fc0a4565df0d9e02a5b190b926af6f77a160efd326806f42151847c11a29381281af1d11c8dd74a810815927"
            "7d7ae2ef41e55b0265ba3c0e37d5f0f48f9c2113c3c1edee3efde4790c1f28173b1849fa99b3e9112809009e8846cb86"
            "7c4eb52b630f5250a63c224221ebae11"},
};

static void checks_detached_signatures(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof detached / sizeof *detached; i++) {
        struct certificate_file file;
        uint8_t bytes[300];
        certificate_files_read(detached[i].name, &file);
        struct span signature = unhex(detached[i].signature, bytes), list = span_of_text("a list");
        assert_ok(certificate_check_detached(&file.certificate, list, signature));
        assert_err(certificate_check_detached(&file.certificate, span_of_text("b list"), signature),
                   ERR_SIGNATURE_WRONG);
        for (size_t len = 0; len < signature.len; len++) {
            assert_err(certificate_check_detached(&file.certificate, list, span_slice(signature, 0, len)),
                       ERR_SIGNATURE_SHAPE);
        }
        uint64_t seed = 1;
        for (size_t b = 0; b < places_count(signature.len * 8); b++) {
            size_t bit = places_at(b, signature.len * 8, &seed);
            bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_int_not_equal(certificate_check_detached(&file.certificate, list, signature), ERR_OK);
            bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
    }
}

static void a_key_that_may_not_sign_data_signs_none(void **state) {
    (void)state;
    struct certificate_file file;
    uint8_t bytes[300];
    certificate_files_read("enc", &file); /* of the same key as "rsa" */
    struct span signature = unhex(detached[2].signature, bytes);
    assert_err(certificate_check_detached(&file.certificate, span_of_text("a list"), signature), ERR_KEY_USE);
    certificate_files_read("seal", &file);
    assert_ok(certificate_check_detached(&file.certificate, span_of_text("a list"), signature));
}

static void an_ecdsa_signature_has_one_form(void **state) {
    (void)state;
    static const char *const cases[] = {
        "3006020101020100",       /* s is 0 */
        "3006020181020101",       /* r is below 0 */
        "300702020001020101",     /* r is longer than needed */
        "300602010102010100",     /* something behind it */
        "3009020101020101020101", /* a third number */
        "30040200020101",         /* r has no digit */
        "308106020101020101",     /* the length is longer than needed */
        "30260221010000000000000000000000000000000000000000000000000000000000000000020101", /* r of 33 bytes */
    };
    struct certificate_file file;
    certificate_files_read("leaf", &file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[100];
        enum err err =
            certificate_check_detached(&file.certificate, span_of_text("a list"), unhex(cases[i], bytes));
        if (err != ERR_SIGNATURE_SHAPE) {
            fail_msg("%s gives %s", cases[i], err_name(err));
        }
    }
}

static void reads_the_certificates_of_a_bundle_one_by_one(void **state) {
    (void)state;
    static const char text[] =
        "Subject: first\n-----BEGIN CERTIFICATE-----\r\nQU\r\nJD\r\n-----END CERTIFICATE-----\n"
        "-----BEGIN PUBLIC KEY-----\nQUJE\n-----END PUBLIC KEY-----\n"
        "-----BEGIN CERTIFICATE-----REVG-----END CERTIFICATE-----";
    uint8_t bytes[16];
    size_t at = 0;
    struct room room = room_over(bytes, sizeof bytes);
    assert_ok(certificate_next_pem(span_of_text(text), &at, &room));
    assert_span_text(room_span(&room), "ABC");
    assert_ok(certificate_next_pem(span_of_text(text), &at, &room));
    assert_span_text(room_span(&room), "ABCDEF");
    assert_err(certificate_next_pem(span_of_text(text), &at, &room), ERR_CERTIFICATE_NONE);
    at = 0;
    assert_err(certificate_next_pem(span_of_text("-----BEGIN CERTIFICATE-----\nQUJD\n"), &at, &room),
               ERR_BASE64);
    assert_err(certificate_next_pem(
                   span_of_text("-----BEGIN CERTIFICATE-----\nQU?D\n-----END CERTIFICATE-----"), &at, &room),
               ERR_BASE64);
    assert_int_equal(at, 0);
}

/* What certificate_each gave, in a row; ERR_KEY_WEAK at the third. */
struct given {
    char text[128];
    size_t count;
};

static enum err take(void *ctx, struct span der) {
    struct given *given = ctx;
    size_t used = strlen(given->text);
    assert_true(used + der.len + 1 < sizeof given->text);
    memcpy(given->text + used, der.ptr, der.len);
    given->text[used + der.len] = ';';
    return ++given->count == 3 ? ERR_KEY_WEAK : ERR_OK;
}

#define PEM(base64) "-----BEGIN CERTIFICATE-----\n" base64 "\n-----END CERTIFICATE-----\n"

static void gives_each_certificate_of_a_file(void **state) {
    (void)state;
    static const struct {
        const char *text, *given;
        enum err err;
    } cases[] = {
        {PEM("QUJD"), "ABC;", ERR_OK},
        {PEM("QUJD") "between\n" PEM("REVG"), "ABC;DEF;", ERR_OK},
        {"0 as DER begins" PEM("QUJD"), "0 as DER begins" PEM("QUJD") ";", ERR_OK},
        {PEM("QUJD") PEM("QUJD") PEM("QUJD") PEM("QUJD"), "ABC;ABC;ABC;", ERR_KEY_WEAK},
        {PEM("QUJD") PEM("Q?JD"), "ABC;", ERR_BASE64},
        {"no certificate", "", ERR_CERTIFICATE_NONE},
        {"", "", ERR_CERTIFICATE_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct given given = {0};
        assert_err(certificate_each(span_of_text(cases[i].text), take, &given), cases[i].err);
        assert_string_equal(given.text, cases[i].given);
    }
}

static void names_that_are_no_plain_text_are_hexadecimal(void **state) {
    (void)state;
    static const struct {
        const char *name, *text;
    } cases[] = {
        {"3000", ""},
        {"300d310b300906035504030c026e0a", "CN=#0c026e0a"}, /* a line feed */
        {"300d310b300906035504031e020041", "CN=#1e020041"}, /* BMPString */
        {"300d310b300906035504630c024142", "#550463=AB"},   /* an attribute without a name here */
        {"300d310b300906035504030c022342", "CN=\\#B"},
        {"300d310b300906035504030c022020", "CN=\\ \\ "},
        {"3018311630080603550403130141300a06035504061303454546", "CN=A+C=EEF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[64];
        assert_name(unhex(cases[i].name, bytes), cases[i].text);
    }
}

static void refuses_what_is_no_name(void **state) {
    (void)state;
    static const char *const cases[] = {"", "3002", "3003310100", "300431023000", "3009310730050603550403"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[64];
        char text[64];
        struct room room = room_over(text, sizeof text);
        assert_err(certificate_name(unhex(cases[i], bytes), &room), ERR_CERTIFICATE);
        assert_int_equal(room.len, 0);
    }
}

static void elements_have_lengths_in_their_shortest_form(void **state) {
    (void)state;
    static const char *const cases[] = {"",     "04",           "0402aa", "04817f", "048200ff",
                                        "0480", "0483000001aa", "1f0100", "0481"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[300] = {0};
        struct span rest = unhex(cases[i], bytes);
        struct der out = {.tag = 7};
        if (i == 3 || i == 4) {
            rest.len = sizeof bytes; /* long enough for what they announce */
        }
        assert_false(der_next(&rest, &out));
        assert_int_equal(out.tag, 7);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_a_certificate_says),
        cmocka_unit_test(reads_each_kind_of_key_and_what_it_may_do),
        cmocka_unit_test(refuses_what_is_no_certificate_or_has_no_judged_key),
        cmocka_unit_test(refuses_a_certificate_that_is_cut_or_has_something_behind_it),
        cmocka_unit_test(any_change_is_refused_or_is_another_certificate),
        cmocka_unit_test(tells_who_issued_a_certificate),
        cmocka_unit_test(checks_detached_signatures),
        cmocka_unit_test(a_key_that_may_not_sign_data_signs_none),
        cmocka_unit_test(an_ecdsa_signature_has_one_form),
        cmocka_unit_test(reads_the_certificates_of_a_bundle_one_by_one),
        cmocka_unit_test(names_that_are_no_plain_text_are_hexadecimal),
        cmocka_unit_test(refuses_what_is_no_name),
        cmocka_unit_test(elements_have_lengths_in_their_shortest_form),
        cmocka_unit_test(gives_each_certificate_of_a_file),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
