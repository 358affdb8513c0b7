/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <dlfcn.h>
#include <psa/crypto.h>

#include "crypto/mbed.h"

/* What the library is made to say; PSA_SUCCESS: what it says by itself. */
static psa_status_t forced = PSA_SUCCESS;

/* Stands before the library's own, which it asks. */
psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                             const uint8_t *signature, size_t signature_length) {
    psa_status_t (*own)(psa_key_id_t, psa_algorithm_t, const uint8_t *, size_t, const uint8_t *, size_t);
    *(void **)&own = dlsym(RTLD_NEXT, "psa_verify_hash");
    return forced != PSA_SUCCESS ? forced : own(key, alg, hash, hash_length, signature, signature_length);
}

/* RFC 7515 A.3: its key, its signature's length, any message. */
static const struct crypto_key p256 = {
    CRYPTO_KEY_P256, CRYPTO_ALG_NONE, 65, {0x04, 0x7f, 0xcd, 0xce, 0x27, 0x70, 0xf6, 0xc4, 0x5d, 0x41, 0x83,
                                           0xcb, 0xee, 0x6f, 0xdb, 0x4b, 0x7b, 0x58, 0x07, 0x33, 0x35, 0x7b,
                                           0xe9, 0xef, 0x13, 0xba, 0xcf, 0x6e, 0x3c, 0x7b, 0xd1, 0x54, 0x45,
                                           0xc7, 0xf1, 0x44, 0xcd, 0x1b, 0xbd, 0x9b, 0x7e, 0x87, 0x2c, 0xdf,
                                           0xed, 0xb9, 0xee, 0xb9, 0xf4, 0xb3, 0x69, 0x5d, 0x6e, 0xa9, 0x0b,
                                           0x24, 0xad, 0x8a, 0x46, 0x23, 0x28, 0x85, 0x88, 0xe5, 0xad}};

static enum err judged(void) {
    uint8_t signature[64] = {1};
    signature[63] = 1;
    return mbed_verify(CRYPTO_ES256, &p256, span_of_text("a message"), span_of_bytes(signature, 64));
}

static void knows_nothing_of_a_signature_while_the_library_does_not_run(void **state) {
    (void)state;
    assert_err(judged(), ERR_CRYPTO_FAILED);
    assert_ok(mbed_start());
    assert_err(judged(), ERR_SIGNATURE_WRONG);
    mbedtls_psa_crypto_free();
    assert_err(judged(), ERR_CRYPTO_FAILED);
}

static void calls_a_signature_wrong_only_where_the_library_says_so(void **state) {
    (void)state;
    static const psa_status_t others[] = {
        PSA_ERROR_INSUFFICIENT_MEMORY, PSA_ERROR_HARDWARE_FAILURE,
        PSA_ERROR_GENERIC_ERROR,       PSA_ERROR_NOT_SUPPORTED,
        PSA_ERROR_CORRUPTION_DETECTED, PSA_ERROR_INVALID_ARGUMENT,
        PSA_ERROR_BAD_STATE,           1,
    };
    assert_ok(mbed_start());
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        forced = others[i];
        assert_err(judged(), ERR_CRYPTO_FAILED);
    }
    forced = PSA_ERROR_INVALID_SIGNATURE;
    assert_err(judged(), ERR_SIGNATURE_WRONG);
    forced = PSA_SUCCESS;
}

/* PSA holds 32 keys in 2.28: one that stayed behind would show soon. */
static void leaves_no_key_behind(void **state) {
    (void)state;
    assert_ok(mbed_start());
    for (int i = 0; i < 200; i++) {
        assert_err(judged(), ERR_SIGNATURE_WRONG);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_nothing_of_a_signature_while_the_library_does_not_run),
        cmocka_unit_test(calls_a_signature_wrong_only_where_the_library_says_so),
        cmocka_unit_test(leaves_no_key_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
