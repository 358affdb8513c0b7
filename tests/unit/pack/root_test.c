/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <string.h>

#include "credctl/build/packer.h"
#include "crypto/jwk.h"
#include "pack/root.h"
#include "tests/lib/forge.h"
#include "tests/lib/testroot.h"

static struct testroot keys;

static int start(void **state) {
    (void)state;
    testroot_start(&keys);
    return 0;
}

static int stop(void **state) {
    (void)state;
    testroot_stop(&keys);
    return 0;
}

/* Sign these claims with key a under a typ. */
static enum err read_claims(const char *claims, const char *typ, const struct signer *signer) {
    char text[TESTROOT_TEXT_BYTES], kid[64];
    struct room room = room_over(text, sizeof text), kid_room = room_over(kid, sizeof kid);
    struct root root = {0};
    assert_ok(packer_kid(signer_public(signer), &kid_room));
    assert_ok(signer_jws(signer, span_of_text(typ), room_span(&kid_room), span_of_text(claims), &room));
    return testroot_read(room_span(&room), &root);
}

static void reads_what_it_says(void **state) {
    (void)state;
    char text[TESTROOT_TEXT_BYTES];
    struct root root = {0};
    assert_ok(testroot_read(testroot_first(&keys, 1, 1, true, text), &root));
    assert_span_text(root.scheme, "example");
    assert_int_equal(root.version, 1);
    assert_int_equal(root.key_count, 1);
    assert_int_equal(root.release_count, 1);
    assert_true(root.demo);
    assert_true(crypto_key_equal(&root.release[0].key, signer_public(keys.release)));
    assert_ok(testroot_read(testroot_first(&keys, 1, 1, false, text), &root));
    assert_false(root.demo);
}

static void a_line_feed_behind_it_is_fine(void **state) {
    (void)state;
    char text[TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct span root_text = testroot_first(&keys, 1, 1, false, text);
    text[root_text.len] = '\n';
    assert_ok(testroot_read(span_of_bytes(text, root_text.len + 1), &root));
}

static void a_threshold_of_keys_must_have_signed(void **state) {
    (void)state;
    char text[TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct span both = testroot_first(&keys, 2, 2, false, text);
    assert_ok(testroot_read(both, &root));
    size_t first = span_find(both, ' ', 0);
    assert_err(testroot_read(span_slice(both, 0, first), &root), ERR_ROOT_THRESHOLD);
    assert_err(testroot_read(span_slice(both, first + 1, both.len), &root), ERR_ROOT_THRESHOLD);
    both = testroot_first(&keys, 2, 1, false, text);
    first = span_find(both, ' ', 0);
    assert_ok(testroot_read(span_slice(both, first + 1, both.len), &root));
}

static void one_key_signing_twice_counts_once(void **state) {
    (void)state;
    char text[TESTROOT_TEXT_BYTES], twice[2 * TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct span both = testroot_first(&keys, 2, 2, false, text);
    size_t first = span_find(both, ' ', 0);
    int len = snprintf(twice, sizeof twice, "%.*s %.*s", (int)first, text, (int)first, text);
    assert_err(testroot_read(span_of_bytes(twice, (size_t)len), &root), ERR_ROOT_THRESHOLD);
}

static void two_documents_of_one_version_are_refused(void **state) {
    (void)state;
    char a[TESTROOT_TEXT_BYTES], b[TESTROOT_TEXT_BYTES], both[2 * TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct span first = testroot_first(&keys, 1, 1, false, a), second = testroot_first(&keys, 1, 1, true, b);
    int len = snprintf(both, sizeof both, "%.*s %.*s", (int)first.len, a, (int)second.len, b);
    assert_err(testroot_read(span_of_bytes(both, (size_t)len), &root), ERR_ROOT_VERSION);
}

/* Signed by both keys, but not the same claims, though as long. */
static void two_keys_must_have_signed_the_same(void **state) {
    (void)state;
    char first[TESTROOT_TEXT_BYTES], second[TESTROOT_TEXT_BYTES], mixed[2 * TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct span both = testroot_first(&keys, 2, 2, false, first);
    struct span others =
        testroot_chain(&keys, &(struct testroot_version){1, "ab", 2, "ab", "exampl3", false}, 1, second);
    size_t cut = span_find(both, ' ', 0), others_cut = span_find(others, ' ', 0);
    int len = snprintf(mixed, sizeof mixed, "%.*s%.*s", (int)cut, first, (int)(others.len - others_cut),
                       second + others_cut);
    assert_err(testroot_read(span_of_bytes(mixed, (size_t)len), &root), ERR_ROOT_THRESHOLD);
}

static void a_header_has_its_three_members_alone(void **state) {
    (void)state;
    static const char *const headers[] = {
        "{\"alg\":\"EdDSA\",\"typ\":\"" ROOT_TYP "\",\"kid\":\"%.*s\",\"jku\":\"https://evil.example\"}",
        "{\"alg\":\"EdDSA\",\"typ\":\"" ROOT_TYP "\"}",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        char kid[64], header[512], text[8192];
        struct room kid_room = room_over(kid, sizeof kid), room = room_over(text, sizeof text);
        struct root root = {0};
        assert_ok(packer_kid(signer_public(keys.root[0]), &kid_room));
        (void)snprintf(header, sizeof header, headers[i], (int)kid_room.len, kid);
        forge_token(span_of_text(header), span_of_text("{}"), keys.root[0], &room);
        assert_err(testroot_read(room_span(&room), &root), ERR_JWS_HEADER);
    }
}

static void any_changed_character_is_refused(void **state) {
    (void)state;
    char text[TESTROOT_TEXT_BYTES];
    bool wrong_signature = false;
    struct span whole = testroot_first(&keys, 1, 1, false, text);
    for (size_t i = 0; i < whole.len; i++) {
        struct root root = {0};
        char was = text[i];
        text[i] = was == 'A' ? 'B' : 'A';
        enum err err = testroot_read(whole, &root);
        assert_int_not_equal(err, ERR_OK);
        assert_int_equal(root.version, 0);
        wrong_signature = wrong_signature || err == ERR_ROOT_SIGNATURE;
        text[i] = was;
    }
    assert_true(wrong_signature);
}

static void malformed_roots_are_refused(void **state) {
    (void)state;
    static const char *const claims[] = {
        "{}",
        "{\"scheme\":\"\",\"version\":1,\"keys\":[],\"release\":[],\"threshold\":1}",
        "{\"scheme\":\"x\",\"version\":1,\"keys\":[],\"release\":[],\"threshold\":1}",
        "{\"scheme\":\"x\",\"version\":0,\"keys\":[],\"release\":[],\"threshold\":1}",
        "{\"scheme\":\"x\",\"version\":1,\"demo\":1,\"keys\":[],\"release\":[],\"threshold\":1}",
    };
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        assert_err(read_claims(claims[i], ROOT_TYP, keys.root[0]), ERR_ROOT_SHAPE);
    }
    assert_err(read_claims("{\"scheme\":\"x\",\"version\":2}", ROOT_TYP, keys.root[0]), ERR_ROOT_VERSION);
    assert_err(read_claims("{}", "credkiosk-pack+jwt", keys.root[0]), ERR_ROOT_TYP);
    struct root root = {0};
    assert_err(testroot_read((struct span){0}, &root), ERR_ROOT_SHAPE);
    assert_err(testroot_read(span_of_text("a.b"), &root), ERR_JWS_SHAPE);
}

/* Claims with key a as the root key, this threshold and release key b twice or once. */
static enum err read_with_keys(const char *format, int threshold) {
    char a[512], b[512], claims[2048];
    struct room room_a = room_over(a, sizeof a), room_b = room_over(b, sizeof b);
    assert_ok(jwk_write(signer_public(keys.root[0]), &room_a));
    assert_ok(jwk_write(signer_public(keys.root[1]), &room_b));
    a[room_a.len] = b[room_b.len] = '\0';
    snprintf(claims, sizeof claims,
             "{\"scheme\":\"x\",\"version\":1,\"keys\":[%s],\"release\":[%s%s%s],\"threshold\":%d}", a, b,
             format, format[0] == '\0' ? "" : b, threshold);
    return read_claims(claims, ROOT_TYP, keys.root[0]);
}

static void thresholds_and_doubled_keys_are_looked_at(void **state) {
    (void)state;
    assert_ok(read_with_keys("", 1));
    assert_err(read_with_keys("", 0), ERR_ROOT_SHAPE);
    assert_err(read_with_keys("", 2), ERR_ROOT_SHAPE);
    assert_err(read_with_keys(",", 1), ERR_ROOT_SHAPE);
}

/* As many root keys, or release keys, as a root may name, and one more; P-256 keys that differ in their first byte. */
static enum err read_with_many(size_t root_keys, size_t release_keys) {
    char a[512], claims[16384];
    struct room room = room_over(claims, sizeof claims), jwk = room_over(a, sizeof a);
    assert_ok(jwk_write(signer_public(keys.root[0]), &jwk));
    assert_ok(room_put(&room, span_of_text("{\"scheme\":\"x\",\"version\":1,\"threshold\":1,\"keys\":[")));
    for (size_t list = 0; list < 2; list++) {
        size_t count = list == 0 ? root_keys : release_keys;
        assert_ok(room_put(&room, room_span(&jwk)));
        for (size_t i = 1; i < count; i++) {
            struct crypto_key other = *signer_public(keys.root[1]);
            other.bytes[1] = (uint8_t)(other.bytes[1] + i);
            assert_ok(room_put_byte(&room, ','));
            assert_ok(jwk_write(&other, &room));
        }
        assert_ok(room_put(&room, span_of_text(list == 0 ? "],\"release\":[" : "]}")));
    }
    assert_ok(room_put_byte(&room, '\0'));
    return read_claims(claims, ROOT_TYP, keys.root[0]);
}

static void keys_are_bounded(void **state) {
    (void)state;
    assert_ok(read_with_many(LIMIT_ROOT_KEYS, LIMIT_ROOT_KEYS));
    assert_err(read_with_many(LIMIT_ROOT_KEYS + 1, 1), ERR_ROOT_SHAPE);
    assert_err(read_with_many(1, LIMIT_ROOT_KEYS + 1), ERR_ROOT_SHAPE);
}

static void a_stranger_cannot_sign_a_root(void **state) {
    (void)state;
    char a[512], claims[2048];
    struct room room = room_over(a, sizeof a);
    assert_ok(jwk_write(signer_public(keys.root[0]), &room));
    a[room.len] = '\0';
    snprintf(claims, sizeof claims,
             "{\"scheme\":\"x\",\"version\":1,\"keys\":[%s],\"release\":[%s],\"threshold\":1}", a, a);
    assert_ok(read_claims(claims, ROOT_TYP, keys.root[0]));
    assert_err(read_claims(claims, ROOT_TYP, keys.root[1]), ERR_ROOT_SIGNER);
}

static void a_pack_must_carry_the_provisioned_root(void **state) {
    (void)state;
    char a[TESTROOT_TEXT_BYTES], b[TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct span first = testroot_first(&keys, 1, 1, false, a), second = testroot_first(&keys, 1, 1, true, b);
    assert_ok(testroot_follow(first, first, &root));
    assert_err(testroot_follow(first, second, &root), ERR_ROOT_OTHER);
    assert_err(testroot_follow(first, span_slice(first, 0, first.len - 1), &root), ERR_ROOT_OTHER);
    assert_err(testroot_follow(first, (struct span){0}, &root), ERR_ROOT_SHAPE);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_says),
        cmocka_unit_test(a_line_feed_behind_it_is_fine),
        cmocka_unit_test(a_threshold_of_keys_must_have_signed),
        cmocka_unit_test(one_key_signing_twice_counts_once),
        cmocka_unit_test(two_documents_of_one_version_are_refused),
        cmocka_unit_test(two_keys_must_have_signed_the_same),
        cmocka_unit_test(a_header_has_its_three_members_alone),
        cmocka_unit_test(any_changed_character_is_refused),
        cmocka_unit_test(malformed_roots_are_refused),
        cmocka_unit_test(thresholds_and_doubled_keys_are_looked_at),
        cmocka_unit_test(keys_are_bounded),
        cmocka_unit_test(a_stranger_cannot_sign_a_root),
        cmocka_unit_test(a_pack_must_carry_the_provisioned_root),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
