/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "codec/cose.h"
#include "crypto/crypto.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint8_t memory[4096], bytes[1024];
static struct arena arena;

static uint8_t nibble(char c) {
    return (uint8_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static enum err split(const char *hex, struct cose *out) {
    size_t len = strlen(hex) / 2;
    arena = arena_over(memory, sizeof memory);
    for (size_t i = 0; i < len; i++) {
        bytes[i] = (uint8_t)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
    }
    return cose_split(span_of_bytes(bytes, len), &arena, out);
}

/* alg -7 protected, kid "12" open, payload "p", signature "s". */
#define PARTS "43a10126a10442313241704173"

static void takes_a_signature_apart_with_and_without_tags(void **state) {
    (void)state;
    static const char *const texts[] = {"d284" PARTS, "84" PARTS, "d83dd284" PARTS};
    static const uint8_t signed_bytes[] = "\x84\x6aSignature1\x43\xa1\x01\x26\x40\x41p";
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct cose cose = {0};
        assert_ok(split(texts[i], &cose));
        assert_int_equal(cose.alg, -7);
        assert_span_text(cose.kid, "12");
        assert_span_text(cose.payload, "p");
        assert_span_text(cose.signature, "s");
        assert_int_equal(cose.typ.len, 0);
        assert_int_equal(cose.signed_bytes.len, sizeof signed_bytes - 1);
        assert_memory_equal(cose.signed_bytes.ptr, signed_bytes, sizeof signed_bytes - 1);
    }
}

static void reads_headers_where_they_may_stand(void **state) {
    (void)state;
    struct cose cose = {0};
    /* alg -35, kid and typ protected; an unknown header of another form beside them */
    assert_ok(split("8451a4013822044137106361707018c8820102a041704173", &cose));
    assert_int_equal(cose.alg, -35);
    assert_span_text(cose.kid, "7");
    assert_span_text(cose.typ, "app");
}

static void refuses_what_is_no_signature_of_one_signer(void **state) {
    (void)state;
    static const struct {
        const char *hex;
        enum err err;
    } cases[] = {
        {"", ERR_CBOR_CUT},
        {"d28443a10126a1044231324170", ERR_CBOR_CUT},
        {"84" PARTS "00", ERR_CBOR_TRAILING},
        {"d28343a10126a04170", ERR_COSE_SHAPE},
        {"d38443a10126a041704173", ERR_COSE_SHAPE},   /* another tag */
        {"d83d8443a10126a041704173", ERR_COSE_SHAPE}, /* a CWT that is not tagged as signed */
        {"d2d28443a10126a041704173", ERR_COSE_SHAPE},
        {"84a10126a041704173", ERR_COSE_SHAPE},   /* protected, and not within bytes */
        {"8443a101268041704173", ERR_COSE_SHAPE}, /* no map */
        {"8443a10126a0f64173", ERR_COSE_SHAPE},   /* the payload stands elsewhere */
        {"8443a10126a041706173", ERR_COSE_SHAPE}, /* a signature as text */
        {"a0", ERR_COSE_SHAPE},
        {"8440a041704173", ERR_COSE_HEADER},                   /* no alg */
        {"8440a1012641704173", ERR_COSE_HEADER},               /* alg is not protected */
        {"8443a10126a1012641704173", ERR_COSE_HEADER},         /* and in both */
        {"8446a20126044137a104413741704173", ERR_COSE_HEADER}, /* kid in both */
        {"844180a041704173", ERR_COSE_HEADER},                 /* protected, no map */
        {"8444a1016137a041704173", ERR_COSE_HEADER},           /* alg is text */
        {"8443a10100a041704173", ERR_COSE_HEADER},             /* alg 0 */
        {"8447a1013affffffffa041704173", ERR_COSE_HEADER},
        {"8443a10126a104613741704173", ERR_COSE_HEADER}, /* kid is text */
        {"8443a10126a1800041704173", ERR_COSE_HEADER},   /* a label that is none */
        {"8446a20126028101a041704173", ERR_COSE_CRIT},
        {"8443a10126a102810141704173", ERR_COSE_CRIT},
        {"8445a201260126a041704173", ERR_CBOR_DUPLICATE},
        {"8444a1012600a041704173", ERR_CBOR_TRAILING},
        {"8443bf0126a041704173", ERR_CBOR_INDEFINITE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cose cose = {.alg = 99};
        enum err got = split(cases[i].hex, &cose);
        if (got != cases[i].err) {
            fail_msg("%s: %s", cases[i].hex, err_name(got));
        }
        assert_int_equal(cose.alg, 99);
    }
}

static void needs_room_for_what_was_signed(void **state) {
    (void)state;
    struct cose cose = {0};
    uint8_t small[40];
    assert_ok(split("84" PARTS, &cose));
    arena = arena_over(small, sizeof small);
    assert_err(cose_split(span_of_bytes(bytes, 14), &arena, &cose), ERR_NO_ROOM);
}

static void knows_the_numbers_of_algorithms(void **state) {
    (void)state;
    static const struct {
        int64_t number;
        enum crypto_alg alg;
    } cases[] = {{-7, CRYPTO_ES256},  {-9, CRYPTO_ES256},  {-8, CRYPTO_EDDSA},  {-19, CRYPTO_EDDSA},
                 {-35, CRYPTO_ES384}, {-51, CRYPTO_ES384}, {-37, CRYPTO_PS256}, {-257, CRYPTO_RS256}};
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_ok(crypto_alg_from_cose(cases[i].number, &alg));
        assert_int_equal(alg, cases[i].alg);
    }
    alg = CRYPTO_ALG_NONE;
    for (int64_t secret = 4; secret <= 7; secret++) {
        assert_err(crypto_alg_from_cose(secret, &alg), ERR_ALG_REFUSED);
    }
    static const int64_t others[] = {0, 1, -1, -36, -47, -65535, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_err(crypto_alg_from_cose(others[i], &alg), ERR_ALG_UNSUPPORTED);
    }
    assert_int_equal(alg, CRYPTO_ALG_NONE);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_signature_apart_with_and_without_tags),
        cmocka_unit_test(reads_headers_where_they_may_stand),
        cmocka_unit_test(refuses_what_is_no_signature_of_one_signer),
        cmocka_unit_test(needs_room_for_what_was_signed),
        cmocka_unit_test(knows_the_numbers_of_algorithms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
