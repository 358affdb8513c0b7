/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of QR codes that wallets show, as published (shared/interop/vpqr), to the documents inside. */
#include "tests/lib/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "linked/cborld.h"
#include "payload/document.h"
#include "tests/lib/interop.h"
#include "tests/lib/library.h"

#define ROOT "../shared/interop/vpqr/"

struct suite {
    struct interop interop;
    struct library library;
    struct span sources; /* what is known of each text */
    uint8_t *memory;
};

/* What SOURCE.txt says of a text: the bytes inside and the characters of its JSON; 0: nothing. */
static void said(const struct suite *suite, const char *name, size_t *bytes, size_t *json) {
    char key[300];
    char *all = strndup((const char *)suite->sources.ptr, suite->sources.len);
    snprintf(key, sizeof key, "\nvpqr/%s chars ", name);
    const char *line = strstr(all, key);
    const char *end = line == NULL ? NULL : strchr(line + 1, '\n');
    const char *at_bytes = line == NULL ? NULL : strstr(line, " cborld ");
    const char *at_json = line == NULL ? NULL : strstr(line, " json ");
    bool known = end != NULL && at_bytes != NULL && at_json != NULL && at_bytes < end && at_json < end;
    *bytes = known ? strtoul(at_bytes + strlen(" cborld "), NULL, 10) : 0;
    *json = known ? strtoul(at_json + strlen(" json "), NULL, 10) : 0;
    free(all);
}

/* The header that the bytes have. */
static struct cborld_form form_of(struct span bytes) {
    switch (bytes.ptr[1]) {
    case 0x05:
        return (struct cborld_form){CBORLD_SINGLETON, bytes.ptr[2]};
    case 0x06:
        return (struct cborld_form){CBORLD_RANGE, bytes.ptr[2]};
    default:
        return (struct cborld_form){CBORLD_1_0, bytes.ptr[4]};
    }
}

/* The document written again gives one that reads the same. */
static bool reads_back(struct suite *suite, const json_t *document, struct cborld_form form) {
    struct arena arena = arena_over(suite->memory, LIMIT_SCAN_ARENA_BYTES);
    uint8_t *bytes = malloc(LIMIT_PAYLOAD_BYTES);
    struct room room = room_over(bytes, LIMIT_PAYLOAD_BYTES);
    json_t *back = NULL;
    enum err err = cborld_encode(document, form, NULL, &suite->library.library, &arena, &room);
    if (err == ERR_OK) {
        arena = arena_over(suite->memory, LIMIT_SCAN_ARENA_BYTES);
        err = cborld_decode(room_span(&room), NULL, &suite->library.library, &arena, &back);
    }
    bool same = err == ERR_OK && json_equal(back, document);
    bool unwritable = err == ERR_CBORLD_DEFINITION; /* a context that is read here, but not written by */
    json_decref(back);
    free(bytes);
    return same || unwritable;
}

/* Examples that were published as JSON too. */
static bool as_published(const char *name, const json_t *document) {
    if (strncmp(name, "digitalbazaar-vpqr/", strlen("digitalbazaar-vpqr/")) != 0 &&
        strncmp(name, "digitalcredentials-vpqr/", strlen("digitalcredentials-vpqr/")) != 0) {
        return true;
    }
    json_t *want = interop_json("vpqr/digitalbazaar-vpqr/exampleVp.json");
    bool same = json_equal(document, want);
    json_decref(want);
    return same;
}

static void check_text(void *ctx, const char *name, struct span text) {
    struct suite *suite = ctx;
    struct arena arena = arena_over(suite->memory, LIMIT_SCAN_ARENA_BYTES);
    struct payload payload = {0};
    json_t *document = NULL;
    size_t bytes = 0, chars = 0;
    said(suite, name, &bytes, &chars);
    enum err err = payload_recognise(text, &arena, &payload);
    if (err == ERR_OK) {
        err = payload_document(&payload, &suite->library.library, &arena, &document);
    }
    if (err != ERR_OK) {
        interop_case(&suite->interop, name, false, err_name(err));
        return;
    }
    struct cborld_form form = form_of(payload.envelope);
    char *json = json_dumps(document, JSON_COMPACT);
    bool lengths = chars == 0 || (payload.envelope.len == bytes && strlen(json) == chars);
    bool right = payload.kind == PAYLOAD_CBOR_LD && lengths && as_published(name, document);
    interop_case(&suite->interop, name, right && reads_back(suite, document, form), json);
    free(json);
    json_decref(document);
}

static void check_folder(struct suite *suite, const char *folder) {
    char path[400];
    struct dirent **entries = NULL;
    snprintf(path, sizeof path, ROOT "%s", folder);
    int count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *dot = strrchr(entries[i]->d_name, '.');
        if (dot != NULL && strcmp(dot, ".txt") == 0) {
            snprintf(path, sizeof path, "vpqr/%s/%s", folder, entries[i]->d_name);
            struct span text = interop_read(path);
            check_text(suite, path + strlen("vpqr/"), text);
            interop_free(text);
        }
        free(entries[i]);
    }
    free(entries);
}

static void reads_what_wallets_show(void **state) {
    struct suite suite = {0};
    struct dirent **entries = NULL;
    (void)state;
    interop_open(&suite.interop, "vpqr", "vpqr");
    suite.sources = interop_read("vpqr/SOURCE.txt");
    suite.memory = malloc(LIMIT_SCAN_ARENA_BYTES);
    library_open(&suite.library, NULL, "jsonld-contexts/bundle", "index.json", false);
    int count = scandir(ROOT, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_type == DT_DIR && entries[i]->d_name[0] != '.') {
            check_folder(&suite, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
    library_close(&suite.library);
    interop_free(suite.sources);
    free(suite.memory);
    interop_close(&suite.interop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_wallets_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
