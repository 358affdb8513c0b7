/* SPDX-License-Identifier: Apache-2.0 */
/* One address, two versions of a context: what was signed under the second is found genuine, in each form. */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "linked/cborld.h"
#include "tests/lib/forge.h"
#include "tests/lib/sealed.h"

#define ADDRESS "https://words.example/v1"
#define EDDSA   (&sealed_ways[SEALED_EDDSA_RDFC])

static struct world world;

/* The second puts a word before the first's, so that numbers of terms change; and gives that one another meaning. */
static int set_up(void **state) {
    (void)state;
    static const char *const versions[] = {"{\"@context\":{\"motto\":\"https://words.example/a#motto\"}}",
                                           "{\"@context\":{\"creed\":\"https://words.example/"
                                           "b#creed\",\"motto\":\"https://words.example/b#motto\"}}"};
    world_start(&world, false);
    for (size_t i = 0; i < 2; i++) {
        assert_ok(shelf_add_json(&world.vocabulary.shelf, span_of_text(ADDRESS), span_of_text(versions[i])));
    }
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_stop(&world);
    return 0;
}

/* A look at the shelf that sees version `n` of the address. */
static struct context_library look(struct shelf_view *view, uint8_t n) {
    *view = (struct shelf_view){.shelf = &world.vocabulary.shelf};
    for (uint32_t i = 0; i < view->shelf->count; i++) {
        bool here = span_equal_text(view->shelf->entries[i].document.address, ADDRESS);
        view->version[i] = here ? n : 0;
    }
    return shelf_view_library(view);
}

/* A badge with a motto, signed by what the n-th version says. */
static char *signed_under(uint8_t n) {
    struct shelf_view view;
    struct context_library library;
    char *with_context =
        forge_replaced(sealed_badge, "context-3.0.3.json\"", "context-3.0.3.json\",\"" ADDRESS "\"");
    char *with_motto = forge_replaced(with_context, "\"name\":\"Badge of Ada\"",
                                      "\"name\":\"Badge of Ada\",\"motto\":\"Onward\"");
    struct integrity_sign order = sealed_order(&world, EDDSA, &view, &library);
    library = look(&view, n);
    char *text = integrity_signed(with_motto, &order);
    free(with_context);
    free(with_motto);
    return text;
}

static enum verdict_reason reason_of(struct span payload, enum err cause) {
    struct verdict verdict = {0};
    world_verify(&world, payload, &verdict);
    assert_int_equal(verdict.cause, cause);
    return verdict.reason;
}

static void a_document_is_tried_under_each_version(void **state) {
    (void)state;
    for (uint8_t n = 0; n < 2; n++) {
        char *text = signed_under(n);
        assert_int_equal(reason_of(span_of_text(text), ERR_OK), REASON_OK);
        char *other = forge_replaced(text, "Onward", "Upward");
        assert_int_equal(reason_of(span_of_text(other), ERR_SIGNATURE_WRONG), REASON_ALTERED);
        free(other);
        free(text);
    }
}

static void cbor_ld_is_read_by_each_version(void **state) {
    (void)state;
    static const struct cborld_form form = {CBORLD_SINGLETON, 1};
    for (uint8_t n = 0; n < 2; n++) {
        struct shelf_view view;
        struct context_library library = look(&view, n);
        char *text = signed_under(n);
        json_t *document = json_loads(text, 0, NULL);
        struct room bytes = forge_room(8192);
        assert_ok(cborld_encode(document, form, NULL, &library, &world.arena, &bytes));
        arena_wipe(&world.arena);
        assert_int_equal(reason_of(room_span(&bytes), ERR_OK), REASON_OK);
        bytes.ptr[bytes.len - 1] ^= 1;
        assert_int_not_equal(reason_of(room_span(&bytes), ERR_SIGNATURE_WRONG), REASON_OK);
        forge_release(&bytes);
        json_decref(document);
        free(text);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_tried_under_each_version),
        cmocka_unit_test(cbor_ld_is_read_by_each_version),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
