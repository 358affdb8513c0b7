/* SPDX-License-Identifier: Apache-2.0 */
/* Installation over a change of roots: what a newer root allows, and what nothing brings back. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/build_time.h"
#include "kiosk/install.h"
#include "tests/lib/testpack.h"

/* A number that a leaked release key signed, to shut every later pack out. */
#define HUGE_SEQ 1000000000000000u

/* A data folder beside packs of root 1 (5, 6, huge) and of root 2 (r2-1, r2-2), whose release key is another. */
struct state {
    struct testpack test;
    int folder;
    struct store_port store;
    struct signer *first_release;
};

static void sign(struct state *state, uint64_t seq, const char *pack) {
    state->test.claims.seq = seq;
    testpack_sign(&state->test, "lists.db", pack);
}

/* Sign with the release key of root 1, whatever the chain is by now. */
static void sign_by_first(struct state *state, uint64_t root_version, const char *pack) {
    struct signer *release = state->test.release;
    uint64_t version = state->test.claims.root_version;
    state->test.release = state->first_release;
    state->test.claims.root_version = root_version;
    sign(state, 9, pack);
    state->test.release = release;
    state->test.claims.root_version = version;
}

static int start(void **out) {
    struct state *state = calloc(1, sizeof *state);
    char path[PATH_MAX];
    struct testpack *test = &state->test;
    testpack_start(test);
    testpack_default_lists(test, "lists.db");
    testpack_path(test, "release.jwk", path);
    assert_ok(signer_save(test->release, path));
    assert_ok(signer_load(path, &state->first_release));
    sign(state, 5, "5.tpk");
    sign(state, 6, "6.tpk");
    sign(state, HUGE_SEQ, "huge.tpk");
    testpack_rotate(test);
    sign(state, 1, "r2-1.tpk");
    sign(state, 2, "r2-2.tpk");
    testpack_path(test, "data", path);
    assert_int_equal(mkdir(path, 0700), 0);
    state->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_ok(store_open(state->folder, &state->store));
    *out = state;
    return 0;
}

static int stop(void **out) {
    struct state *state = *out;
    store_close(&state->store);
    close(state->folder);
    signer_close(state->first_release);
    testpack_stop(&state->test);
    free(state);
    return 0;
}

/* Install, and expect this error; nothing was done then. */
static void install(struct state *state, const char *pack, enum err expected) {
    char path[PATH_MAX];
    enum install_outcome outcome = INSTALL_NOT_DONE;
    testpack_path(&state->test, pack, path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_err(install_pack(&state->store, file, &state->test.rules, &outcome), expected);
    assert_int_equal(outcome != INSTALL_NOT_DONE, expected == ERR_OK);
    close(file);
}

static void installed(struct state *state, uint64_t root, uint64_t seq) {
    struct pack *pack = NULL;
    assert_ok(install_current(&state->store, &state->test.rules, &pack, NULL));
    assert_int_equal(pack_info(pack)->root_version, root);
    assert_int_equal(pack_info(pack)->seq, seq);
    pack_close(pack);
}

static void a_newer_root_begins_a_new_count(void **out) {
    struct state *state = *out;
    install(state, "huge.tpk", ERR_OK);
    install(state, "6.tpk", ERR_INSTALL_ROLLBACK);
    install(state, "r2-1.tpk", ERR_OK);
    installed(state, 2, 1);
    install(state, "r2-2.tpk", ERR_OK);
    install(state, "r2-1.tpk", ERR_INSTALL_ROLLBACK);
    installed(state, 2, 2);
}

static void a_first_pack_may_come_from_a_later_root(void **out) {
    struct state *state = *out;
    install(state, "r2-2.tpk", ERR_OK);
    installed(state, 2, 2);
}

static void after_a_rotation_nothing_of_the_earlier_root_is_taken(void **out) {
    struct state *state = *out;
    install(state, "5.tpk", ERR_OK);
    install(state, "r2-1.tpk", ERR_OK);
    install(state, "6.tpk", ERR_INSTALL_ROLLBACK);
    install(state, "huge.tpk", ERR_INSTALL_ROLLBACK);
    sign_by_first(state, 2, "stolen.tpk");
    install(state, "stolen.tpk", ERR_PACK_SIGNER);
    sign_by_first(state, 1, "mislabelled.tpk");
    install(state, "mislabelled.tpk", ERR_PACK_SIGNER);
    installed(state, 2, 1);
}

/* Root 1 hands over a second time, to another root 2 and on to 3: the keys of root 1 have nothing to say any more. */
static void roots_that_fork_off_are_refused(void **out) {
    struct state *state = *out;
    install(state, "r2-1.tpk", ERR_OK);
    memset(state->test.roots_text, 0, sizeof state->test.roots_text);
    state->test.claims.root_version = 1;
    testpack_rotate(&state->test);
    sign(state, 7, "fork-2.tpk");
    install(state, "fork-2.tpk", ERR_INSTALL_ROOTS);
    testpack_rotate(&state->test);
    sign(state, 7, "fork-3.tpk");
    install(state, "fork-3.tpk", ERR_INSTALL_ROOTS);
    installed(state, 2, 1);
}

static void the_chain_goes_on_from_the_accepted_one(void **out) {
    struct state *state = *out;
    install(state, "r2-2.tpk", ERR_OK);
    testpack_rotate(&state->test);
    sign(state, 1, "r3-1.tpk");
    testpack_rotate(&state->test);
    sign(state, 1, "r4-1.tpk");
    install(state, "r4-1.tpk", ERR_OK);
    install(state, "r3-1.tpk", ERR_INSTALL_ROLLBACK);
    installed(state, 4, 1);
}

/* A kiosk that was provisioned anew with the longer chain opens and takes nothing from before it. */
static void a_kiosk_provisioned_with_a_later_root_starts_there(void **out) {
    struct state *state = *out;
    struct pack *pack = NULL;
    install(state, "5.tpk", ERR_OK);
    state->test.rules.root = span_of_text(state->test.roots_text);
    assert_err(install_current(&state->store, &state->test.rules, &pack, NULL), ERR_ROOT_OLDER);
    install(state, "6.tpk", ERR_ROOT_OLDER);
    install(state, "r2-1.tpk", ERR_OK);
    installed(state, 2, 1);
}

/* A leaked key signed a date far ahead, and so raised the floor of the clock: its replacement is not "expired" by that. But a
 * clock that goes is believed, and so is the floor where the root stays. */
static void a_newer_root_is_not_shut_out_by_a_floor_that_the_older_raised(void **out) {
    struct state *state = *out;
    struct packer_claims *claims = &state->test.claims;
    int64_t ahead_s = build_time_s + 300 * TESTPACK_DAY_S;
    install(state, "5.tpk", ERR_OK);
    claims->iat_s = build_time_s - 100 * TESTPACK_DAY_S;
    claims->next_update_s = claims->expires_s = build_time_s - 10 * TESTPACK_DAY_S;
    sign(state, 1, "r2-old.tpk");
    claims->iat_s = build_time_s;
    claims->next_update_s = claims->iat_s + TESTPACK_DAY_S;
    claims->expires_s = claims->iat_s + 60 * TESTPACK_DAY_S;
    sign(state, 3, "r2-3.tpk");
    sign(state, 4, "r2-4.tpk");
    state->test.rules.now = interval_at(ahead_s);
    install(state, "r2-3.tpk", ERR_PACK_EXPIRED);
    state->test.rules.now = (struct interval){.lo_s = ahead_s, .hi_s = INTERVAL_UNBOUNDED};
    install(state, "6.tpk", ERR_PACK_EXPIRED);
    install(state, "r2-old.tpk", ERR_PACK_EXPIRED); /* before the program was built */
    install(state, "r2-3.tpk", ERR_OK);
    install(state, "r2-4.tpk", ERR_PACK_EXPIRED);
    installed(state, 2, 3);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(a_newer_root_begins_a_new_count),
        CASE(a_first_pack_may_come_from_a_later_root),
        CASE(after_a_rotation_nothing_of_the_earlier_root_is_taken),
        CASE(roots_that_fork_off_are_refused),
        CASE(the_chain_goes_on_from_the_accepted_one),
        CASE(a_kiosk_provisioned_with_a_later_root_starts_there),
        CASE(a_newer_root_is_not_shut_out_by_a_floor_that_the_older_raised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
