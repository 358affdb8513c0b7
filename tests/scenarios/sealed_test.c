/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/world_fixture.h"
#include "tests/lib/forge.h"
#include "tests/lib/judge_one.h"
#include "tests/lib/sealed.h"
#include "tests/lib/sealed_property.h"

#include <stdio.h>
#include <stdlib.h>

#include "linked/cborld.h"

static void is_valid_by_every_suite(void **state) {
    (void)state;
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        struct verdict verdict = {0};
        char *text = sealed_by(&world, &sealed_ways[i], sealed_text(&sealed_ways[i]));
        world_verify(&world, span_of_text(text), &verdict);
        if (verdict.reason != REASON_OK) {
            fail_msg("%s: %s by %s", sealed_ways[i].name, verdict_reason_code(verdict.reason),
                     err_name(verdict.cause));
        }
        free(text);
    }
}

/* A credential signed in its way; of ecdsa-sd-2023 no more than its names are parts, since each costs a check. */
static json_t *signed_in(const struct sealed_way *way) {
    static const char *const mandatory[] = {"credentials#", "/ob/vocab", "#type> ", NULL};
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(&world, way, &view, &library);
    json_t *document = json_loads(sealed_text(way), 0, NULL);
    order.mandatory = mandatory;
    integrity_sign(document, &order);
    return document;
}

/* Each credential; visit it with what judges it. */
static void each_way(void (*visit)(const struct sealed_way *way, json_t *document,
                                   const struct verify_grounds *grounds)) {
    struct verify_grounds grounds = world_grounds(&world);
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        json_t *document = signed_in(&sealed_ways[i]);
        visit(&sealed_ways[i], document, &grounds);
        json_decref(document);
    }
}

static void check_document(const struct sealed_way *way, json_t *document,
                           const struct verify_grounds *grounds) {
    sealed_property_check(way->name, document, grounds, &world.arena);
}

static void no_change_is_valid(void **state) {
    (void)state;
    each_way(check_document);
}

static void check_code(const struct sealed_way *way, json_t *document, const struct verify_grounds *grounds) {
    static const struct cborld_form form = {CBORLD_1_0, 1};
    struct shelf_view view = {.shelf = &world.vocabulary.shelf};
    struct context_library library = shelf_view_library(&view);
    struct room bytes = forge_room(16384);
    assert_ok(cborld_encode(document, form, NULL, &library, &world.arena, &bytes));
    arena_wipe(&world.arena);
    sealed_property_check_code(way->name, "VC1-R", room_span(&bytes), grounds, &world.arena);
    forge_release(&bytes);
}

static void no_change_of_a_code_is_valid(void **state) {
    (void)state;
    each_way(check_code);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_valid_by_every_suite),
        cmocka_unit_test(no_change_is_valid),
        cmocka_unit_test(no_change_of_a_code_is_valid),
    };
    return cmocka_run_group_tests_name("sealed", tests, world_set_up, world_tear_down);
}
