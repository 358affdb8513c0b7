/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of ids, which nobody signs: whatever stands there, what comes out is in order, and nobody is left out. */
#include <stdlib.h>
#include <string.h>

#include "codec/jsontext.h"
#include "credctl/build/revocationlist.h"

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

static bool no_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg, struct crypto_key *key) {
    (void)ctx, (void)index, (void)kid, (void)alg, (void)key;
    return false;
}

static bool holds(const struct statuslist *list, struct span id) {
    uint8_t hash[CRYPTO_SHA256_BYTES];
    bool found = false;
    insist(crypto_sha256(id, hash) == ERR_OK);
    for (size_t at = 0; at < list->hashes.len; at += sizeof hash) {
        found = found || memcmp(list->hashes.ptr + at, hash, sizeof hash) == 0;
    }
    return found;
}

/* Every id that is revoked, and not said to be so no more, stands there. */
static void insist_on_entries(const struct statuslist *list, const char *member) {
    const json_t *entries = json_object_get(list->claims, member);
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        struct span id = jsontext_span(json_is_string(entry) ? entry : json_object_get(entry, "id"));
        bool lifted = json_is_false(json_object_get(entry, "revoked")) && member[7] == 'C';
        insist(id.len == 0 || lifted || holds(list, id));
    }
}

static void insist_on_list(const struct statuslist *list) {
    insist(list->is_unsigned && list->bits == 0 && list->bitmap.len == 0 && list->purpose_count == 1);
    insist(list->hashes.len == list->entries * CRYPTO_SHA256_BYTES);
    for (size_t at = CRYPTO_SHA256_BYTES; at < list->hashes.len; at += CRYPTO_SHA256_BYTES) {
        insist(memcmp(list->hashes.ptr + at - CRYPTO_SHA256_BYTES, list->hashes.ptr + at,
                      CRYPTO_SHA256_BYTES) < 0);
    }
    bool edtech = span_equal_text(list->kind, "1EdTechRevocationList");
    insist_on_entries(list, edtech ? "revokedCredential" : "revokedAssertions");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct statuslist_keys keys = {NULL, no_key};
    struct statuslist_source source = {.text = span_of_bytes(data, size),
                                       .issuer = span_of_text("urn:i"),
                                       .keys = &keys,
                                       .accept_unsigned = true,
                                       .fetched_s = 1};
    struct statuslist list = {0};
    static bool started;
    started = started || crypto_start() == ERR_OK;
    insist(started);
    if (statuslist_read(&source, &list) == ERR_OK) {
        insist_on_list(&list);
        statuslist_close(&list);
    }
    source.accept_unsigned = false;
    insist(statuslist_read(&source, &list) != ERR_OK);
    return 0;
}
