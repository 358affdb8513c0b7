/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/testpack.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/check.h"

/* Append a root of this version, under which the release key signs. */
static void put_root(const struct testpack *test, uint64_t version, struct room *out) {
    const struct signer *signers[] = {test->root};
    struct packer_root root = {.scheme = span_of_text("example"),
                               .version = version,
                               .keys = signer_public(test->root),
                               .key_count = 1,
                               .threshold = 1,
                               .release = signer_public(test->release),
                               .release_count = 1};
    assert_ok(packer_sign_root(&root, signers, 1, out));
}

void testpack_start(struct testpack *test) {
    testpack_start_with(test, CRYPTO_ES384, CRYPTO_ES256);
}

void testpack_start_with(struct testpack *test, enum crypto_alg root, enum crypto_alg release) {
    *test = (struct testpack){0};
    const char *base = getenv("TMPDIR");
    snprintf(test->folder, sizeof test->folder, "%s/credkiosk-test-XXXXXX", base == NULL ? "/tmp" : base);
    assert_non_null(mkdtemp(test->folder));
    assert_ok(crypto_start());
    assert_ok(signer_make(root, &test->root));
    assert_ok(signer_make(release, &test->release));
    struct room text = room_over(test->root_text, sizeof test->root_text - 1);
    put_root(test, 1, &text);
    test->claims = (struct packer_claims){.scheme = span_of_text("example"),
                                          .seq = 5,
                                          .root_version = 1,
                                          .min_app = 0,
                                          .iat_s = TESTPACK_IAT_S,
                                          .next_update_s = TESTPACK_IAT_S + 14 * TESTPACK_DAY_S,
                                          .expires_s = TESTPACK_IAT_S + 60 * TESTPACK_DAY_S};
    test->rules = (struct pack_rules){.root = span_of_text(test->root_text),
                                      .app_version = PACK_APP_VERSION,
                                      .now = interval_at(TESTPACK_IAT_S + TESTPACK_DAY_S)};
}

void testpack_rotate(struct testpack *test) {
    if (test->roots_text[0] == '\0') {
        memcpy(test->roots_text, test->root_text, sizeof test->root_text);
    }
    struct room text = room_over(test->roots_text, sizeof test->roots_text - 1);
    text.len = strlen(test->roots_text);
    enum crypto_alg alg = signer_alg(test->release);
    signer_close(test->release);
    assert_ok(signer_make(alg, &test->release));
    test->claims.root_version++;
    assert_ok(room_put_byte(&text, ' '));
    put_root(test, test->claims.root_version, &text);
}

/* Everything beneath the folder was made here. */
void testpack_stop(struct testpack *test) {
    char command[PATH_MAX + 16];
    signer_close(test->root);
    signer_close(test->release);
    snprintf(command, sizeof command, "%s", test->folder);
    pid_t child = fork();
    if (child == 0) {
        execlp("rm", "rm", "-rf", "--", command, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
    }
    *test = (struct testpack){0};
}

void testpack_path(const struct testpack *test, const char *name, char out[PATH_MAX]) {
    int length = snprintf(out, PATH_MAX, "%s/%s", test->folder, name);
    assert_true(length > 0 && length < PATH_MAX);
}

struct lists *testpack_lists(const struct testpack *test, const char *name) {
    struct lists *lists = NULL;
    char path[PATH_MAX];
    testpack_put(test, name, (struct span){0});
    testpack_path(test, name, path);
    assert_ok(lists_create(path, &lists));
    return lists;
}

void testpack_default_lists(const struct testpack *test, const char *name) {
    struct lists *lists = testpack_lists(test, name);
    int64_t row = 0;
    struct lists_issuer issuer = {.territory = span_of_text("EX"), .source = span_of_text("by hand")};
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_identifier(lists, row, span_of_text("did:web:academy.example")));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text("Example Academy")));
    assert_ok(lists_add_name(lists, row, span_of_text("ru"), span_of_text("Академия Пример")));
    assert_ok(lists_add_name(lists, row, span_of_text("ar"), span_of_text("أكاديمية المثال")));
    struct lists_key key = {.kid = span_of_text("did:web:academy.example#1"),
                            .key = *signer_public(test->release),
                            .alg = signer_alg(test->release),
                            .valid_from_s = 1,
                            .types = span_of_text("OpenBadgeCredential")};
    assert_ok(lists_add_key(lists, row, &key));
    static const size_t set[] = {7, 4096, 131071};
    uint8_t bitmap[131072 / 8] = {0};
    for (size_t i = 0; i < sizeof set / sizeof *set; i++) {
        bitmap[set[i] / 8] |= (uint8_t)(0x80u >> (set[i] % 8));
    }
    struct lists_status status = {.address = span_of_text("https://academy.example/status/1"),
                                  .purpose = span_of_text("revocation"),
                                  .kind = span_of_text("BitstringStatusList"),
                                  .issuer = span_of_text("did:web:academy.example"),
                                  .entries = 131072,
                                  .bits = 1,
                                  .as_of_s = TESTPACK_IAT_S - 3600,
                                  .expires_s = TESTPACK_IAT_S + TESTPACK_DAY_S,
                                  .bitmap = span_of_bytes(bitmap, sizeof bitmap)};
    assert_ok(lists_add_status(lists, &status));
    assert_ok(lists_finish(lists));
}

void testpack_write(const struct testpack *test, struct span manifest, struct span roots, const char *name,
                    const char *pack) {
    char path[PATH_MAX];
    struct file_draft draft = {0};
    testpack_path(test, name, path);
    int database = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(database >= 0);
    testpack_path(test, pack, path);
    assert_ok(file_draft_open(path, (struct file_how){.replace = true}, &draft));
    assert_ok(packer_write(&draft, manifest, roots, database));
    assert_ok(file_draft_commit(&draft));
    close(database);
}

void testpack_sign(const struct testpack *test, const char *name, const char *pack) {
    char path[PATH_MAX];
    uint8_t text[65536];
    struct room manifest = room_over(text, sizeof text);
    testpack_path(test, name, path);
    int database = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(database >= 0);
    assert_ok(packer_sign_manifest(&test->claims, database, test->release, &manifest));
    close(database);
    const char *roots = test->roots_text[0] == '\0' ? test->root_text : test->roots_text;
    testpack_write(test, room_span(&manifest), span_of_text(roots), name, pack);
}

enum err testpack_open(const struct testpack *test, const char *pack, enum pack_open_depth depth,
                       struct pack **out) {
    char path[PATH_MAX];
    testpack_path(test, pack, path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    enum err err = pack_open_file(file, &test->rules, depth, out);
    close(file);
    return err;
}

struct room testpack_read(const struct testpack *test, const char *name) {
    char path[PATH_MAX];
    struct room room = {0};
    testpack_path(test, name, path);
    assert_ok(file_read(path, 64u * 1024 * 1024, &room));
    return room;
}

void testpack_put(const struct testpack *test, const char *name, struct span bytes) {
    char path[PATH_MAX];
    testpack_path(test, name, path);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes.ptr, bytes.len), bytes.len);
    close(file);
}
