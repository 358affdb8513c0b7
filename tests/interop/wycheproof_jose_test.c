/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include "codec/jws.h"
#include "crypto/jwk.h"

#include <stdio.h>

static const char *text_of(const json_t *object, const char *member) {
    const char *text = json_string_value(json_object_get(object, member));
    return text == NULL ? "" : text;
}

static const char *case_name(const json_t *test) {
    static char name[200];
    snprintf(name, sizeof name, "tcId %lld %s", (long long)json_integer_value(json_object_get(test, "tcId")),
             text_of(test, "comment"));
    return name;
}

/* The key itself, or the key of a set that has the header's kid; NULL where there is none. */
static const json_t *key_for(const json_t *keys, struct span kid) {
    const json_t *set = json_object_get(keys, "keys");
    if (set == NULL) {
        return keys;
    }
    for (size_t i = 0; i < json_array_size(set); i++) {
        const json_t *key = json_array_get(set, i);
        if (span_equal_text(kid, text_of(key, "kid"))) {
            return key;
        }
    }
    return NULL;
}

static enum err verify(const struct jws *jws, const json_t *keys) {
    struct crypto_key key = {0};
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    TRY(crypto_alg_from_name(jws->alg, &alg));
    TRY(jwk_read(key_for(keys, jws->kid), &key));
    return crypto_verify(alg, &key, jws->signing_input, jws->signature);
}

static enum err split_and_verify(const char *text, const json_t *keys) {
    static uint8_t memory[64 * 1024];
    struct arena arena = arena_over(memory, sizeof memory);
    struct jws jws = {0};
    TRY(jws_split(span_of_text(text), &arena, &jws));
    enum err err = verify(&jws, keys);
    jws_close(&jws);
    return err;
}

/* Why a case that the file calls valid is none of ours; NULL where it is. */
static const char *not_ours(const json_t *test, enum err err) {
    if (json_object_get(test, "jws") == NULL) {
        return "JWE: nothing is decrypted here; checked to be refused";
    }
    if (err == ERR_ALG_REFUSED) {
        return "an HMAC: refused by design, and checked to be";
    }
    if (strcmp(text_of(test, "comment"), "InvalidCharacterInsertedInHeader") == 0 ||
        strcmp(text_of(test, "comment"), "InvalidCharacterInsertedInPayload") == 0) {
        return "characters outside base64url, and an HMAC: checked to be refused";
    }
    return err == ERR_ALG_UNSUPPORTED ? "an algorithm that is not judged here: checked to be refused" : NULL;
}

static void judge(struct interop *interop, const json_t *test, const json_t *keys) {
    const char *text = json_object_get(test, "jws") != NULL ? text_of(test, "jws") : text_of(test, "jwe");
    enum err err = split_and_verify(text, keys);
    bool valid = strcmp(text_of(test, "result"), "valid") == 0;
    const char *reason = valid && err != ERR_OK ? not_ours(test, err) : NULL;
    if (reason != NULL) {
        interop_exclude(interop, case_name(test), 1, reason);
        return;
    }
    interop_case(interop, case_name(test), (err == ERR_OK) == valid, err_name(err));
}

static void runs_whole(void **state) {
    const char *name = *state;
    struct interop interop = {0};
    char path[200];
    char suite[100];
    snprintf(suite, sizeof suite, "wycheproof-%s", name);
    interop_open(&interop, suite, "wycheproof");
    snprintf(path, sizeof path, "wycheproof/%s_test.json", name);
    json_t *vectors = interop_json(path);
    const json_t *groups = json_object_get(vectors, "testGroups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *group = json_array_get(groups, i);
        const json_t *tests = json_object_get(group, "tests");
        const json_t *keys = json_object_get(group, "public");
        for (size_t j = 0; j < json_array_size(tests); j++) {
            judge(&interop, json_array_get(tests, j),
                  keys == NULL ? json_object_get(group, "private") : keys);
        }
    }
    json_decref(vectors);
    interop_close(&interop);
}

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : -1;
}

int main(void) {
    static char names[][24] = {"json_web_signature", "json_web_key", "json_web_crypto"};
    static const struct CMUnitTest tests[] = {
        {"json_web_signature", runs_whole, NULL, NULL, names[0]},
        {"json_web_key", runs_whole, NULL, NULL, names[1]},
        {"json_web_crypto", runs_whole, NULL, NULL, names[2]},
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
