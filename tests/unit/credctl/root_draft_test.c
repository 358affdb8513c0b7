/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "credctl/build/root_change.h"
#include "credctl/build/root_draft.h"
#include "crypto/jwk.h"
#include "tests/lib/temp_folder.h"
#include "tests/lib/testroot.h"

static struct testroot keys;
static char first_text[TESTROOT_TEXT_BYTES];
static struct span first; /* root 1: keys a, b and c, of which two sign */

static int start(void **state) {
    (void)state;
    testroot_start(&keys);
    first = testroot_chain(&keys, &(struct testroot_version){1, "abc", 2, "ab", NULL, false}, 1, first_text);
    return 0;
}

static int stop(void **state) {
    (void)state;
    testroot_stop(&keys);
    return 0;
}

/* A draft of a root of keys c and d, which both must sign. */
static enum err begin(uint64_t version, const char *scheme, struct root_draft *out) {
    struct crypto_key named[] = {*signer_public(keys.root[2]), *signer_public(keys.root[3])};
    struct packer_root next = {.scheme = span_of_text(scheme),
                               .version = version,
                               .keys = named,
                               .key_count = 2,
                               .threshold = 2,
                               .release = signer_public(keys.release),
                               .release_count = 1};
    return root_draft_begin(first, &next, out);
}

static void sign(struct root_draft *draft, const char *names) {
    for (size_t i = 0; names[i] != '\0'; i++) {
        assert_ok(root_draft_sign(draft, keys.root[names[i] - 'a']));
    }
}

static void a_draft_is_complete_with_both_thresholds(void **state) {
    (void)state;
    static const struct {
        const char *signers;
        bool complete;
    } cases[] = {{"", false},   {"ab", false},  {"cd", false},  {"acd", true},
                 {"bdc", true}, {"abcd", true}, {"abd", false}, {"aaccdd", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct root_draft draft = {0};
        uint8_t text[TESTROOT_TEXT_BYTES];
        struct room chain = room_over(text, sizeof text);
        assert_ok(begin(2, "example", &draft));
        sign(&draft, cases[i].signers);
        assert_int_equal(root_draft_complete(&draft), cases[i].complete);
        enum err err = cases[i].signers[0] == '\0' ? ERR_JWS_SHAPE : root_draft_chain(&draft, &chain);
        assert_int_equal(err == ERR_OK, cases[i].complete);
        root_draft_close(&draft);
    }
}

static void a_draft_follows_from_its_chain(void **state) {
    (void)state;
    struct root_draft draft = {0};
    assert_err(begin(3, "example", &draft), ERR_ROOT_VERSION);
    assert_err(begin(2, "exampl3", &draft), ERR_ROOT_SCHEME);
    assert_null(draft.memory);
}

static void a_stranger_signs_no_draft(void **state) {
    (void)state;
    struct root_draft draft = {0};
    assert_ok(begin(2, "example", &draft));
    assert_err(root_draft_sign(&draft, keys.release), ERR_ROOT_SIGNER);
    assert_int_equal(draft.signatures.len, 0);
    root_draft_close(&draft);
}

static void copies_bring_their_signatures_together(void **state) {
    (void)state;
    struct root_draft draft = {0}, copy = {0}, other = {0};
    assert_ok(begin(2, "example", &draft));
    assert_ok(begin(2, "example", &copy));
    sign(&draft, "a");
    sign(&copy, "ad");
    assert_ok(root_draft_take(&draft, &copy));
    assert_true(draft.next.before[0] && draft.next.own[1] && !draft.next.own[0]);
    size_t len = draft.signatures.len;
    assert_ok(root_draft_take(&draft, &copy));
    assert_int_equal(draft.signatures.len, len);
    first = testroot_chain(&keys, &(struct testroot_version){1, "abc", 2, "bc", NULL, false}, 1, first_text);
    assert_ok(begin(2, "example", &other));
    assert_err(root_draft_take(&draft, &other), ERR_ROOT_DRAFT_OTHER);
    root_draft_close(&draft);
    root_draft_close(&copy);
    root_draft_close(&other);
}

/* What is kept is read again, and nothing that was changed in it. */
static void a_changed_draft_is_refused(void **state) {
    (void)state;
    char folder[TEMP_FOLDER_SIZE], path[TEMP_FOLDER_SIZE + 16];
    struct root_draft draft = {0}, again = {0};
    struct room text = {0};
    assert_true(temp_folder_make(folder));
    snprintf(path, sizeof path, "%s/root.next", folder);
    assert_ok(begin(2, "example", &draft));
    sign(&draft, "ad");
    assert_ok(root_draft_save(&draft, path, (struct file_how){0}));
    assert_ok(root_draft_load(path, &again));
    assert_true(again.next.before[0] && again.next.own[1]);
    assert_int_equal(again.signatures.len, draft.signatures.len);
    root_draft_close(&again);
    assert_ok(file_read(path, ROOT_DRAFT_BYTES, &text));
    for (size_t i = 0; i < text.len; i += i % 7 + 1) {
        text.ptr[i] ^= 1;
        assert_ok(file_write(path, room_span(&text), (struct file_how){.replace = true}));
        assert_int_not_equal(root_draft_load(path, &again), ERR_OK);
        text.ptr[i] ^= 1;
    }
    size_t end = span_find(room_span(&text), '\n', 0);
    assert_ok(file_write(path, span_slice(room_span(&text), 0, end + 1), (struct file_how){.replace = true}));
    assert_err(root_draft_load(path, &again), ERR_ROOT_DRAFT);
    assert_ok(
        file_write(path, span_slice(room_span(&text), 0, text.len - 1), (struct file_how){.replace = true}));
    assert_err(root_draft_load(path, &again), ERR_ROOT_DRAFT);
    assert_null(again.memory);
    file_release(&text);
    root_draft_close(&draft);
    assert_true(temp_folder_remove(folder));
}

static void kid_of(const struct signer *signer, char out[PACKER_KID_BYTES + 1]) {
    struct room room = room_over(out, PACKER_KID_BYTES);
    assert_ok(packer_kid(signer_public(signer), &room));
    out[room.len] = '\0';
}

static void keys_come_and_go(void **state) {
    (void)state;
    struct root_change_keys list = {0};
    char kid[PACKER_KID_BYTES + 1];
    for (size_t i = 0; i < 3; i++) {
        assert_ok(root_change_add(&list, signer_public(keys.root[i])));
    }
    assert_err(root_change_add(&list, signer_public(keys.root[1])), ERR_ROOT_KEY_TWICE);
    kid_of(keys.root[1], kid);
    assert_err(root_change_remove(&list, span_of_bytes(kid, ROOT_CHANGE_KID_MIN - 1)), ERR_ROOT_KEY);
    assert_err(root_change_remove(&list, (struct span){0}), ERR_ROOT_KEY);
    assert_ok(root_change_remove(&list, span_of_bytes(kid, ROOT_CHANGE_KID_MIN)));
    assert_err(root_change_remove(&list, span_of_text(kid)), ERR_ROOT_KEY);
    assert_int_equal(list.count, 2);
    assert_true(crypto_key_equal(&list.list[1], signer_public(keys.root[2])));
}

static void a_root_has_so_many_keys_and_of_three_kinds(void **state) {
    (void)state;
    struct root_change_keys list = {.count = LIMIT_ROOT_KEYS - 1};
    struct signer *rsa = NULL;
    for (size_t i = 0; i < list.count; i++) {
        list.list[i] = *signer_public(keys.root[1]);
    }
    assert_ok(signer_make(CRYPTO_RS256, &rsa));
    assert_err(root_change_add(&list, signer_public(rsa)), ERR_KEY_UNSUPPORTED);
    assert_ok(root_change_add(&list, signer_public(keys.root[0])));
    assert_err(root_change_add(&list, signer_public(keys.root[2])), ERR_ROOT_KEY_MANY);
    signer_close(rsa);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_is_complete_with_both_thresholds),
        cmocka_unit_test(a_draft_follows_from_its_chain),
        cmocka_unit_test(a_stranger_signs_no_draft),
        cmocka_unit_test(copies_bring_their_signatures_together),
        cmocka_unit_test(a_changed_draft_is_refused),
        cmocka_unit_test(keys_come_and_go),
        cmocka_unit_test(a_root_has_so_many_keys_and_of_three_kinds),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
