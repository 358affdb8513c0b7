/* SPDX-License-Identifier: Apache-2.0 */
/* The examples of draft-ietf-oauth-status-list, and its vectors of 2^20 entries; lists of ids that 1EdTech tests with. */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/base64url.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "codec/jsontext.h"
#include "credctl/build/tokenlist.h"
#include "credential/statusentry.h"
#include "crypto/jwk.h"

#define FOLDER       "token-status-list/"
#define AGAIN        "trust/status-lists/ietf-token-status-list/"
#define APPENDIX     AGAIN "test-vectors-appendix.md"
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* EXAMPLE_KEY of the draft's own generator, as SOURCE.txt gives it. */
static const char example_key[] =
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"I3HWm_0Ds1dPMI-IWmf4mBmH-YaeAVbPVu7vB27CxXo\","
    "\"y\":\"6N_d5Elj9bs1htgV3okJKIdbHEpkgTmAluYKJemzn1M\"}";

static void read_example_key(struct crypto_key *out) {
    json_t *jwk = json_loads(example_key, 0, NULL);
    assert_ok(jwk_read(jwk, out));
    json_decref(jwk);
}

/* The text behind "encoded:", where that stands; white space within lines that were folded is left out. */
static struct room unfolded(const char *path) {
    struct span file = interop_read(path);
    char *text = strndup((const char *)file.ptr, file.len);
    const char *from = strstr(text, "encoded:");
    size_t at = from == NULL ? 0 : (size_t)(from - text) + strlen("encoded:");
    struct room out = room_over(calloc(1, file.len + 1), file.len);
    for (; at < file.len; at++) {
        if (!isspace(file.ptr[at])) {
            assert_ok(room_put_byte(&out, file.ptr[at]));
        }
    }
    free(text);
    interop_free(file);
    return out;
}

/* {"bits", "lst"} in JSON. */
static enum err take_json(struct span text, struct statuslist *list) {
    json_t *json = NULL;
    int64_t bits = 0;
    uint8_t bytes[8192];
    struct room room = room_over(bytes, sizeof bytes);
    TRY(jsontext_parse(text, &json));
    enum err err = jsontext_integer(json, "bits", &bits);
    err = err == ERR_OK ? base64url_decode(jsontext_span(json_object_get(json, "lst")), &room) : err;
    json_decref(json);
    return err == ERR_OK ? tokenlist_take_bits(room_span(&room), (uint64_t)bits, list) : err;
}

/* The same in CBOR, which the vectors write with "bits" first. */
static enum err take_cbor(struct span bytes, struct statuslist *list) {
    struct cbor_item map = {0}, name = {0}, bits = {0}, lst = {0};
    TRY(cbor_check(bytes));
    TRY(cbor_next(&bytes, &map));
    TRY(cbor_next(&bytes, &name));
    TRY(cbor_next(&bytes, &bits));
    TRY(cbor_next(&bytes, &name));
    TRY(cbor_next(&bytes, &lst));
    return map.kind == CBOR_MAP && bits.kind == CBOR_UNSIGNED && lst.kind == CBOR_BYTES
               ? tokenlist_take_bits(lst.bytes, bits.number, list)
               : ERR_STATUS_SHAPE;
}

static enum err take(const char *path, struct statuslist *list) {
    struct room text = unfolded(path);
    enum err err = ERR_OK;
    if (text.len > 0 && text.ptr[0] == '{') {
        err = take_json(room_span(&text), list);
    } else {
        struct span bytes = interop_unhex((const char *)text.ptr);
        err = take_cbor(bytes, list);
        interop_free(bytes);
    }
    free(text.ptr);
    return err;
}

static uint32_t value_at(const struct statuslist *list, uint64_t index) {
    uint64_t bit = index * list->bits;
    return ((uint32_t)list->bitmap.ptr[bit / 8] >> (8 - list->bits - bit % 8)) & ((1u << list->bits) - 1);
}

/* What each entry should be. */
struct expected {
    uint32_t bits;
    size_t entries;
    uint8_t *values; /* one a byte */
};

static void judge(struct interop *interop, const char *name, const struct expected *expected) {
    struct statuslist list = {0};
    char path[200];
    snprintf(path, sizeof path, FOLDER "%s", name);
    enum err err = take(path, &list);
    bool same = err == ERR_OK && list.bits == expected->bits && list.entries == expected->entries;
    for (size_t i = 0; same && i < expected->entries; i++) {
        same = value_at(&list, i) == expected->values[i];
    }
    interop_case(interop, name, same, err == ERR_OK ? "other entries" : err_name(err));
    statuslist_close(&list);
}

/* The examples in the draft's text: entries by their numbers, as its sections 4.1.1 and 4.1.2 list them. */
static void judge_short(struct interop *interop) {
    static uint8_t one[] = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
    static uint8_t two[] = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
    const struct expected bits_1 = {1, sizeof one, one}, bits_2 = {2, sizeof two, two};
    judge(interop, "status_list_encoding_json.md", &bits_1);
    judge(interop, "status_list_encoding_cbor.md", &bits_1);
    judge(interop, "status_list_encoding2_json.md", &bits_2);
    judge(interop, "status_list_encoding2_cbor.md", &bits_2);
}

/* The appendix: "## 4-bit Status List" and, up to the next such line, "status[35460] = 0b0011". */
static struct expected from_appendix(const char *text, uint32_t bits) {
    char heading[40];
    struct expected expected = {bits, 1u << 20, calloc(1, 1u << 20)};
    snprintf(heading, sizeof heading, "## %u-bit Status List", bits);
    const char *at = strstr(text, heading);
    assert_true(at != NULL && expected.values != NULL);
    const char *end = strstr(at + 3, "\n## ");
    size_t found = 0;
    while ((at = strstr(at, "status[")) != NULL && (end == NULL || at < end)) {
        unsigned long index = strtoul(at + strlen("status["), NULL, 10);
        const char *value = strstr(at, "0b");
        assert_true(index < expected.entries && value != NULL);
        expected.values[index] = (uint8_t)strtoul(value + 2, NULL, 2);
        at = value;
        found++;
    }
    assert_true(found > 10);
    return expected;
}

static void judge_long(struct interop *interop) {
    static const struct {
        uint32_t bits;
        const char *names[2];
    } cases[] = {
        {1, {"status_list_encoding1_long_json.md", "status_list_encoding1_long_cbor.md"}},
        {2, {"status_list_encoding2_long_json.md", "status_list_encoding2_long_cbor.md"}},
        {4, {"status_list_encoding4_json.md", "status_list_encoding4_cbor.md"}},
        {8, {"status_list_encoding8_json.md", "status_list_encoding8_cbor.md"}},
    };
    struct span file = interop_read(APPENDIX);
    char *text = strndup((const char *)file.ptr, file.len);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct expected expected = from_appendix(text, cases[i].bits);
        judge(interop, cases[i].names[0], &expected);
        judge(interop, cases[i].names[1], &expected);
        free(expected.values);
    }
    free(text);
    interop_free(file);
}

static bool example_signer(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                           struct crypto_key *key) {
    *kid = span_of_text("12");
    *alg = CRYPTO_ES256;
    *key = *(const struct crypto_key *)ctx;
    return index == 0;
}

/* A signed list: 16 entries of one bit, b9 a3. With a bit of the signature changed it is nobody's. */
static void judge_signed(struct interop *interop, const char *name, struct span token,
                         struct crypto_key *key) {
    struct statuslist_keys keys = {key, example_signer};
    struct statuslist_source source = {
        .text = token, .issuer = span_of_text("https://example.com"), .keys = &keys};
    struct statuslist list = {0};
    enum err err = statuslist_read(&source, &list);
    bool good = err == ERR_OK && list.entries == 16 && list.bits == 1 && value_at(&list, 0) == 1 &&
                value_at(&list, 1) == 0 && value_at(&list, 15) == 1 && list.as_of_s == 1686920170 &&
                list.expires_s == 1686920170 + 43200 &&
                span_equal_text(list.id, "https://example.com/statuslists/1");
    interop_case(interop, name, good, err_name(err));
    statuslist_close(&list);
    key->bytes[40] ^= 1;
    err = statuslist_read(&source, &list);
    interop_case(interop, "the same by another key", err != ERR_OK, err_name(err));
    key->bytes[40] ^= 1;
}

/* A CWT that names its place in a list; such credentials are not read, but this one's signature is right. */
static void judge_referenced(struct interop *interop, const struct crypto_key *key) {
    struct room text = unfolded(FOLDER "referenced_token_cwt.md");
    struct span bytes = interop_unhex((const char *)text.ptr);
    uint8_t memory[1024];
    struct arena arena = arena_over(memory, sizeof memory);
    struct cose cose = {0};
    enum err err = cose_split(bytes, &arena, &cose);
    err = err == ERR_OK ? crypto_verify(CRYPTO_ES256, key, cose.signed_bytes, cose.signature) : err;
    interop_case(interop, "referenced_token_cwt.md", err == ERR_OK && span_equal_text(cose.kid, "12"),
                 err_name(err));
    interop_free(bytes);
    free(text.ptr);
}

static void judge_tokens(struct interop *interop) {
    struct crypto_key key = {0};
    read_example_key(&key);
    struct room jwt = unfolded(FOLDER "status_list_jwt_raw.md"), cwt = unfolded(FOLDER "status_list_cwt.md");
    struct span bytes = interop_unhex((const char *)cwt.ptr);
    judge_signed(interop, "status_list_jwt_raw.md", room_span(&jwt), &key);
    judge_signed(interop, "status_list_cwt.md", bytes, &key);
    judge_referenced(interop, &key);
    interop_free(bytes);
    free(cwt.ptr);
    free(jwt.ptr);
}

/* The second folder has the same files: each must be the one that was judged. */
static void compare(void *ctx, const char *name, struct span bytes) {
    struct interop *interop = ctx;
    char path[200], label[200];
    if (strcmp(name, "test-vectors-appendix.md") == 0) {
        return;
    }
    snprintf(path, sizeof path, FOLDER "%s", name);
    snprintf(label, sizeof label, "%s, the second copy", name);
    struct span first = interop_read(path);
    interop_case(interop, label, span_equal(first, bytes), "another file");
    interop_free(first);
}

static void token_status_lists(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "token-status-list", "token-status-list");
    assert_ok(crypto_start());
    judge_short(&interop);
    judge_long(&interop);
    judge_tokens(&interop);
    interop_each_file("trust/status-lists/ietf-token-status-list", compare, &interop);
    interop_exclude(&interop, "*_diag.md", 4, "the CBOR of another file, written out for people");
    interop_exclude(&interop, "status_list_jwt.md", 1,
                    "the claims of status_list_jwt_raw.md, written out for people");
    interop_close(&interop);
}

#define IDS "trust/status-lists/ob-revocation/"

static bool no_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg, struct crypto_key *key) {
    (void)ctx, (void)index, (void)kid, (void)alg, (void)key;
    return false;
}

static enum err read_ids(const char *path, bool accept, struct statuslist *list) {
    struct span text = interop_read(path);
    struct statuslist_keys keys = {NULL, no_key};
    struct statuslist_source source = {.text = text,
                                       .issuer = span_of_text("https://example.org/i"),
                                       .keys = &keys,
                                       .accept_unsigned = accept,
                                       .fetched_s = 1788000000};
    enum err err = statuslist_read(&source, list);
    interop_free(text);
    return err;
}

static void judge_ids(struct interop *interop, const char *name, uint64_t entries) {
    struct statuslist list = {0};
    char path[200], label[240];
    snprintf(path, sizeof path, IDS "%s", name);
    enum err err = read_ids(path, true, &list);
    interop_case(interop, name,
                 err == ERR_OK && list.entries == entries && list.is_unsigned &&
                     span_equal_text(list.kind, "RevocationList"),
                 err_name(err));
    statuslist_close(&list);
    snprintf(label, sizeof label, "%s without --accept-unsigned", name);
    err = read_ids(path, false, &list);
    interop_case(interop, label, err == ERR_STATUS_UNSIGNED, err_name(err));
}

/* What a published credential says of where its status is. */
static void judge_entry(struct interop *interop, const char *name, const char *kind, const char *ending,
                        bool indexed) {
    char path[200];
    snprintf(path, sizeof path, IDS "%s", name);
    json_t *credential = interop_json(path);
    struct claimed_credential claimed = {0};
    enum err err = statusentry_read(credential, &claimed);
    const struct credential_status *entry = &claimed.statuses[0];
    size_t len = strlen(ending);
    bool read = err == ERR_OK && claimed.status_count == 1 && span_equal_text(entry->kind, kind) &&
                entry->address.len > len &&
                span_equal_text(span_slice(entry->address, entry->address.len - len, len), ending) &&
                entry->has_index == indexed && (!indexed || entry->index == 23);
    interop_case(interop, name, read, err_name(err));
    json_decref(credential);
}

static void lists_of_ids(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "ob-revocation", "trust/status-lists/ob-revocation");
    assert_ok(crypto_start());
    judge_ids(&interop, "ob20_assets_revocation-list.json", 3);
    judge_ids(&interop, "ob20_assets_empty-revocation-list.json", 0);
    judge_entry(&interop, "ob30_credential-status-revoked.json", "1EdTechRevocationList",
                "/revocations/da1e96e9-afcc-4eed-b9a2-2ddf7353214c", false);
    judge_entry(&interop, "ob30_bit-string-list_credential-status-revoked.json", "BitstringStatusListEntry",
                "/testlist", true);
    judge_entry(&interop, "ob30_bit-string-list_credential-status-revoked-blank-nodes.json",
                "BitstringStatusListEntry", "/testlist", true);
    interop_exclude(
        &interop, "ob20_assets_badge-*, ob20_assets_organization-*", 4,
        "badge classes and issuers of Open Badges 2.0 that name these lists: no lists themselves");
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(token_status_lists),
                                              cmocka_unit_test(lists_of_ids)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
