/* SPDX-License-Identifier: Apache-2.0 */
/* A credential shown twice is known again, whatever form it comes in the second time. */
#include "tests/lib/check.h"
#include "tests/lib/world_fixture.h"
#include "tests/lib/sealed.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/base45.h"
#include "linked/cborld.h"
#include "tests/lib/forge.h"

static void tag_of_payload(struct span payload, uint8_t out[32]) {
    struct verdict verdict = {0};
    world_verify(&world, payload, &verdict);
    if (verdict.reason != REASON_OK) {
        fail_msg("%s by %s", verdict_reason_code(verdict.reason), err_name(verdict.cause));
    }
    memcpy(out, verdict.credential.tag, 32);
}

static void expect_tag(struct span payload, const uint8_t want[32]) {
    uint8_t got[32];
    tag_of_payload(payload, got);
    assert_memory_equal(got, want, 32);
}

/* As CBOR-LD in base45. */
static void expect_code(const char *text, const uint8_t want[32]) {
    static const struct cborld_form form = {CBORLD_1_0, 1};
    struct shelf_view view = {.shelf = &world.vocabulary.shelf};
    struct context_library library = shelf_view_library(&view);
    struct room bytes = forge_room(16384), code = forge_room(32768);
    json_t *document = json_loads(text, 0, NULL);
    assert_ok(cborld_encode(document, form, NULL, &library, &world.arena, &bytes));
    arena_wipe(&world.arena);
    assert_ok(room_put_text(&code, "VC1-R"));
    assert_ok(base45_encode(room_span(&bytes), &code));
    expect_tag(room_span(&code), want);
    json_decref(document);
    forge_release(&code);
    forge_release(&bytes);
}

/* Its members in another order, with white space; in an array of a presentation that nobody signed; compressed. */
static void expect_other_forms(const char *text, const uint8_t want[32]) {
    json_t *document = json_loads(text, 0, NULL);
    char *sorted = json_dumps(document, JSON_SORT_KEYS | JSON_INDENT(3));
    json_t *shown = json_pack("{s:s,s:s,s:[O]}", "@context", "https://www.w3.org/ns/credentials/v2", "type",
                              "VerifiablePresentation", "verifiableCredential", document);
    char *presented = json_dumps(shown, JSON_COMPACT);
    struct room packed = forge_room(32768);
    forge_compressed(span_of_text(text), &packed);
    expect_tag(span_of_text(sorted), want);
    expect_tag(span_of_text(presented), want);
    expect_tag(room_span(&packed), want);
    expect_code(text, want);
    forge_release(&packed);
    free(presented);
    free(sorted);
    json_decref(shown);
    json_decref(document);
}

static void a_name_is_known_again_by_every_suite_and_as_a_token(void **state) {
    (void)state;
    uint8_t tag[32];
    char header[400];
    struct room token = forge_room(8192);
    world_header(&world, WORLD_EDDSA, false, header);
    forge_token(span_of_text(header), span_of_text(world_badge), world.keys[WORLD_EDDSA], &token);
    tag_of_payload(room_span(&token), tag);
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        if (!sealed_ways[i].version_1) {
            char *text = sealed_by(&world, &sealed_ways[i], sealed_badge);
            expect_other_forms(text, tag);
            free(text);
        }
    }
    forge_release(&token);
}

/* Without a name it is known by what was signed. */
static void what_has_no_name_is_known_again_by_what_was_signed(void **state) {
    (void)state;
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        uint8_t tag[32];
        char *nameless = forge_replaced(
            sealed_text(&sealed_ways[i]),
            sealed_ways[i].version_1 ? "\"id\":\"urn:uuid:ada-2\"," : "\"id\":\"urn:uuid:ada-1\",", "");
        char *text = sealed_by(&world, &sealed_ways[i], nameless);
        tag_of_payload(span_of_text(text), tag);
        expect_other_forms(text, tag);
        free(text);
        free(nameless);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_known_again_by_every_suite_and_as_a_token),
        cmocka_unit_test(what_has_no_name_is_known_again_by_what_was_signed),
    };
    return cmocka_run_group_tests_name("sealed, known again", tests, world_set_up, world_tear_down);
}
