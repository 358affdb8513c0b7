/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/testroot.h"

#include "base/limits.h"
#include "credctl/build/packer.h"
#include "tests/lib/check.h"

void testroot_start(struct testroot *keys) {
    static const enum crypto_alg algs[TESTROOT_KEYS] = {CRYPTO_EDDSA, CRYPTO_ES256, CRYPTO_EDDSA,
                                                        CRYPTO_ES384};
    *keys = (struct testroot){0};
    assert_ok(crypto_start());
    for (size_t i = 0; i < TESTROOT_KEYS; i++) {
        assert_ok(signer_make(algs[i], &keys->root[i]));
    }
    assert_ok(signer_make(CRYPTO_ES384, &keys->release));
}

void testroot_stop(struct testroot *keys) {
    for (size_t i = 0; i < TESTROOT_KEYS; i++) {
        signer_close(keys->root[i]);
    }
    signer_close(keys->release);
    *keys = (struct testroot){0};
}

void testroot_put(const struct testroot *keys, const struct testroot_version *version, struct room *out) {
    const struct signer *signers[2 * LIMIT_ROOT_KEYS + 1];
    struct crypto_key named[TESTROOT_KEYS];
    struct packer_root root = {.scheme = span_of_text(version->scheme == NULL ? "example" : version->scheme),
                               .demo = version->demo,
                               .version = version->version,
                               .keys = named,
                               .key_count = strlen(version->keys),
                               .threshold = version->threshold,
                               .release = signer_public(keys->release),
                               .release_count = 1};
    for (size_t i = 0; i < root.key_count; i++) {
        named[i] = *signer_public(keys->root[version->keys[i] - 'a']);
    }
    for (size_t i = 0; version->signers[i] != '\0'; i++) {
        signers[i] = keys->root[version->signers[i] - 'a'];
    }
    if (out->len > 0) {
        assert_ok(room_put_byte(out, ' '));
    }
    assert_ok(packer_sign_root(&root, signers, strlen(version->signers), out));
}

struct span testroot_chain(const struct testroot *keys, const struct testroot_version *versions, size_t count,
                           char text[TESTROOT_TEXT_BYTES]) {
    struct room room = room_over(text, TESTROOT_TEXT_BYTES);
    for (size_t i = 0; i < count; i++) {
        testroot_put(keys, &versions[i], &room);
    }
    return room_span(&room);
}

struct span testroot_first(const struct testroot *keys, size_t count, uint64_t threshold, bool demo,
                           char text[TESTROOT_TEXT_BYTES]) {
    const char *names = count == 1 ? "a" : "ab";
    return testroot_chain(keys, &(struct testroot_version){1, names, threshold, names, NULL, demo}, 1, text);
}

enum err testroot_follow(struct span provisioned, struct span chain, struct root *out) {
    static uint8_t memory[2 * TESTROOT_TEXT_BYTES];
    struct arena arena = arena_over(memory, sizeof memory);
    return root_follow(provisioned, chain, &arena, out);
}

enum err testroot_read(struct span text, struct root *out) {
    return testroot_follow(text, root_trim(text), out);
}
