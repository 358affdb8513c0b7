/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/integrity_case.h"

#include <stdio.h>

#include "codec/base58.h"
#include "codec/base64url.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const enum proof_suite of_one_value[] = {PROOF_EDDSA_JCS_2022, PROOF_ECDSA_JCS_2019,
                                                PROOF_EDDSA_RDFC_2022, PROOF_ECDSA_RDFC_2019,
                                                PROOF_ED25519_2020};

static void refuses_values_that_are_no_signatures(void **state) {
    (void)state;
    char text[2048];
    static const struct {
        const char *members;
        enum err err;
    } cases[] = {
        {"{\"proofValue\":null}", ERR_PROOF_SHAPE},      {"{\"proofValue\":\"\"}", ERR_PROOF_SHAPE},
        {"{\"proofValue\":\"z\"}", ERR_SIGNATURE_SHAPE}, {"{\"proofValue\":\"u1234\"}", ERR_PROOF_VALUE},
        {"{\"proofValue\":\"z0OIl\"}", ERR_PROOF_VALUE}, {"{\"proofValue\":\"z111\"}", ERR_SIGNATURE_SHAPE},
        {"{\"proofValue\":7}", ERR_PROOF_SHAPE},
    };
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t k = 0; k < COUNT(of_one_value); k++) {
        for (size_t i = 0; i < COUNT(cases); i++) {
            assert_err(integrity_case_error(&c, of_one_value[k], cases[i].members), cases[i].err);
        }
    }
    snprintf(text, sizeof text, "{\"proofValue\":\"z%01900d\"}", 0);
    memset(strchr(text, 'z') + 1, '1', 1900);
    assert_err(integrity_case_error(&c, PROOF_EDDSA_RDFC_2022, text), ERR_SIGNATURE_SHAPE);
    integrity_case_close(&c);
}

/* An ECDSA signature in DER has 70 bytes or more. */
static void refuses_der(void **state) {
    (void)state;
    char text[256] = "{\"proofValue\":\"z";
    static const uint8_t der[70] = {0x30, 0x44, 0x02, 0x20, 0x7f};
    struct room room = room_over(text, sizeof text);
    room.len = strlen(text);
    struct integrity_case c;
    integrity_case_open(&c);
    assert_ok(base58_encode(span_of_bytes(der, sizeof der), &room));
    assert_ok(room_put_text(&room, "\"}"));
    text[room.len] = 0;
    assert_err(integrity_case_error(&c, PROOF_ECDSA_JCS_2019, text), ERR_SIGNATURE_SHAPE);
    assert_err(integrity_case_error(&c, PROOF_ECDSA_RDFC_2019, text), ERR_SIGNATURE_SHAPE);
    integrity_case_close(&c);
}

static enum err error_of_jws(struct integrity_case *c, const char *header, const char *rest) {
    char encoded[512];
    char members[1024];
    struct room room = room_over(encoded, sizeof encoded);
    assert_ok(base64url_encode(span_of_text(header), &room));
    snprintf(members, sizeof members, "{\"jws\":\"%.*s%s\"}", (int)room.len, encoded, rest);
    return integrity_case_error(c, PROOF_ED25519_2018, members);
}

#define SIXTY_FOUR "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
static void takes_a_detached_jws_of_one_header_alone(void **state) {
    (void)state;
    static const char *const good[] = {
        "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"]}",
        "{\"crit\":[\"b64\"],\"b64\":false,\"alg\":\"EdDSA\"}",
        "{ \"alg\": \"EdDSA\", \"crit\": [\"b64\"], \"b64\": false }",
    };
    static const char *const bad[] = {
        "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"]}",
        "{\"alg\":\"none\",\"b64\":false,\"crit\":[\"b64\"]}",
        "{\"alg\":\"EdDSA\",\"b64\":true,\"crit\":[\"b64\"]}",
        "{\"alg\":\"EdDSA\",\"b64\":0,\"crit\":[\"b64\"]}",
        "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[]}",
        "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\",\"b64\"]}",
        "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":\"b64\"}",
        "{\"alg\":\"EdDSA\",\"b64\":false}",
        "{\"alg\":\"EdDSA\"}",
        "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"#1\"}",
        "{\"alg\":\"EdDSA\",\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"]}",
        "[\"EdDSA\"]",
        "EdDSA",
        "",
    };
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(good); i++) {
        assert_ok(error_of_jws(&c, good[i], ".." SIXTY_FOUR));
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_err(error_of_jws(&c, bad[i], ".." SIXTY_FOUR), ERR_PROOF_VALUE);
    }
    assert_err(error_of_jws(&c, good[0], ".e30." SIXTY_FOUR), ERR_PROOF_VALUE);
    assert_err(error_of_jws(&c, good[0], "." SIXTY_FOUR), ERR_PROOF_VALUE);
    assert_err(error_of_jws(&c, good[0], "..." SIXTY_FOUR), ERR_PROOF_VALUE);
    assert_err(error_of_jws(&c, good[0], ".."), ERR_SIGNATURE_SHAPE);
    assert_err(error_of_jws(&c, good[0], ".." SIXTY_FOUR "AA"), ERR_SIGNATURE_SHAPE);
    assert_err(error_of_jws(&c, good[0], ".." SIXTY_FOUR "="), ERR_PROOF_VALUE);
    assert_err(error_of_jws(&c, good[0], ".." SIXTY_FOUR SIXTY_FOUR), ERR_PROOF_VALUE);
    assert_err(integrity_case_error(&c, PROOF_ED25519_2018, "{\"jws\":null}"), ERR_PROOF_SHAPE);
    integrity_case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_values_that_are_no_signatures),
        cmocka_unit_test(refuses_der),
        cmocka_unit_test(takes_a_detached_jws_of_one_header_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
