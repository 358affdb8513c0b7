/* SPDX-License-Identifier: Apache-2.0 */
/* The contexts that ship as tables give every term the number that the published ones give it: the same documents
 * become the same bytes. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "crypto/crypto.h"
#include "linked/cborld.h"
#include "tests/lib/interop.h"
#include "tests/lib/library.h"
#include "tests/lib/shipped.h"

struct suite {
    struct interop interop;
    struct library published;
    struct vocabulary shipped;
    struct shelf_view view;
    struct arena arena;
    uint8_t bytes[2][LIMIT_PAYLOAD_BYTES];
};

static enum err encode(struct suite *suite, const json_t *document, const struct context_library *library,
                       int which, struct span *out) {
    static const struct cborld_form form = {CBORLD_1_0, 1};
    struct room room = room_over(suite->bytes[which], sizeof suite->bytes[which]);
    arena_wipe(&suite->arena);
    enum err err = cborld_encode(document, form, NULL, library, &suite->arena, &room);
    *out = room_span(&room);
    return err;
}

/* Documents of contexts that ship. */
static void check_document(void *ctx, const char *name, struct span text) {
    struct suite *suite = ctx;
    struct context_library shipped = shelf_view_library(&suite->view);
    struct span by_tables = {0}, by_json = {0};
    json_t *document = NULL;
    if (jsontext_parse(text, &document) != ERR_OK) {
        return;
    }
    enum err err = encode(suite, document, &shipped, 0, &by_tables);
    if (json_object_get(document, "@context") != NULL && err != ERR_CONTEXT_UNKNOWN) {
        enum err err_json = encode(suite, document, &suite->published.library, 1, &by_json);
        bool same = err == ERR_OK && err_json == ERR_OK && span_equal(by_tables, by_json);
        interop_case(&suite->interop, name, same, err_name(err));
    }
    json_decref(document);
}

static void numbers_terms_as_the_published_contexts_do(void **state) {
    static const char *const folders[] = {
        "ob3-jff-plugfest/plugfest-1-2022", "ob3-jff-plugfest/plugfest-2-2022",
        "ob3-jff-plugfest/plugfest-3-2023", "ob3-spec/extracted/obv3p0",
        "vpqr/digitalbazaar-vpqr",          "trust/status-lists/w3c-bitstring",
        "trust/status-lists/ob-revocation", "cborld-vectors/examples",
    };
    static struct suite memory;
    struct suite *suite = &memory;
    (void)state;
    interop_open(&suite->interop, "cborld-tables", "jsonld-contexts");
    assert_ok(crypto_start());
    shipped_open(&suite->shipped);
    suite->view.shelf = &suite->shipped.shelf;
    suite->arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    library_open(&suite->published, NULL, "jsonld-contexts/bundle", "index.json", false);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        interop_each_file(folders[i], check_document, suite);
    }
    assert_true(suite->interop.total >= 15);
    interop_close(&suite->interop);
    library_close(&suite->published);
    vocabulary_close(&suite->shipped);
    free(suite->arena.base);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_terms_as_the_published_contexts_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
