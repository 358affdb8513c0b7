/* SPDX-License-Identifier: Apache-2.0 */
/* kiosk_token_test: freshness codes before the camera of a whole kiosk: taken in, refused, and judged by, over restarts. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "credctl/build/freshener.h"
#include "tests/lib/rig.h"

/* Generous: the machine may be busy. */
#define SOON_MS 30000

/* Draw a code for the installed pack: so many hours after it was made, with this key of the pack's issuer or none. */
static void put_token(struct rig *rig, const char *file, int hours, bool revokes, uint64_t number) {
    uint8_t text[LIMIT_FRESH_BYTES];
    struct room room = room_over(text, sizeof text);
    struct pack *pack = NULL;
    struct fresh_revocation revoked = {.kind = FRESH_ISSUER};
    assert_ok(testpack_open(&rig->pack, "list.tpk", PACK_OPEN_USE, &pack));
    struct pack_info info = *pack_info(pack);
    assert_ok(crypto_sha256(span_of_text("did:web:academy.example"), revoked.sha256));
    struct freshener_claims claims = {.scheme = info.scheme,
                                      .root_version = 1,
                                      .seq = number == 0 ? info.seq : number,
                                      .iat_s = info.iat_s + hours * 3600,
                                      .next_update_s = info.expires_s,
                                      .revoked = &revoked,
                                      .count = revokes ? 1 : 0};
    memcpy(claims.id, info.id, sizeof claims.id);
    assert_ok(freshener_sign(&claims, rig->pack.release, &room));
    pack_close(pack);
    rig_put_code(rig, file, room_span(&room));
}

static void said(struct rig *rig, const char *line, unsigned count) {
    if (!rig_wait(rig, line, count, SOON_MS)) {
        char *journal = rig_journal(rig);
        print_error("%s\n", journal);
        free(journal);
        fail_msg("not said: %s", line);
    }
}

static void a_code_revokes_and_stays_over_a_restart(void **state) {
    struct rig *rig = *state;
    put_token(rig, "token", 10, true, 0);
    rig_put_script(rig, RIG_CLOCK "scene good\nframe good.jpg for 600 ms\nempty 50\n"
                                  "scene token\nframe token.jpg for 600 ms\nempty 50\n"
                                  "scene again\nframe good.jpg for 600 ms\nempty 60\n");
    rig_run(rig);
    said(rig, "token result=ok", 1);
    said(rig, "verdict class=not_valid reason=key_withdrawn", 1);
    assert_int_equal(rig_end(rig), 0);
    unsigned before = rig_count(rig, "verdict class=valid");
    rig_put_script(rig, RIG_CLOCK "scene good\nframe good.jpg for 600 ms\nempty 50\n");
    rig_run(rig);
    said(rig, "verdict class=not_valid reason=key_withdrawn", 2);
    assert_int_equal(rig_count(rig, "verdict class=valid"), before);
    assert_int_equal(rig_end(rig), 0);
}

static void an_older_code_and_one_of_another_pack_are_refused(void **state) {
    struct rig *rig = *state;
    put_token(rig, "new", 10, false, 0);
    put_token(rig, "old", 9, false, 0);
    put_token(rig, "next", 11, false, 99);
    rig_put_script(rig, RIG_CLOCK "scene new\nframe new.jpg for 600 ms\nempty 60\n"
                                  "scene old\nframe old.jpg for 600 ms\nempty 60\n"
                                  "scene next\nframe next.jpg for 600 ms\nempty 60\n");
    rig_run(rig);
    said(rig, "token result=ok", 1);
    said(rig, "token result=ERR_FRESH_REPLAYED", 1);
    said(rig, "token result=ERR_FRESH_NEWER", 1);
    assert_int_equal(rig_end(rig), 0);
    assert_int_equal(rig_count(rig, "token result=ok"), 1);
}

/* What was accepted cannot be read any more: nothing is green. */
static void a_damaged_record_leaves_nothing_green(void **state) {
    struct rig *rig = *state;
    testpack_put(&rig->pack, "data/tokens", span_of_text("damaged"));
    rig_put_script(rig, RIG_CLOCK "scene good\nframe good.jpg for 600 ms\nempty 50\n");
    rig_run(rig);
    said(rig, "verdict class=valid_note reason=status_unknown", 1);
    assert_int_equal(rig_count(rig, "verdict class=valid reason"), 0);
    assert_int_equal(rig_end(rig), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_code_revokes_and_stays_over_a_restart, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(an_older_code_and_one_of_another_pack_are_refused, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(a_damaged_record_leaves_nothing_green, rig_with_badge, rig_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
