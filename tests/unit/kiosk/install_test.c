/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/build_time.h"
#include "kiosk/install.h"
#include "kiosk/install_slots.h"
#include "pack/schema.h"
#include "tests/lib/testpack.h"

/* A data folder beside packs 5, 6 and a second 6. */
struct state {
    struct testpack test;
    int folder;
    struct store_port store;
};

static int start(void **out) {
    struct state *state = calloc(1, sizeof *state);
    char path[PATH_MAX];
    testpack_start(&state->test);
    testpack_default_lists(&state->test, "lists.db");
    testpack_sign(&state->test, "lists.db", "5.tpk");
    state->test.claims.seq = 6;
    testpack_sign(&state->test, "lists.db", "6.tpk");
    state->test.claims.expires_s -= TESTPACK_DAY_S;
    testpack_sign(&state->test, "lists.db", "6b.tpk");
    testpack_path(&state->test, "data", path);
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
    testpack_stop(&state->test);
    free(state);
    return 0;
}

static enum err install(struct state *state, const char *pack, enum install_outcome *outcome) {
    char path[PATH_MAX];
    testpack_path(&state->test, pack, path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    enum err err = install_pack(&state->store, file, &state->test.rules, outcome);
    close(file);
    return err;
}

/* Install, and expect this error; nothing was done then. */
#define assert_install(state, pack, expected)                                                                \
    do {                                                                                                     \
        enum install_outcome outcome_ = INSTALL_NOT_DONE;                                                    \
        assert_err(install(state, pack, &outcome_), expected);                                               \
        assert_int_equal(outcome_ != INSTALL_NOT_DONE, (expected) == ERR_OK);                                \
    } while (0)

static uint64_t installed(struct state *state) {
    struct pack *pack = NULL;
    assert_ok(install_current(&state->store, &state->test.rules, &pack, NULL));
    uint64_t seq = pack_info(pack)->seq;
    pack_close(pack);
    return seq;
}

static void without_a_pack_there_is_none(void **out) {
    struct state *state = *out;
    struct pack *pack = NULL;
    assert_err(install_current(&state->store, &state->test.rules, &pack, NULL), ERR_INSTALL_NONE);
    assert_null(pack);
}

static void a_newer_pack_takes_the_place_of_an_older(void **out) {
    struct state *state = *out;
    assert_install(state, "5.tpk", ERR_OK);
    assert_int_equal(installed(state), 5);
    assert_install(state, "6.tpk", ERR_OK);
    assert_int_equal(installed(state), 6);
}

static void an_older_pack_is_refused(void **out) {
    struct state *state = *out;
    assert_install(state, "6.tpk", ERR_OK);
    assert_install(state, "5.tpk", ERR_INSTALL_ROLLBACK);
    assert_int_equal(installed(state), 6);
}

static void another_pack_of_the_same_number_is_an_alarm(void **out) {
    struct state *state = *out;
    assert_install(state, "6.tpk", ERR_OK);
    assert_install(state, "6b.tpk", ERR_INSTALL_FORKED);
    assert_int_equal(installed(state), 6);
}

static void the_same_pack_again_changes_nothing(void **out) {
    struct state *state = *out;
    enum install_outcome outcome = INSTALL_NOT_DONE;
    assert_install(state, "5.tpk", ERR_OK);
    assert_ok(install(state, "5.tpk", &outcome));
    assert_int_equal(outcome, INSTALL_UNCHANGED);
}

static void the_same_pack_mends_a_damaged_one(void **out) {
    struct state *state = *out;
    char folder[PATH_MAX], path[PATH_MAX + 160];
    struct install_slots slots = {0};
    struct pack *pack = NULL;
    struct stat before, after;
    enum install_outcome outcome = INSTALL_NOT_DONE;
    assert_install(state, "5.tpk", ERR_OK);
    assert_int_equal(fstatat(state->folder, "current", &before, 0), 0);
    usleep(20000);
    assert_ok(install_slots_read(&state->store, &slots));
    testpack_path(&state->test, "data/packs", folder);
    int length = snprintf(path, sizeof path, "%s/", folder);
    for (size_t i = 0; i < sizeof slots.records[0].id; i++) {
        length += snprintf(path + length, 3, "%02x", slots.records[0].id[i]);
    }
    snprintf(path + length, sizeof path - (size_t)length, "/" INSTALL_DATABASE);
    int file = open(path, O_RDWR | O_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(pwrite(file, "X", 1, 9000), 1);
    close(file);
    assert_err(install_current(&state->store, &state->test.rules, &pack, NULL), ERR_PACK_HASH);
    assert_ok(install(state, "5.tpk", &outcome));
    assert_int_equal(outcome, INSTALL_DONE);
    assert_int_equal(installed(state), 5);
    /* Face looks at this file to see that another pack is to be had. */
    assert_int_equal(fstatat(state->folder, "current", &after, 0), 0);
    assert_true(after.st_mtim.tv_sec != before.st_mtim.tv_sec ||
                after.st_mtim.tv_nsec != before.st_mtim.tv_nsec);
}

static void an_expired_pack_is_not_taken_in_but_an_installed_one_opens(void **out) {
    struct state *state = *out;
    assert_install(state, "5.tpk", ERR_OK);
    state->test.rules.now = interval_at(TESTPACK_IAT_S + 61 * TESTPACK_DAY_S);
    assert_install(state, "6.tpk", ERR_PACK_EXPIRED);
    assert_int_equal(installed(state), 5);
}

static void a_pack_of_the_future_is_not_taken_in(void **out) {
    struct state *state = *out;
    state->test.rules.now = interval_at(TESTPACK_IAT_S - 1);
    assert_install(state, "5.tpk", ERR_PACK_FUTURE);
}

static void without_a_clock_a_pack_far_ahead_is_not_taken_in(void **out) {
    struct state *state = *out;
    state->test.claims.iat_s = 4102444800; /* the year 2100 */
    state->test.claims.next_update_s = state->test.claims.iat_s + TESTPACK_DAY_S;
    state->test.claims.expires_s = state->test.claims.iat_s + 2 * TESTPACK_DAY_S;
    testpack_sign(&state->test, "lists.db", "2100.tpk");
    state->test.rules.now = (struct interval){TESTPACK_IAT_S, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0};
    assert_install(state, "2100.tpk", ERR_PACK_FAR_AHEAD);
}

static void a_cut_or_longer_file_is_refused_and_leaves_nothing(void **out) {
    struct state *state = *out;
    struct room bytes = testpack_read(&state->test, "5.tpk");
    testpack_put(&state->test, "cut.tpk", span_slice(room_span(&bytes), 0, bytes.len - 1));
    assert_install(state, "cut.tpk", ERR_PACK_SIZE);
    struct room longer = {calloc(1, bytes.len + 1), bytes.len + 1, 0};
    assert_ok(room_put(&longer, room_span(&bytes)));
    assert_ok(room_put_byte(&longer, 0));
    testpack_put(&state->test, "longer.tpk", room_span(&longer));
    assert_install(state, "longer.tpk", ERR_PACK_SIZE);
    struct stat found;
    assert_int_not_equal(fstatat(state->folder, "incoming/next", &found, 0), 0);
    free(longer.ptr);
    file_release(&bytes);
}

static void remove_file(struct state *state, const char *name) {
    assert_int_equal(unlinkat(state->folder, name, 0), 0);
}

static void one_lost_or_damaged_slot_is_survived(void **out) {
    struct state *state = *out;
    assert_install(state, "5.tpk", ERR_OK);
    assert_install(state, "6.tpk", ERR_OK);
    remove_file(state, "slots/a");
    assert_int_equal(installed(state), 6);
    testpack_put(&state->test, "data/slots/b", span_of_text("credkiosk-slot 2 torn"));
    assert_int_equal(installed(state), 6);
    assert_install(state, "5.tpk", ERR_INSTALL_ROLLBACK);
}

static void without_any_slot_a_provisioned_kiosk_opens_and_takes_nothing(void **out) {
    struct state *state = *out;
    struct pack *pack = NULL;
    assert_install(state, "6.tpk", ERR_OK);
    remove_file(state, "slots/a");
    testpack_put(&state->test, "data/slots/b", span_of_text("x"));
    assert_err(install_current(&state->store, &state->test.rules, &pack, NULL), ERR_INSTALL_SLOTS);
    assert_install(state, "5.tpk", ERR_INSTALL_SLOTS);
    remove_file(state, "slots/b");
    assert_install(state, "6.tpk", ERR_INSTALL_SLOTS);
}

/* Two torn slots are more than a first installation can leave, whatever became of `current`. */
static void two_torn_slots_are_no_new_kiosk(void **out) {
    struct state *state = *out;
    struct pack *pack = NULL;
    assert_install(state, "6.tpk", ERR_OK);
    remove_file(state, "current");
    testpack_put(&state->test, "data/slots/a", span_of_text("x"));
    testpack_put(&state->test, "data/slots/b", span_of_text(""));
    assert_install(state, "5.tpk", ERR_INSTALL_SLOTS);
    assert_err(install_current(&state->store, &state->test.rules, &pack, NULL), ERR_INSTALL_SLOTS);
}

/* A planted record of another pack's id, number, root or chain of roots does not bring that pack into use. */
static void a_record_that_does_not_fit_its_pack_is_refused(void **out) {
    struct state *state = *out;
    for (int what = 0; what < 4; what++) {
        struct install_slots slots = {0};
        struct pack *pack = NULL;
        if (what == 0) {
            assert_install(state, "5.tpk", ERR_OK);
        }
        assert_ok(install_slots_read(&state->store, &slots));
        struct install_slots_record record = *install_slots_newest(&slots), good = record;
        record.seq += what == 0;
        record.root += what == 1;
        record.roots_bytes += what == 2;
        record.roots_sha256[7] ^= what == 3;
        assert_ok(install_slots_write(&state->store, &slots, &record));
        assert_err(install_current(&state->store, &state->test.rules, &pack, NULL), ERR_INSTALL_SLOTS);
        assert_ok(install_slots_write(&state->store, &slots, &good));
        assert_int_equal(installed(state), 5);
    }
}

/* A clock that knows nothing, or 1970: what was over when this program was built is over. */
static void without_a_clock_the_building_of_the_program_has_passed(void **out) {
    struct state *state = *out;
    state->test.claims.iat_s = build_time_s - 100 * TESTPACK_DAY_S;
    state->test.claims.next_update_s = build_time_s - 20 * TESTPACK_DAY_S;
    state->test.claims.expires_s = build_time_s - 10 * TESTPACK_DAY_S;
    testpack_sign(&state->test, "lists.db", "old.tpk");
    state->test.rules.now = (struct interval){0, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0};
    assert_install(state, "old.tpk", ERR_PACK_EXPIRED);
}

/* Under a good signature too, every page is looked at before a pack is taken in. */
static void a_signed_pack_with_a_rotten_page_is_not_taken_in(void **out) {
    struct state *state = *out;
    struct room bytes = testpack_read(&state->test, "lists.db");
    memset(bytes.ptr + bytes.len - SCHEMA_PAGE_BYTES, 0xA5, 64);
    testpack_put(&state->test, "rotten.db", room_span(&bytes));
    file_release(&bytes);
    testpack_sign(&state->test, "rotten.db", "rotten.tpk");
    assert_install(state, "rotten.tpk", ERR_PACK_DAMAGED);
    assert_install(state, "6.tpk", ERR_OK);
}

/* Links in the data folder lead nowhere. */
static void links_in_the_data_folder_are_not_followed(void **out) {
    struct state *state = *out;
    char elsewhere[PATH_MAX];
    testpack_path(&state->test, "elsewhere", elsewhere);
    assert_int_equal(mkdir(elsewhere, 0700), 0);
    assert_int_equal(symlinkat(elsewhere, state->folder, "incoming"), 0);
    assert_install(state, "5.tpk", ERR_STORE_WRITE);
    assert_int_equal(rmdir(elsewhere), 0);
    remove_file(state, "incoming");
    assert_install(state, "5.tpk", ERR_OK);
}

static void every_changed_character_of_a_slot_is_noticed(void **out) {
    struct state *state = *out;
    assert_install(state, "5.tpk", ERR_OK);
    struct room text = testpack_read(&state->test, "data/slots/a");
    for (size_t i = 0; i < text.len; i++) {
        struct install_slots slots = {0};
        text.ptr[i] ^= 1;
        testpack_put(&state->test, "data/slots/a", room_span(&text));
        assert_ok(install_slots_read(&state->store, &slots));
        assert_true(slots.present[0]);
        assert_false(slots.whole[0]);
        assert_true(slots.whole[1]);
        text.ptr[i] ^= 1;
    }
    file_release(&text);
}

static void the_slots_decide_and_current_follows(void **out) {
    struct state *state = *out;
    char id[2 * CRYPTO_SHA256_BYTES + 1] = {0};
    assert_install(state, "5.tpk", ERR_OK);
    struct room old = testpack_read(&state->test, "data/current");
    assert_install(state, "6.tpk", ERR_OK);
    struct room newer = testpack_read(&state->test, "data/current");
    memcpy(id, newer.ptr, sizeof id - 1);
    testpack_put(&state->test, "data/current", room_span(&old));
    assert_int_equal(installed(state), 6);
    struct room mended = testpack_read(&state->test, "data/current");
    assert_memory_equal(mended.ptr, id, sizeof id - 1);
    file_release(&old);
    file_release(&newer);
    file_release(&mended);
}

/* A child gets the descriptors and the receipt, and opens without hashing anew; a changed file is hashed. */
static void descriptors_and_receipt_open_the_pack_again(void **out) {
    struct state *state = *out;
    struct pack *pack = NULL, *again = NULL;
    struct install_files files = {0};
    uint8_t manifest_bytes[4096], roots_bytes[8192];
    struct room manifest = room_over(manifest_bytes, sizeof manifest_bytes),
                roots = room_over(roots_bytes, sizeof roots_bytes);
    assert_install(state, "5.tpk", ERR_OK);
    assert_ok(install_current(&state->store, &state->test.rules, &pack, &files));
    struct pack_receipt receipt = pack_open_receipt(pack);
    pack_close(pack);
    assert_ok(install_read(files.manifest, &manifest));
    assert_ok(install_read(files.roots, &roots));
    assert_ok(pack_open_descriptors(files.database, room_span(&manifest), room_span(&roots),
                                    &state->test.rules, &receipt, PACK_OPEN_USE, &again));
    assert_int_equal(pack_info(again)->seq, 5);
    pack_close(again);
    install_files_close(&files);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(without_a_pack_there_is_none),
        CASE(a_newer_pack_takes_the_place_of_an_older),
        CASE(an_older_pack_is_refused),
        CASE(another_pack_of_the_same_number_is_an_alarm),
        CASE(the_same_pack_again_changes_nothing),
        CASE(the_same_pack_mends_a_damaged_one),
        CASE(an_expired_pack_is_not_taken_in_but_an_installed_one_opens),
        CASE(a_pack_of_the_future_is_not_taken_in),
        CASE(without_a_clock_a_pack_far_ahead_is_not_taken_in),
        CASE(a_cut_or_longer_file_is_refused_and_leaves_nothing),
        CASE(one_lost_or_damaged_slot_is_survived),
        CASE(without_any_slot_a_provisioned_kiosk_opens_and_takes_nothing),
        CASE(two_torn_slots_are_no_new_kiosk),
        CASE(a_record_that_does_not_fit_its_pack_is_refused),
        CASE(without_a_clock_the_building_of_the_program_has_passed),
        CASE(a_signed_pack_with_a_rotten_page_is_not_taken_in),
        CASE(links_in_the_data_folder_are_not_followed),
        CASE(every_changed_character_of_a_slot_is_noticed),
        CASE(the_slots_decide_and_current_follows),
        CASE(descriptors_and_receipt_open_the_pack_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
