/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>

#include "tests/lib/forge.h"
#include "tests/lib/property.h"

static struct world world;

static int set_up(void **state) {
    (void)state;
    world_start(&world, true);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_stop(&world);
    return 0;
}

/* Sign claims by a key, and hold the token against the properties. */
static void check(const char *what, const char *claims, enum world_key key, bool vc_jose) {
    struct interval now = interval_at(WORLD_NOW_S);
    char name[100], header[400];
    struct room token = forge_room(8192);
    world_header(&world, key, vc_jose, header);
    forge_token(span_of_text(header), span_of_text(claims), world.keys[key], &token);
    snprintf(name, sizeof name, "%s by %s", what, crypto_alg_name(signer_alg(world.keys[key])));
    property_check(name, room_span(&token), world.pack, &now, &world.arena);
    forge_release(&token);
}

static void check_all(enum world_key key) {
    check("Open Badges 3.0", world_badge, key, false);
    check("data model 1.1", world_nested, key, false);
    check("VC-JOSE-COSE", world_degree, key, true);
}

static void hold_for_es256(void **state) {
    (void)state;
    check_all(WORLD_ES256);
}

static void hold_for_es384(void **state) {
    (void)state;
    check_all(WORLD_ES384);
}

static void hold_for_eddsa(void **state) {
    (void)state;
    check_all(WORLD_EDDSA);
}

static void hold_for_rs256(void **state) {
    (void)state;
    check_all(WORLD_RS256);
}

static void hold_for_ps256(void **state) {
    (void)state;
    check_all(WORLD_PS256);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(hold_for_es256), cmocka_unit_test(hold_for_es384), cmocka_unit_test(hold_for_eddsa),
        cmocka_unit_test(hold_for_rs256), cmocka_unit_test(hold_for_ps256),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
