/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include "crypto/jwk.h"
#include "crypto/rsakey.h"

#include <stdio.h>

/* What a file asks of crypto_verify. */
enum expected {
    AS_THE_FILE_SAYS,
    ALL_REFUSED,     /* valid ones are of a form or algorithm that is not ours; `reason` says which */
    PSS_AS_RFC_7518, /* valid where hash, mask and salt are those of PS256 */
    KEYS_REFUSED,    /* no key of the file can be read */
};

struct file {
    const char *name;
    enum crypto_alg alg;
    enum expected expected;
    const char *reason;
};

#define DER  "the signature is DER, and only r || s is read (RFC 7518 section 3.4): checked to be refused"
#define HASH "another hash than our algorithm's: checked to be refused"
#define KEY  "a curve that is not judged here: checked that the key is refused"

static struct file files[] = {
    {"ecdsa_secp256r1_sha256_p1363", CRYPTO_ES256, AS_THE_FILE_SAYS, NULL},
    {"ecdsa_secp384r1_sha384_p1363", CRYPTO_ES384, AS_THE_FILE_SAYS, NULL},
    {"ecdsa_secp256r1_sha256", CRYPTO_ES256, ALL_REFUSED, DER},
    {"ecdsa_secp384r1_sha384", CRYPTO_ES384, ALL_REFUSED, DER},
    {"ecdsa_secp256k1_sha256_p1363", CRYPTO_ES256, KEYS_REFUSED, KEY},
    {"ecdsa_secp521r1_sha512_p1363", CRYPTO_ES256, KEYS_REFUSED, KEY},
    {"rsa_signature_2048_sha256", CRYPTO_RS256, AS_THE_FILE_SAYS, NULL},
    {"rsa_signature_3072_sha256", CRYPTO_RS256, AS_THE_FILE_SAYS, NULL},
    {"rsa_signature_4096_sha256", CRYPTO_RS256, AS_THE_FILE_SAYS, NULL},
    {"rsa_signature_3072_sha384", CRYPTO_RS256, ALL_REFUSED, HASH},
    {"rsa_signature_4096_sha512", CRYPTO_RS256, ALL_REFUSED, HASH},
    {"rsa_pss_2048_sha256_mgf1_32", CRYPTO_PS256, AS_THE_FILE_SAYS, NULL},
    {"rsa_pss_3072_sha256_mgf1_32", CRYPTO_PS256, AS_THE_FILE_SAYS, NULL},
    {"rsa_pss_4096_sha256_mgf1_32", CRYPTO_PS256, AS_THE_FILE_SAYS, NULL},
    {"rsa_pss_4096_sha384_mgf1_48", CRYPTO_PS256, ALL_REFUSED, HASH},
    {"rsa_pss_4096_sha512_mgf1_64", CRYPTO_PS256, ALL_REFUSED, HASH},
    {"rsa_pss_misc", CRYPTO_PS256, PSS_AS_RFC_7518,
     "another hash, mask or salt length than PS256 has (RFC 7518 section 3.5): checked to be refused"},
    {"ed25519", CRYPTO_EDDSA, AS_THE_FILE_SAYS, NULL},
};
#define FILES (sizeof files / sizeof *files)

static const char *text_of(const json_t *object, const char *member) {
    const char *text = json_string_value(json_object_get(object, member));
    return text == NULL ? "" : text;
}

static struct span without_zeros(struct span number) {
    while (number.len > 0 && number.ptr[0] == 0) {
        number = span_slice(number, 1, number.len);
    }
    return number;
}

static enum err rsa_key(const json_t *public_key, struct crypto_key *out) {
    struct span n = interop_unhex(text_of(public_key, "modulus"));
    struct span e = interop_unhex(text_of(public_key, "publicExponent"));
    struct rsakey numbers = {without_zeros(n), without_zeros(e)};
    enum err err = rsakey_write(&numbers, out);
    interop_free(n);
    interop_free(e);
    return err;
}

/* The key of a group from its plain numbers. */
static enum err key_of_numbers(const json_t *group, enum crypto_alg alg, struct crypto_key *out) {
    const json_t *public_key = json_object_get(group, "publicKey");
    enum crypto_key_kind kind = crypto_alg_key_kind(alg);
    if (kind == CRYPTO_KEY_RSA) {
        return rsa_key(public_key, out);
    }
    struct span bytes =
        interop_unhex(text_of(public_key, kind == CRYPTO_KEY_ED25519 ? "pk" : "uncompressed"));
    *out = (struct crypto_key){.kind = kind, .len = (uint16_t)bytes.len};
    memcpy(out->bytes, bytes.ptr, bytes.len);
    interop_free(bytes);
    return ERR_OK;
}

static const json_t *jwk_of(const json_t *group) {
    const json_t *jwk = json_object_get(group, "publicKeyJwk");
    return jwk == NULL ? json_object_get(group, "keyJwk") : jwk;
}

/* Where a group gives its key as a JWK too, that is the same key. */
static void check_jwk(const json_t *group, const struct crypto_key *key) {
    const json_t *jwk = jwk_of(group);
    struct crypto_key same = {0};
    if (jwk != NULL) {
        enum err err = jwk_read(jwk, &same);
        bool other_hash = err == ERR_KEY_UNSUPPORTED && key->kind == CRYPTO_KEY_RSA;
        assert_true(other_hash || crypto_key_equal(key, &same));
    }
}

static bool is_ps256(const json_t *group) {
    return strcmp(text_of(group, "sha"), "SHA-256") == 0 &&
           strcmp(text_of(group, "mgfSha"), "SHA-256") == 0 &&
           json_integer_value(json_object_get(group, "sLen")) == 32;
}

static const char *case_name(const json_t *test) {
    static char name[200];
    snprintf(name, sizeof name, "tcId %lld %s", (long long)json_integer_value(json_object_get(test, "tcId")),
             text_of(test, "comment"));
    return name;
}

static bool refused(enum err err) {
    return err == ERR_SIGNATURE_WRONG || err == ERR_SIGNATURE_SHAPE;
}

/* The one case of the files of other hashes that is a right signature of ours. */
static bool is_sha256_after_all(const json_t *test) {
    return strncmp(text_of(test, "comment"), "The message is hashed with SHA-256 instead", 42) == 0;
}

static void judge(struct interop *interop, const struct file *file, bool ours, const struct crypto_key *key,
                  const json_t *test) {
    struct span message = interop_unhex(text_of(test, "msg"));
    struct span signature = interop_unhex(text_of(test, "sig"));
    const char *result = text_of(test, "result");
    enum err err = crypto_verify(file->alg, key, message, signature);
    bool valid = strcmp(result, "valid") == 0;
    if (!ours && is_sha256_after_all(test)) {
        valid = ours = true;
    }
    if (valid && !ours && refused(err)) {
        interop_exclude(interop, case_name(test), 1, file->reason);
    } else {
        interop_case(interop, case_name(test), valid && ours ? err == ERR_OK : refused(err), err_name(err));
    }
    if (strcmp(result, "acceptable") == 0) {
        interop_exclude(interop, case_name(test), 0,
                        "acceptable by the file: refused here, and counted as passed");
    }
    interop_free(message);
    interop_free(signature);
}

static void judge_group(struct interop *interop, const struct file *file, const json_t *group) {
    const json_t *tests = json_object_get(group, "tests");
    struct crypto_key key = {0};
    if (file->expected == KEYS_REFUSED) {
        assert_true(jwk_of(group) == NULL || jwk_read(jwk_of(group), &key) == ERR_KEY_UNSUPPORTED);
        interop_exclude(interop, text_of(json_object_get(group, "publicKey"), "curve"),
                        (unsigned)json_array_size(tests), file->reason);
        return;
    }
    assert_ok(key_of_numbers(group, file->alg, &key));
    check_jwk(group, &key);
    bool ours = file->expected == AS_THE_FILE_SAYS || (file->expected == PSS_AS_RFC_7518 && is_ps256(group));
    for (size_t i = 0; i < json_array_size(tests); i++) {
        judge(interop, file, ours, &key, json_array_get(tests, i));
    }
}

static void runs_whole(void **state) {
    const struct file *file = *state;
    struct interop interop = {0};
    char path[200];
    char suite[100];
    snprintf(suite, sizeof suite, "wycheproof-%s", file->name);
    interop_open(&interop, suite, "wycheproof");
    snprintf(path, sizeof path, "wycheproof/%s_test.json", file->name);
    json_t *vectors = interop_json(path);
    const json_t *groups = json_object_get(vectors, "testGroups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        judge_group(&interop, file, json_array_get(groups, i));
    }
    json_decref(vectors);
    interop_close(&interop);
}

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : -1;
}

int main(void) {
    struct CMUnitTest tests[FILES];
    for (size_t i = 0; i < FILES; i++) {
        tests[i] = (struct CMUnitTest){files[i].name, runs_whole, NULL, NULL, &files[i]};
    }
    return cmocka_run_group_tests(tests, start, NULL);
}
