/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "codec/jws.h"
#include "credctl/file.h"
#include "credctl/sign/signer.h"

static const enum crypto_alg algs[] = {CRYPTO_ES256, CRYPTO_ES384, CRYPTO_EDDSA, CRYPTO_RS256, CRYPTO_PS256};
#define ALGS (sizeof algs / sizeof *algs)

static char folder[256];

static const char *path_of(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
    return path;
}

static int make_folder(void **state) {
    (void)state;
    const char *build = getenv("BUILD");
    snprintf(folder, sizeof folder, "%s/signer-XXXXXX", build == NULL ? "build" : build);
    return crypto_start() == ERR_OK && mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    path_of("key.jwk");
    return rmdir(folder);
}

static void write_text(const char *path, const char *text) {
    assert_ok(file_write(path, span_of_text(text), (struct file_how){.replace = true}));
}

static void signs_what_its_public_half_verifies(void **state) {
    (void)state;
    for (size_t i = 0; i < ALGS; i++) {
        struct signer *signer = NULL;
        uint8_t bytes[512];
        struct room signature = room_over(bytes, sizeof bytes);
        struct span text = span_of_text("what is signed");
        assert_ok(signer_make(algs[i], &signer));
        assert_ok(signer_sign(signer, text, &signature));
        assert_ok(crypto_verify(algs[i], signer_public(signer), text, room_span(&signature)));
        assert_err(
            crypto_verify(algs[i], signer_public(signer), span_of_text("what is not"), room_span(&signature)),
            ERR_SIGNATURE_WRONG);
        signer_close(signer);
    }
}

static void a_key_comes_back_from_its_file(void **state) {
    (void)state;
    for (size_t i = 0; i < ALGS; i++) {
        struct signer *made = NULL, *loaded = NULL;
        struct stat file;
        uint8_t bytes[512];
        struct room signature = room_over(bytes, sizeof bytes);
        const char *path = path_of("key.jwk");
        assert_ok(signer_make(algs[i], &made));
        assert_ok(signer_save(made, path));
        assert_int_equal(stat(path, &file), 0);
        assert_int_equal(file.st_mode & 07777, 0600);
        assert_err(signer_save(made, path), ERR_FILE_EXISTS);
        assert_ok(signer_load(path, &loaded));
        assert_int_equal(signer_alg(loaded), algs[i]);
        assert_true(crypto_key_equal(signer_public(made), signer_public(loaded)));
        assert_ok(signer_sign(loaded, span_of_text("x"), &signature));
        assert_ok(crypto_verify(algs[i], signer_public(made), span_of_text("x"), room_span(&signature)));
        signer_close(made);
        signer_close(loaded);
    }
}

static void a_token_carries_its_header_and_payload(void **state) {
    (void)state;
    static uint8_t memory[65536];
    for (size_t i = 0; i < ALGS; i++) {
        struct signer *signer = NULL;
        struct arena arena = arena_over(memory, sizeof memory);
        uint8_t bytes[2048];
        struct room token = room_over(bytes, sizeof bytes);
        struct jws jws = {0};
        assert_ok(signer_make(algs[i], &signer));
        assert_ok(signer_jws(signer, span_of_text("JWT"), span_of_text("did:web:x.example#\"1"),
                             span_of_text("{\"a\":1}"), &token));
        assert_ok(jws_split(room_span(&token), &arena, &jws));
        assert_span_text(jws.alg, crypto_alg_name(algs[i]));
        assert_span_text(jws.typ, "JWT");
        assert_span_text(jws.kid, "did:web:x.example#\"1");
        assert_span_text(jws.payload, "{\"a\":1}");
        assert_int_equal(json_object_size(jws.header), 3);
        assert_ok(crypto_verify(algs[i], signer_public(signer), jws.signing_input, jws.signature));
        jws_close(&jws);
        signer_close(signer);
    }
}

static void an_empty_typ_and_kid_are_left_out(void **state) {
    (void)state;
    static uint8_t memory[65536];
    struct signer *signer = NULL;
    struct arena arena = arena_over(memory, sizeof memory);
    uint8_t bytes[2048];
    struct room token = room_over(bytes, sizeof bytes);
    struct jws jws = {0};
    assert_ok(signer_make(CRYPTO_EDDSA, &signer));
    assert_ok(signer_jws(signer, (struct span){0}, (struct span){0}, span_of_text("x"), &token));
    assert_ok(jws_split(room_span(&token), &arena, &jws));
    assert_int_equal(json_object_size(jws.header), 1);
    jws_close(&jws);
    signer_close(signer);
}

static void leaves_the_room_as_it_was_when_it_is_too_small(void **state) {
    (void)state;
    struct signer *signer = NULL;
    uint8_t bytes[60];
    struct room token = room_over(bytes, sizeof bytes);
    assert_ok(signer_make(CRYPTO_EDDSA, &signer));
    assert_err(signer_jws(signer, (struct span){0}, (struct span){0}, span_of_text("x"), &token),
               ERR_NO_ROOM);
    assert_int_equal(token.len, 0);
    signer_close(signer);
}

static void refuses_a_key_whose_halves_do_not_belong_together(void **state) {
    (void)state;
    struct signer *one = NULL, *signer = NULL;
    struct room file = {0};
    const char *path = path_of("key.jwk");
    assert_ok(signer_make(CRYPTO_EDDSA, &one));
    assert_ok(signer_save(one, path));
    assert_ok(file_read(path, 65536, &file));
    json_t *jwk = json_loadb((const char *)file.ptr, file.len, 0, NULL);
    json_object_set_new(jwk, "d", json_string("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    char *text = json_dumps(jwk, 0);
    write_text(path, text);
    assert_err(signer_load(path, &signer), ERR_KEY_SHAPE);
    assert_null(signer);
    free(text);
    json_decref(jwk);
    file_release(&file);
    signer_close(one);
}

static void refuses_files_that_hold_no_key(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"", ERR_JSON_SYNTAX},
        {"[]", ERR_KEY_SHAPE},
        {"{\"kty\":\"oct\",\"k\":\"AAAA\"}", ERR_KEY_PRIVATE},
        {"{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AA\",\"y\":\"AA\",\"d\":\"AA\"}", ERR_KEY_UNSUPPORTED},
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
         ERR_KEY_SHAPE},
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"d\":"
         "\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2\"}",
         ERR_KEY_SHAPE},
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"d\":"
         "\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\",\"alg\":\"ES256\"}",
         ERR_KEY_MISMATCH},
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"d\":"
         "\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\",\"alg\":\"none\"}",
         ERR_KEY_UNSUPPORTED},
    };
    const char *path = path_of("key.jwk");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct signer *signer = NULL;
        write_text(path, cases[i].text);
        assert_err(signer_load(path, &signer), cases[i].err);
        assert_null(signer);
    }
    assert_err(signer_load(path_of("absent.jwk"), &(struct signer *){NULL}), ERR_FILE_MISSING);
}

/* RFC 8037 appendix A. */
static void reads_a_published_key_and_signs_as_published(void **state) {
    (void)state;
    struct signer *signer = NULL;
    const char *path = path_of("key.jwk");
    uint8_t bytes[1024];
    struct room token = room_over(bytes, sizeof bytes);
    write_text(path,
               "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
               "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
    assert_ok(signer_load(path, &signer));
    assert_ok(signer_jws(signer, (struct span){0}, (struct span){0},
                         span_of_text("Example of Ed25519 signing"), &token));
    assert_span_text(
        room_span(&token),
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    signer_close(signer);
}

static void makes_no_key_for_no_algorithm(void **state) {
    (void)state;
    struct signer *signer = NULL;
    assert_err(signer_make(CRYPTO_ALG_NONE, &signer), ERR_ALG_UNSUPPORTED);
    assert_null(signer);
    signer_close(NULL);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_what_its_public_half_verifies),
        cmocka_unit_test(a_key_comes_back_from_its_file),
        cmocka_unit_test(a_token_carries_its_header_and_payload),
        cmocka_unit_test(an_empty_typ_and_kid_are_left_out),
        cmocka_unit_test(leaves_the_room_as_it_was_when_it_is_too_small),
        cmocka_unit_test(refuses_a_key_whose_halves_do_not_belong_together),
        cmocka_unit_test(refuses_files_that_hold_no_key),
        cmocka_unit_test(reads_a_published_key_and_signs_as_published),
        cmocka_unit_test(makes_no_key_for_no_algorithm),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
