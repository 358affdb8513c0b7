/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "proof/proof.h"
#include "tests/lib/forge.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* An Ed25519 key of RFC 8037 appendix A.2, and what makes it private there. */
#define JWK "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"
#define PRIVATE                                                                                              \
    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","            \
    "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"

/* Take a token of this header apart and read its proof; the caller closes jws. */
static enum err read_header(const char *header, struct span signature, uint8_t *memory, size_t size,
                            struct jws *jws, struct proof *out) {
    struct arena arena = arena_over(memory, size);
    struct room token = forge_room(16384);
    struct span kept = {0};
    forge_with_signature(span_of_text(header), span_of_text("{}"), signature, &token);
    assert_ok(arena_copy(&arena, room_span(&token), &kept));
    forge_release(&token);
    enum err err = jws_split(kept, &arena, jws);
    return err == ERR_OK ? proof_read(jws, out) : err;
}

static enum err error_of(const char *header, size_t signature_len, enum credential_profile *profile) {
    _Alignas(16) static uint8_t memory[65536];
    static const uint8_t bytes[600] = {0x30, 0x44};
    struct jws jws = {0};
    struct proof proof = {0};
    enum err err =
        read_header(header, span_of_bytes(bytes, signature_len), memory, sizeof memory, &jws, &proof);
    *profile = proof.profile;
    jws_close(&jws);
    return err;
}

static void reads_each_profile(void **state) {
    (void)state;
    static const struct {
        const char *header;
        enum credential_profile profile;
    } cases[] = {
        {"{\"alg\":\"ES256\"}", CREDENTIAL_OB3_JWT},
        {"{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"#1\"}", CREDENTIAL_OB3_JWT},
        {"{\"alg\":\"EdDSA\",\"typ\":\"jwt\",\"jwk\":" JWK "}", CREDENTIAL_OB3_JWT},
        {"{\"alg\":\"Ed25519\",\"typ\":\"application/jwt\"}", CREDENTIAL_OB3_JWT},
        {"{\"alg\":\"ES256\",\"typ\":\"vc+jwt\"}", CREDENTIAL_VC_JOSE},
        {"{\"alg\":\"ES256\",\"typ\":\"vc+jwt\",\"cty\":\"vc\",\"kid\":\"1\"}", CREDENTIAL_VC_JOSE},
        {"{\"alg\":\"ES256\",\"typ\":\"application/VC+jwt\",\"cty\":\"application/vc\"}", CREDENTIAL_VC_JOSE},
        {"{\"alg\":\"ES256\",\"typ\":\"vp+jwt\"}", CREDENTIAL_VP_JOSE},
        {"{\"alg\":\"ES256\",\"typ\":\"application/vp+jwt\",\"cty\":\"VP\"}", CREDENTIAL_VP_JOSE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum credential_profile profile = CREDENTIAL_PROFILE_NONE;
        assert_ok(error_of(cases[i].header, 64, &profile));
        assert_int_equal(profile, cases[i].profile);
    }
}

static void refuses_each_bad_header_by_its_own_name(void **state) {
    (void)state;
    static const struct {
        const char *header;
        enum err expected;
    } cases[] = {
        {"{\"alg\":\"none\"}", ERR_ALG_REFUSED},
        {"{\"alg\":\"NONE\"}", ERR_ALG_REFUSED},
        {"{\"alg\":\"nOnE\"}", ERR_ALG_REFUSED},
        {"{\"alg\":\"HS256\"}", ERR_ALG_REFUSED},
        {"{\"alg\":\"HS512\"}", ERR_ALG_REFUSED},
        {"{\"alg\":\"ES512\"}", ERR_ALG_UNSUPPORTED},
        {"{\"alg\":\"RS1\"}", ERR_ALG_UNSUPPORTED},
        {"{\"alg\":\"\"}", ERR_ALG_UNSUPPORTED},
        {"{}", ERR_JWS_HEADER},
        {"{\"alg\":7}", ERR_JWS_HEADER},
        {"{\"alg\":\"ES256\",\"kid\":7}", ERR_JWS_HEADER},
        {"{\"alg\":\"ES256\",\"crit\":[\"exp\"]}", ERR_JWS_CRIT},
        {"{\"alg\":\"ES256\",\"b64\":false}", ERR_JWS_B64},
        {"{\"alg\":\"ES256\",\"typ\":\"\"}", ERR_PROOF_TYP},
        {"{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", ERR_PROOF_TYP},
        {"{\"alg\":\"ES256\",\"typ\":\"credkiosk-pack+jwt\"}", ERR_PROOF_TYP},
        {"{\"alg\":\"ES256\",\"typ\":\"statuslist+jwt\"}", ERR_PROOF_TYP},
        {"{\"alg\":\"ES256\",\"typ\":\"dc+sd-jwt\"}", ERR_FORMAT_SD_JWT},
        {"{\"alg\":\"ES256\",\"x5c\":[]}", ERR_PROOF_MEMBER},
        {"{\"alg\":\"ES256\",\"jku\":\"https://evil.example\"}", ERR_PROOF_MEMBER},
        {"{\"alg\":\"ES256\",\"zip\":\"DEF\"}", ERR_PROOF_MEMBER},
        {"{\"alg\":\"ES256\",\"typ\":\"JWT\",\"cty\":\"vc\"}", ERR_PROOF_MEMBER},
        {"{\"alg\":\"ES256\",\"typ\":\"vc+jwt\",\"cty\":\"vp\"}", ERR_PROOF_CTY},
        {"{\"alg\":\"ES256\",\"typ\":\"vc+jwt\",\"cty\":7}", ERR_JWS_HEADER},
        {"{\"alg\":\"ES256\",\"typ\":\"vp+jwt\",\"cty\":\"vc\"}", ERR_PROOF_CTY},
        {"{\"alg\":\"ES256\",\"typ\":\"vp+jwt\",\"x5c\":[]}", ERR_PROOF_MEMBER},
        {"{\"alg\":\"ES256\",\"jwk\":\"key\"}", ERR_JWS_HEADER},
        {"{\"alg\":\"ES256\",\"jwk\":{}}", ERR_KEY_SHAPE},
        {"{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"secp256k1\"}}", ERR_KEY_UNSUPPORTED},
        {"{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}}", ERR_KEY_SHAPE},
        {"{\"alg\":\"EdDSA\",\"jwk\":" PRIVATE "}", ERR_KEY_PRIVATE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum credential_profile profile = CREDENTIAL_PROFILE_NONE;
        enum err err = error_of(cases[i].header, 64, &profile);
        if (err != cases[i].expected) {
            fail_msg("%s: %s, not %s", cases[i].header, err_name(err), err_name(cases[i].expected));
        }
    }
}

static void refuses_signatures_of_a_length_that_no_key_makes(void **state) {
    (void)state;
    static const struct {
        const char *header;
        size_t len;
        enum err expected;
    } cases[] = {
        {"{\"alg\":\"ES256\"}", 64, ERR_OK},
        {"{\"alg\":\"ES256\"}", 70, ERR_SIGNATURE_SHAPE}, /* DER */
        {"{\"alg\":\"ES256\"}", 63, ERR_SIGNATURE_SHAPE},
        {"{\"alg\":\"ES384\"}", 96, ERR_OK},
        {"{\"alg\":\"ES384\"}", 102, ERR_SIGNATURE_SHAPE}, /* DER */
        {"{\"alg\":\"ES384\"}", 64, ERR_SIGNATURE_SHAPE},
        {"{\"alg\":\"EdDSA\"}", 64, ERR_OK},
        {"{\"alg\":\"EdDSA\"}", 114, ERR_SIGNATURE_SHAPE},
        {"{\"alg\":\"RS256\"}", 256, ERR_OK},
        {"{\"alg\":\"PS256\"}", 512, ERR_OK},
        {"{\"alg\":\"RS256\"}", 128, ERR_SIGNATURE_SHAPE},
        {"{\"alg\":\"RS256\"}", 513, ERR_SIGNATURE_SHAPE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum credential_profile profile = CREDENTIAL_PROFILE_NONE;
        assert_err(error_of(cases[i].header, cases[i].len, &profile), cases[i].expected);
    }
}

static void gives_the_very_bytes_that_were_signed(void **state) {
    (void)state;
    _Alignas(16) static uint8_t memory[65536];
    static const uint8_t signature[64] = {1, 2, 3};
    struct jws jws = {0};
    struct proof proof = {0};
    assert_ok(read_header("{\"alg\":\"EdDSA\",\"kid\":\"did:web:x.example#1\",\"jwk\":" JWK "}",
                          span_of_bytes(signature, 64), memory, sizeof memory, &jws, &proof));
    assert_int_equal(proof.alg, CRYPTO_EDDSA);
    assert_span_text(proof.kid, "did:web:x.example#1");
    assert_true(proof.has_jwk);
    assert_true(span_equal(proof.signature, span_of_bytes(signature, 64)));
    assert_true(span_starts_with(proof.signed_bytes, "eyJ"));
    assert_span_text(span_slice(proof.signed_bytes, proof.signed_bytes.len - 4, 4), ".e30");
    jws_close(&jws);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_profile),
        cmocka_unit_test(refuses_each_bad_header_by_its_own_name),
        cmocka_unit_test(refuses_signatures_of_a_length_that_no_key_makes),
        cmocka_unit_test(gives_the_very_bytes_that_were_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
