/* SPDX-License-Identifier: Apache-2.0 */
/* kiosk_lists_test: what becomes of a kiosk whose lists, their record or their roots are not what was accepted: it trusts
 * nothing, and says which of these it is. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/install_slots.h"
#include "tests/lib/rig.h"

/* Generous: the machine may be busy. */
#define SOON_MS 20000

static int start(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    rig_start(rig);
    rig_put_badge(rig, "good", &(struct rig_badge){.status_index = 1});
    rig_put_script(rig, RIG_CLOCK "scene good\nframe good.jpg for 600 ms\nempty 50\n");
    *state = rig;
    return 0;
}

static int stop(void **state) {
    rig_stop(*state);
    free(*state);
    return 0;
}

/* The kiosk is out of order for this, and checks nothing. */
static void says(struct rig *rig, enum err problem) {
    char line[128];
    snprintf(line, sizeof line, "state out_of_order problem=%s", err_name(problem));
    rig_run(rig);
    if (!rig_wait(rig, line, 1, SOON_MS)) {
        char *journal = rig_journal(rig);
        print_error("%s\n", journal);
        free(journal);
        fail_msg("not said: %s", line);
    }
    assert_int_equal(rig_count(rig, "verdict class=valid"), 0);
    assert_int_equal(rig_end(rig), 0);
}

static int data_folder(const struct rig *rig) {
    char path[PATH_MAX];
    testpack_path(&rig->pack, "data", path);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(folder >= 0);
    return folder;
}

/* A file of the installed pack. */
static void path_in_pack(const struct rig *rig, const char *name, char out[PATH_MAX]) {
    struct room current = testpack_read(&rig->pack, "data/current");
    int length = snprintf(out, PATH_MAX, "data/packs/%.64s/%s", (const char *)current.ptr, name);
    assert_true(length < PATH_MAX);
    file_release(&current);
}

static void a_record_that_is_gone(void **state) {
    struct rig *rig = *state;
    int folder = data_folder(rig);
    assert_int_equal(unlinkat(folder, "slots/a", 0), 0);
    assert_int_equal(unlinkat(folder, "slots/b", 0), 0);
    close(folder);
    says(rig, ERR_INSTALL_SLOTS);
}

static void a_record_of_another_number(void **state) {
    struct rig *rig = *state;
    struct store_port store = {0};
    struct install_slots slots = {0};
    int folder = data_folder(rig);
    assert_ok(store_open(folder, &store));
    assert_ok(install_slots_read(&store, &slots));
    struct install_slots_record record = *install_slots_newest(&slots);
    record.seq++;
    assert_ok(install_slots_write(&store, &slots, &record));
    store_close(&store);
    close(folder);
    says(rig, ERR_INSTALL_SLOTS);
}

static void a_database_that_was_changed(void **state) {
    struct rig *rig = *state;
    char path[PATH_MAX];
    path_in_pack(rig, "lists.db", path);
    struct room bytes = testpack_read(&rig->pack, path);
    bytes.ptr[bytes.len - 1] ^= 1;
    testpack_put(&rig->pack, path, room_span(&bytes));
    file_release(&bytes);
    says(rig, ERR_PACK_HASH);
}

static void a_manifest_that_was_changed(void **state) {
    struct rig *rig = *state;
    char path[PATH_MAX];
    path_in_pack(rig, "manifest.jws", path);
    struct room bytes = testpack_read(&rig->pack, path);
    bytes.ptr[bytes.len - 8] = bytes.ptr[bytes.len - 8] == 'A' ? 'B' : 'A';
    testpack_put(&rig->pack, path, room_span(&bytes));
    file_release(&bytes);
    says(rig, ERR_PACK_SIGNATURE);
}

static void a_pack_that_is_gone(void **state) {
    struct rig *rig = *state;
    char path[PATH_MAX], whole[PATH_MAX];
    path_in_pack(rig, "lists.db", path);
    testpack_path(&rig->pack, path, whole);
    assert_int_equal(unlink(whole), 0);
    says(rig, ERR_STORE_MISSING);
}

static void another_provisioned_root(void **state) {
    struct rig *rig = *state;
    struct testpack other;
    testpack_start(&other);
    testpack_put(&rig->pack, "root.jws", span_of_text(other.root_text));
    testpack_stop(&other);
    says(rig, ERR_ROOT_OTHER);
}

static void a_later_provisioned_root(void **state) {
    struct rig *rig = *state;
    testpack_rotate(&rig->pack);
    testpack_put(&rig->pack, "root.jws", span_of_text(rig->pack.roots_text));
    says(rig, ERR_ROOT_OLDER);
}

/* A kiosk goes over to a new root while it runs, and to nothing that the old one signs. */
static void a_kiosk_follows_a_rotation(void **state) {
    struct rig *rig = *state;
    rig->pack.claims.seq = 1000000000000000;
    testpack_sign(&rig->pack, "list.db", "list.tpk");
    rig_install(rig);
    rig_run(rig);
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    testpack_rotate(&rig->pack);
    rig->pack.claims.seq = 1;
    testpack_sign(&rig->pack, "list.db", "list.tpk");
    rig_install(rig);
    assert_true(rig_wait(rig, "lists result=ok", 2, SOON_MS));
    unsigned before = rig_count(rig, "verdict class=valid");
    assert_true(rig_wait(rig, "verdict class=valid", before + 2, SOON_MS));
    assert_int_equal(rig_count(rig, "state out_of_order"), 0);
    assert_int_equal(rig_end(rig), 0);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(a_record_that_is_gone),       CASE(a_record_of_another_number),
        CASE(a_database_that_was_changed), CASE(a_manifest_that_was_changed),
        CASE(a_pack_that_is_gone),         CASE(another_provisioned_root),
        CASE(a_later_provisioned_root),    CASE(a_kiosk_follows_a_rotation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
