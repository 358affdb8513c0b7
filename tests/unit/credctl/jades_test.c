/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/datetime.h"
#include "codec/base64.h"
#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "credctl/build/jades.h"
#include "tests/lib/certificate_files.h"
#include "tests/lib/imported.h"
#include "tests/lib/lote_text.h"
#include "tests/lib/places.h"

#define NOW_S     IMPORTED_NOW_S
#define PAYLOAD   "{\"a\":1}"
#define IAT       "\"iat\":1785542400" /* 2026-08-01 */
#define TEXT_SIZE 8192

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : 1;
}

static struct signer *signer_of(const char *name) {
    char path[128];
    struct signer *signer = NULL;
    (void)snprintf(path, sizeof path, "tests/lib/certificates/%s.jwk", name);
    assert_ok(signer_load(path, &signer));
    return signer;
}

/* "x5c" of one certificate, and "x5t#S256". */
static const char *x5c_of(const char *name, char out[4096]) {
    struct certificate_file file;
    struct room room = room_over(out, 4096);
    certificate_files_der(name, &file);
    assert_ok(room_put_text(&room, "\"x5c\":[\""));
    assert_ok(base64_encode(file.der, &room));
    assert_ok(room_put_text(&room, "\"]"));
    out[room.len] = '\0';
    return out;
}

static const char *x5t_of(const char *name, char out[128]) {
    struct certificate_file file;
    struct room room = room_over(out, 127);
    certificate_files_read(name, &file);
    assert_ok(room_put_text(&room, "\"x5t#S256\":\""));
    assert_ok(base64url_encode(span_of_bytes(file.certificate.thumbprint, CRYPTO_SHA256_BYTES), &room));
    assert_ok(room_put_text(&room, "\""));
    out[room.len] = '\0';
    return out;
}

/* Sign PAYLOAD under a header of these members beside "alg". */
static struct span signed_text(const char *signer_name, const char *members, char out[TEXT_SIZE]) {
    char header[6000];
    uint8_t bytes[512];
    struct room text = room_over(out, TEXT_SIZE), signature = room_over(bytes, sizeof bytes);
    struct signer *signer = signer_of(signer_name);
    (void)snprintf(header, sizeof header, "{\"alg\":\"%s\"%s%s}", crypto_alg_name(signer_alg(signer)),
                   members[0] == '\0' ? "" : ",", members);
    assert_ok(base64url_encode(span_of_text(header), &text));
    assert_ok(room_put_text(&text, "."));
    assert_ok(base64url_encode(span_of_text(PAYLOAD), &text));
    assert_ok(signer_sign(signer, room_span(&text), &signature));
    assert_ok(room_put_text(&text, "."));
    assert_ok(base64url_encode(room_span(&signature), &text));
    signer_close(signer);
    return room_span(&text);
}

static enum err read_at(struct span text, const char *pin, int64_t now_s, struct jades *out) {
    static uint8_t memory[TEXT_SIZE + JADES_HEADER_BYTES];
    struct arena arena = arena_over(memory, sizeof memory);
    struct certificate_file file;
    certificate_files_read(pin, &file);
    struct jades_rules rules = {&file.certificate, 1, interval_at(now_s)};
    return jades_read(text, &rules, &arena, out);
}

static enum err read_by(struct span text, const char *pin) {
    struct jades out = {0};
    enum err err = read_at(text, pin, NOW_S, &out);
    assert_int_equal(out.payload.len > 0, err == ERR_OK);
    return err;
}

static void what_is_signed_comes_back(void **state) {
    (void)state;
    char bytes[TEXT_SIZE];
    struct room room = room_over(bytes, sizeof bytes);
    struct certificate_file leaf;
    struct jades out = {0};
    struct signer *signer = signer_of("leaf");
    certificate_files_read("leaf", &leaf);
    assert_ok(jades_sign(signer, &leaf.certificate, NOW_S - 10, span_of_text(PAYLOAD), &room));
    assert_ok(read_at(room_span(&room), "leaf", NOW_S, &out));
    assert_span_text(out.payload, PAYLOAD);
    assert_int_equal(out.signed_at_s, NOW_S - 10);
    assert_true(span_equal(out.signer.der, leaf.der));
    assert_ok(read_by(room_span(&room), "ca")); /* which issued it */
    assert_err(read_by(room_span(&room), "ca2"), ERR_JADES_SIGNER);
    assert_err(read_by(room_span(&room), "rsa"), ERR_JADES_SIGNER);
    assert_err(read_by(room_span(&room), "qc"),
               ERR_JADES_SIGNER); /* of the same key, but another certificate */
    signer_close(signer);
}

static void nobody_signs_with_another_certificate_or_out_of_its_time(void **state) {
    (void)state;
    char bytes[TEXT_SIZE];
    struct room room = room_over(bytes, sizeof bytes);
    struct certificate_file leaf, enc;
    struct signer *signer = signer_of("rsa");
    certificate_files_read("leaf", &leaf);
    certificate_files_read("enc", &enc);
    assert_err(jades_sign(signer, &leaf.certificate, NOW_S, span_of_text(PAYLOAD), &room), ERR_KEY_MISMATCH);
    assert_err(jades_sign(signer, &enc.certificate, NOW_S, span_of_text(PAYLOAD), &room), ERR_KEY_USE);
    signer_close(signer);
    signer = signer_of("leaf");
    assert_err(jades_sign(signer, &leaf.certificate, 1, span_of_text(PAYLOAD), &room), ERR_JADES_TIME);
    room.cap = 100;
    assert_err(jades_sign(signer, &leaf.certificate, NOW_S, span_of_text(PAYLOAD), &room), ERR_NO_ROOM);
    assert_int_equal(room.len, 0);
    signer_close(signer);
}

static void any_change_is_refused(void **state) {
    (void)state;
    char bytes[TEXT_SIZE], members[4096 + 64], x5c[4096];
    (void)snprintf(members, sizeof members, "%s," IAT, x5c_of("leaf", x5c));
    struct span text = signed_text("leaf", members, bytes);
    uint64_t seed = 3;
    assert_ok(read_by(text, "leaf"));
    for (size_t i = 0; i < places_count(text.len * 8); i++) {
        size_t bit = places_at(i, text.len * 8, &seed);
        bytes[bit / 8] ^= (char)(1u << bit % 8);
        assert_int_not_equal(read_by(text, "leaf"), ERR_OK);
        bytes[bit / 8] ^= (char)(1u << bit % 8);
    }
    for (size_t i = 0; i < places_count(text.len); i++) {
        assert_int_not_equal(read_by(span_slice(text, 0, places_at(i, text.len, &seed)), "leaf"), ERR_OK);
    }
}

/* Headers beside alg: @ stands for x5c of leaf, $ for x5t#S256 of leaf. */
static void a_header_says_what_it_must_and_nothing_else(void **state) {
    (void)state;
    static const struct {
        const char *members;
        enum err err;
    } cases[] = {
        {"@," IAT, ERR_OK},
        {"@,$," IAT, ERR_OK},
        {"$," IAT, ERR_OK}, /* of the pinned one */
        {"@,\"sigT\":\"2026-08-01T00:00:00Z\"", ERR_OK},
        {"@,\"sigT\":\"2026-08-01T00:00:00Z\",\"crit\":[\"sigT\"]", ERR_OK},
        {"@,\"cty\":\"json\",\"typ\":\"JOSE\"," IAT, ERR_OK},
        {IAT, ERR_JADES_NAMED},
        {"@,\"x5t#S256\":\"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\"," IAT, ERR_JADES_NAMED},
        {"\"x5t#S256\":\"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\"," IAT, ERR_JADES_SIGNER},
        {"@,\"x5t#S256\":\"47DE\"," IAT, ERR_JWS_HEADER},
        {"@,\"x5t#S256\":5," IAT, ERR_JWS_HEADER},
        {"\"x5c\":[]," IAT, ERR_JWS_HEADER},
        {"\"x5c\":\"QUJD\"," IAT, ERR_JWS_HEADER},
        {"\"x5c\":[\"QUJD\"]," IAT, ERR_CERTIFICATE},
        {"\"x5c\":[\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\"]," IAT, ERR_JWS_HEADER},
        {"@", ERR_JADES_TIME},
        {"@,\"iat\":1788000001", ERR_JADES_TIME}, /* to come */
        {"@,\"iat\":1700000000", ERR_JADES_TIME}, /* before the certificate */
        {"@,\"iat\":\"now\"", ERR_JWS_HEADER},
        {"@,\"iat\":1.5", ERR_JWS_HEADER},
        {"@,\"sigT\":5", ERR_JWS_HEADER},
        {"@,\"sigT\":\"2026-08-01T00:00:00+01:00\"", ERR_JWS_HEADER},
        {"@,\"sigT\":\"yesterdayZ\"", ERR_JWS_HEADER},
        {"@,\"sigT\":\"2026-08-01T00:00:00Z\"," IAT, ERR_JWS_HEADER},
        {"@,\"sigD\":{}," IAT, ERR_JWS_HEADER},
        {"@,\"sigPId\":{}," IAT, ERR_JWS_HEADER},
        {"@,\"b64\":false," IAT, ERR_JWS_B64},
        {"@,\"crit\":[\"b64\"],\"b64\":true," IAT, ERR_JWS_CRIT},
        {"@,\"crit\":[\"srCms\"],\"srCms\":[]," IAT, ERR_JWS_CRIT},
        {"@,\"crit\":[\"iat\"]," IAT, ERR_JWS_CRIT},
        {"@,\"crit\":[\"sigT\"]," IAT, ERR_JWS_CRIT}, /* which is not there */
        {"@,\"crit\":[]," IAT, ERR_JWS_CRIT},
        {"@,\"crit\":\"sigT\",\"sigT\":\"2026-08-01T00:00:00Z\"", ERR_JWS_CRIT},
        {"@,\"crit\":[\"sigT\",\"sigT\"],\"sigT\":\"2026-08-01T00:00:00Z\"", ERR_JWS_CRIT},
    };
    char x5c[4096], x5t[128];
    (void)x5c_of("leaf", x5c);
    (void)x5t_of("leaf", x5t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char members[5000] = "", bytes[TEXT_SIZE];
        struct room room = room_over(members, sizeof members - 1);
        for (const char *c = cases[i].members; *c != '\0'; c++) {
            assert_ok(*c == '@'   ? room_put_text(&room, x5c)
                      : *c == '$' ? room_put_text(&room, x5t)
                                  : room_put_byte(&room, (uint8_t)*c));
        }
        enum err err = read_by(signed_text("leaf", members, bytes), "leaf");
        if (err != cases[i].err) {
            fail_msg("%s gives %s", cases[i].members, err_name(err));
        }
    }
}

static void certificates_must_be_in_force(void **state) {
    (void)state;
    char bytes[TEXT_SIZE], members[4096 + 64], x5c[4096];
    struct jades out = {0};
    int64_t end_s = datetime_seconds((struct datetime){2036, 1, 1, 0, 0, 0});
    (void)snprintf(members, sizeof members, "%s," IAT, x5c_of("leaf", x5c));
    struct span text = signed_text("leaf", members, bytes);
    assert_ok(read_at(text, "leaf", end_s, &out));
    assert_err(read_at(text, "leaf", end_s + 1, &out), ERR_JADES_TIME);
    assert_err(read_at(text, "ca", end_s + 1, &out), ERR_JADES_TIME);
    assert_err(read_by(text, "caold"), ERR_JADES_TIME); /* the same CA, until February */
}

static void keys_of_other_kinds_sign_too(void **state) {
    (void)state;
    char bytes[TEXT_SIZE], members[4096 + 64], x5c[4096];
    (void)snprintf(members, sizeof members, "%s," IAT, x5c_of("rsa", x5c));
    assert_ok(read_by(signed_text("rsa", members, bytes), "rsa"));
    (void)snprintf(members, sizeof members, "%s," IAT, x5c_of("enc", x5c));
    assert_err(read_by(signed_text("rsa", members, bytes), "enc"), ERR_KEY_USE);
    (void)snprintf(members, sizeof members, "%s," IAT, x5c_of("rsa", x5c));
    assert_err(read_by(signed_text("leaf", members, bytes), "rsa"), ERR_KEY_MISMATCH);
}

/* ---- through credctl trust import lote ------------------------------------------------------------------------------------ */

#define PEM "tests/lib/certificates/"

static void a_signed_list_on_p521_is_signed(void **state) {
    (void)state;
    struct imported out = imported_file(&import_lote, PEM "es512.jws",
                                        &(struct imported_how){.options = {"pin", PEM "p521.pem"}});
    assert_ok(out.err);
    assert_true(out.job.source.is_signed);
    assert_string_equal(out.job.source.signer, "CN=P-521");
    assert_int_equal(out.job.source.seq, 3);
    imported_close(&out);
}

static void a_signed_list_needs_its_pin(void **state) {
    (void)state;
    static const struct {
        const char *pin;
        enum err err;
    } cases[] = {{NULL, ERR_LOTE_PIN},
                 {PEM "ca.pem", ERR_JADES_SIGNER},
                 {PEM "leaf.jwk", ERR_CERTIFICATE_NONE},
                 {PEM "rsa1024.pem", ERR_KEY_WEAK},
                 {PEM "nothing.pem", ERR_FILE_MISSING}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct imported_how how = {.options = {cases[i].pin == NULL ? NULL : "pin", cases[i].pin}};
        struct imported out = imported_file(&import_lote, PEM "es512.jws", &how);
        if (out.err != cases[i].err || out.job.source.is_signed) {
            fail_msg("%s gives %s", cases[i].pin, err_name(out.err));
        }
        imported_close(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_signed_comes_back),
        cmocka_unit_test(nobody_signs_with_another_certificate_or_out_of_its_time),
        cmocka_unit_test(any_change_is_refused),
        cmocka_unit_test(a_header_says_what_it_must_and_nothing_else),
        cmocka_unit_test(certificates_must_be_in_force),
        cmocka_unit_test(keys_of_other_kinds_sign_too),
        cmocka_unit_test(a_signed_list_on_p521_is_signed),
        cmocka_unit_test(a_signed_list_needs_its_pin),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
