/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "pack/difference.h"
#include "tests/lib/testpack.h"

/* What a test wants listed: a word for each change. */
struct heard {
    char text[4096];
    size_t len;
    enum err answer;
    uint64_t steps;
};

/* One pack's lists in a few letters: see `add`. */
static void add_key(struct lists *lists, int64_t row, struct crypto_key *key, const char *spec) {
    struct lists_key entry = {.alg = CRYPTO_EDDSA, .kid = span_of_text("kid")};
    char kid[8];
    snprintf(kid, sizeof kid, "k%c", spec[0]);
    entry.kid = span_of_text(kid);
    key->bytes[0] = (uint8_t)spec[0];
    entry.key = *key;
    for (const char *c = spec + 1; *c != '\0'; c++) {
        entry.withdrawn_at_s = *c == 'w' ? TESTPACK_IAT_S : entry.withdrawn_at_s;
        entry.valid_until_s = *c == 'v' ? TESTPACK_IAT_S : entry.valid_until_s;
        entry.types = *c == 't' ? span_of_text("OpenBadgeCredential") : entry.types;
        entry.achievements = *c == 'a' ? span_of_text("https://a.example/b") : entry.achievements;
        entry.for_status = *c == 's' || entry.for_status;
        entry.unsigned_source = *c == 'u' || entry.unsigned_source;
        entry.kid = *c == 'k' ? span_of_text("other") : entry.kid;
    }
    assert_ok(lists_add_key(lists, row, &entry));
}

/* Issuers, each "identifier identifier/name/key key", a key being a letter and what is particular of it. */
static void add(struct lists *lists, const char *spec) {
    struct crypto_key key = {.kind = CRYPTO_KEY_ED25519, .len = 32};
    struct lists_issuer head = {.source = span_of_text("x")};
    char copy[512], *places[3] = {copy, NULL, NULL}, *rest = NULL;
    int64_t row = 0;
    snprintf(copy, sizeof copy, "%s", spec);
    for (size_t i = 1; i < 3; i++) {
        places[i] = strchr(places[i - 1], '/');
        assert_non_null(places[i]);
        *places[i]++ = '\0';
    }
    head.unsigned_source = places[1][0] == '!';
    head.territory = span_of_text(places[1][0] == '?' ? "XX" : "");
    assert_ok(lists_add_issuer(lists, &head, &row));
    for (char *id = strtok_r(places[0], " ", &rest); id != NULL; id = strtok_r(NULL, " ", &rest)) {
        assert_ok(lists_add_identifier(lists, row, span_of_text(id)));
    }
    assert_ok(lists_add_name(lists, row, span_of_text("ar"), span_of_text("A")));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text(places[1])));
    for (char *one = strtok_r(places[2], " ", &rest); one != NULL; one = strtok_r(NULL, " ", &rest)) {
        add_key(lists, row, &key, one);
    }
}

static void add_status(struct lists *lists, const char *address, int64_t as_of_s) {
    static const uint8_t bits[16384];
    struct lists_status status = {.address = span_of_text(address),
                                  .purpose = span_of_text("revocation"),
                                  .kind = span_of_text("BitstringStatusList"),
                                  .issuer = span_of_text("did:web:a"),
                                  .entries = 131072,
                                  .bits = 1,
                                  .as_of_s = as_of_s,
                                  .bitmap = span_of_bytes(bits, sizeof bits)};
    assert_ok(lists_add_status(lists, &status));
}

/* A pack of such issuers. */
static struct pack *pack_of(const struct testpack *test, const char *name, const char *const issuers[],
                            const char *status, int64_t as_of_s) {
    struct lists *lists = testpack_lists(test, name);
    char file[64];
    struct pack *pack = NULL;
    assert_ok(lists_add_meta(lists, span_of_text("scheme"), span_of_text("example")));
    for (size_t i = 0; issuers[i] != NULL; i++) {
        add(lists, issuers[i]);
    }
    if (status != NULL) {
        add_status(lists, status, as_of_s);
    }
    assert_ok(lists_finish(lists));
    snprintf(file, sizeof file, "%s.tpk", name);
    testpack_sign(test, name, file);
    assert_ok(testpack_open(test, file, PACK_OPEN_INSTALL, &pack));
    return pack;
}

static enum err hear(void *ctx, const struct difference_line *line) {
    static const char *const words[] = {"?",    "+issuer", "-issuer", "*issuer", "+id",     "-id",
                                        "+key", "-key",    "*key",    "+status", "-status", "*status"};
    struct heard *heard = ctx;
    heard->len +=
        (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len, "%s %.*s",
                         words[line->what], (int)line->identifier.len, (const char *)line->identifier.ptr);
    if (line->kid.len > 0) {
        heard->len += (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len, " %.*s",
                                       (int)line->kid.len, (const char *)line->kid.ptr);
    }
    if (line->parts != 0) {
        heard->len +=
            (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len, " %u", line->parts);
    }
    heard->len += (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len, "; ");
    return heard->answer;
}

static enum err count_steps(void *ctx, uint64_t done) {
    struct heard *heard = ctx;
    heard->steps = done;
    return ERR_OK;
}

static struct difference compare(struct pack *before, struct pack *after, struct heard *heard) {
    struct difference difference = {0};
    struct difference_listener listener = {heard, hear, count_steps};
    *heard = (struct heard){0};
    assert_ok(difference_walk(before, after, &listener, &difference));
    return difference;
}

static void each_change_of_a_key_is_told(void **state) {
    (void)state;
    static const struct {
        const char *before, *after, *told;
    } cases[] = {
        {"did:web:a/A/1 2", "did:web:a/A/1 2", ""},
        {"did:web:a/A/1", "did:web:a/A/1 2", "+key did:web:a k2; "},
        {"did:web:a/A/1 2", "did:web:a/A/2", "-key did:web:a k1; "},
        {"did:web:a/A/1 2 3", "did:web:a/A/4 5 6", NULL},
        {"did:web:a/A/1", "did:web:a/A/1w", "*key did:web:a k1 1; "},
        {"did:web:a/A/1w", "did:web:a/A/1", "*key did:web:a k1 2; "},
        {"did:web:a/A/1t", "did:web:a/A/1", "*key did:web:a k1 4; "},
        {"did:web:a/A/1", "did:web:a/A/1a", "*key did:web:a k1 4; "},
        {"did:web:a/A/1", "did:web:a/A/1s", "*key did:web:a k1 4; "},
        {"did:web:a/A/1", "did:web:a/A/1v", "*key did:web:a k1 8; "},
        {"did:web:a/A/1", "did:web:a/A/1k", "*key did:web:a other 16; "},
        {"did:web:a/A/1", "did:web:a/A/1u", "*key did:web:a k1 256; "},
        {"did:web:a/A/1", "did:web:a/B/1", "*issuer did:web:a 64; "},
        {"did:web:a/A/1", "did:web:a/?A/1", "*issuer did:web:a 192; "},
        {"did:web:a/A/1", "did:web:a/!A/1", "*issuer did:web:a 320; "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct testpack test;
        struct heard heard;
        testpack_start(&test);
        const char *const one[] = {cases[i].before, NULL}, *const other[] = {cases[i].after, NULL};
        struct pack *before = pack_of(&test, "before", one, NULL, 0);
        struct pack *after = pack_of(&test, "after", other, NULL, 0);
        struct difference difference = compare(before, after, &heard);
        assert_int_equal(difference.issuers.before, 1);
        assert_int_equal(difference.issuers.after, 1);
        assert_int_equal(difference.issuers.changed, strcmp(cases[i].before, cases[i].after) == 0 ? 0 : 1);
        if (cases[i].told != NULL) {
            assert_string_equal(heard.text, cases[i].told);
        } else {
            assert_int_equal(difference.keys.added, 3);
            assert_int_equal(difference.keys.removed, 3);
            assert_int_equal(difference.keys.changed, 0);
        }
        assert_int_equal(difference.keys.withdrawn,
                         strchr(cases[i].after, 'w') != NULL && strstr(cases[i].after, "1w") != NULL);
        pack_close(before);
        pack_close(after);
        testpack_stop(&test);
    }
}

static void issuers_are_followed_by_any_identifier_and_counted_once(void **state) {
    (void)state;
    struct testpack test;
    struct heard heard;
    testpack_start(&test);
    static const char *const one[] = {"did:web:a did:web:m/A/1", "did:web:b/B/2",
                                      "did:web:c did:web:d did:web:e/C/3", NULL};
    static const char *const other[] = {"did:web:m did:web:z/A/1", "did:web:c did:web:d did:web:e/C/3",
                                        "did:web:f did:web:g/F/4 5", NULL};
    struct pack *before = pack_of(&test, "before", one, "https://a.example/1", 5);
    struct pack *after = pack_of(&test, "after", other, "https://a.example/1", 6);
    struct difference difference = compare(before, after, &heard);
    assert_string_equal(
        heard.text,
        "-id did:web:a; -issuer did:web:b; -key did:web:b k2; +issuer did:web:f; +key did:web:f k5; "
        "+key did:web:f k4; +id did:web:z; *status https://a.example/1 512; ");
    assert_int_equal(difference.issuers.before, 3);
    assert_int_equal(difference.issuers.after, 3);
    assert_int_equal(difference.issuers.added, 1);
    assert_int_equal(difference.issuers.removed, 1);
    assert_int_equal(difference.keys.before, 3);
    assert_int_equal(difference.keys.after, 4);
    assert_int_equal(difference.keys.added, 2);
    assert_int_equal(difference.keys.removed, 1);
    assert_int_equal(difference.status_lists.before, 1);
    assert_int_equal(difference.status_lists.after, 1);
    assert_int_equal(difference.status_lists.changed, 1);
    heard.answer = ERR_FILE_WRITE;
    struct difference_listener listener = {&heard, hear, NULL};
    assert_err(difference_walk(before, after, &listener, &difference), ERR_FILE_WRITE);
    difference = compare(NULL, after, &heard);
    assert_int_equal(difference.issuers.added, 3);
    assert_int_equal(difference.issuers.before, 0);
    assert_int_equal(difference.keys.added, 4);
    assert_int_equal(difference.status_lists.added, 1);
    assert_false(difference_shrinks(&difference));
    difference = compare(after, after, &heard);
    assert_string_equal(heard.text, "");
    pack_close(before);
    pack_close(after);
    testpack_stop(&test);
}

/* More than a batch of identifiers, on either side and with none of the other's between them. */
static void long_runs_on_one_side_are_walked(void **state) {
    (void)state;
    struct testpack test;
    struct heard *heard = malloc(sizeof *heard);
    char names[2][300][40];
    const char *lists[2][301] = {{0}};
    testpack_start(&test);
    for (size_t i = 0; i < 300; i++) {
        snprintf(names[0][i], 40, "did:web:%c%03zu/A/1", i < 150 ? 'a' : 'm', i);
        snprintf(names[1][i], 40, "did:web:%c%03zu/A/1", i < 150 ? 'g' : 'm', i);
        lists[0][i] = names[0][i];
        lists[1][i] = names[1][i];
    }
    struct pack *before = pack_of(&test, "before", lists[0], NULL, 0);
    struct pack *after = pack_of(&test, "after", lists[1], NULL, 0);
    struct difference difference = {0};
    struct difference_listener listener = {heard, NULL, count_steps};
    assert_ok(difference_walk(before, after, &listener, &difference));
    assert_int_equal(difference.issuers.before, 300);
    assert_int_equal(difference.issuers.after, 300);
    assert_int_equal(difference.issuers.added, 150);
    assert_int_equal(difference.issuers.removed, 150);
    assert_int_equal(difference.issuers.changed, 0);
    assert_true(difference_shrinks(&difference));
    pack_close(before);
    pack_close(after);
    testpack_stop(&test);
    free(heard);
}

static void a_tenth_may_be_lost_and_not_one_more(void **state) {
    (void)state;
    static const struct {
        struct difference_count count;
        bool shrinks;
    } cases[] = {
        {{0}, false},
        {{.before = 10, .removed = 1}, false},
        {{.before = 9, .removed = 1}, true},
        {{.before = 1, .removed = 1}, true},
        {{.before = 1000000, .removed = 100000}, false},
        {{.before = 1000000, .removed = 100001}, true},
        {{.before = 1000000, .removed = 100001, .added = 900000}, true},
        {{.before = 100, .removed = 5, .changed = 6, .withdrawn = 6}, true},
        {{.before = 100, .removed = 4, .changed = 90, .withdrawn = 6}, false},
        {{.before = UINT64_MAX, .removed = UINT64_MAX / 2}, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct difference difference = {.issuers = cases[i].count};
        assert_int_equal(difference_shrinks(&difference), cases[i].shrinks);
        difference = (struct difference){.keys = cases[i].count};
        assert_int_equal(difference_shrinks(&difference), cases[i].shrinks);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_of_a_key_is_told),
        cmocka_unit_test(issuers_are_followed_by_any_identifier_and_counted_once),
        cmocka_unit_test(long_runs_on_one_side_are_walked),
        cmocka_unit_test(a_tenth_may_be_lost_and_not_one_more),
    };
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
