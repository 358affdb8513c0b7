/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/build/bitstring.h"
#include "crypto/did.h"
#include "tests/lib/shipped.h"

#define FOLDER "trust/status-lists/w3c-bitstring/"

/* Decode, and compare length and the entries that are set: numbers, ascending, with the most significant bit first. */
static void judge(struct interop *interop, const char *name, struct span encoded, size_t bytes,
                  const size_t *set, size_t count) {
    struct room room = room_over(malloc(STATUSLIST_BYTES_MAX), STATUSLIST_BYTES_MAX);
    enum err err = bitstring_decode(encoded, &room);
    bool passed = err == ERR_OK && room.len == bytes;
    size_t next = 0;
    for (size_t i = 0; passed && i < bytes * 8; i++) {
        bool is_set = (room.ptr[i / 8] & (0x80u >> (i % 8))) != 0;
        bool wanted = next < count && set[next] == i;
        next += wanted;
        passed = is_set == wanted;
    }
    interop_case(interop, name, passed && next == count, err_name(err));
    free(room.ptr);
}

static struct span without_line_feed(struct span text) {
    while (text.len > 0 && text.ptr[text.len - 1] == '\n') {
        text.len--;
    }
    return text;
}

static void judge_file(struct interop *interop, const char *path, size_t bytes, const size_t *set,
                       size_t count) {
    struct span text = interop_read(path);
    judge(interop, path, without_line_feed(text), bytes, set, count);
    interop_free(text);
}

/* The one key of an issuer that is its own key. */
static bool own_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg, struct crypto_key *key) {
    uint8_t memory[4096];
    struct arena arena = arena_over(memory, sizeof memory);
    *kid = (struct span){0};
    *alg = CRYPTO_EDDSA;
    return index == 0 && did_own_key(*(const struct span *)ctx, &arena, key) == ERR_OK;
}

static enum err read_document(const json_t *credential, struct span issuer, const struct shelf *shelf) {
    struct statuslist list = {0};
    struct statuslist_keys keys = {&issuer, own_key};
    char *text = json_dumps(credential, 0);
    enum err err = statuslist_read(
        &(struct statuslist_source){
            .text = span_of_text(text), .issuer = issuer, .keys = &keys, .shelf = shelf},
        &list);
    statuslist_close(&list);
    free(text);
    return err;
}

/* Its proof is right, but it has 100,000 entries where the standard asks for 131,072; changed, the proof is wrong. */
static void judge_proof(struct interop *interop, const json_t *credential) {
    struct vocabulary vocabulary = {0};
    struct span issuer = jsontext_span(json_object_get(credential, "issuer"));
    shipped_open(&vocabulary);
    enum err err = read_document(credential, issuer, &vocabulary.shelf);
    interop_case(interop, "dcc-status-list-credential: its proof", err == ERR_STATUS_SHORT, err_name(err));
    json_t *changed = json_deep_copy(credential);
    json_object_set_new(changed, "validFrom", json_string("2025-01-10T15:20:02.183Z"));
    err = read_document(changed, issuer, &vocabulary.shelf);
    interop_case(interop, "dcc-status-list-credential: changed", err == ERR_STATUS_ISSUER, err_name(err));
    json_decref(changed);
    vocabulary_close(&vocabulary);
}

static void bitstring_status_lists(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "bitstring-status-list", "trust/status-lists");
    static const size_t dcc[] = {2, 6, 8}, bazaar[] = {50007};
    judge_file(&interop, FOLDER "w3c-rec-example3-encodedList.txt", 16384, NULL, 0);
    /* Its writer set entry 50,000 with the least significant bit first; by the standard's order that is entry 50,007. */
    judge_file(&interop, FOLDER "digitalbazaar-100k-50k-revoked-encodedList.txt", 12500, bazaar, 1);
    json_t *credential = interop_json(FOLDER "dcc-status-list-credential_e5WK8CbZ1GjycuPombrj.json");
    const json_t *subject = json_object_get(credential, "credentialSubject");
    judge(&interop, "dcc-status-list-credential", jsontext_span(json_object_get(subject, "encodedList")),
          12500, dcc, 3);
    judge_proof(&interop, credential);
    json_decref(credential);
    interop_exclude(&interop, "mock.data.js, validVc.json", 2,
                    "a test's code and its credential: no status in them");
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(bitstring_status_lists)};
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
