/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "boards/sim/faulty_store.h"
#include "kiosk/floor.h"
#include "tests/lib/testpack.h"

#define AUGUST  1788000000
#define A_BOOT  0x1234567890abcdefu
#define ANOTHER 0x77u

struct place {
    struct testpack folder;
    struct store_port store;
};

static int start(void **state) {
    struct place *place = calloc(1, sizeof *place);
    testpack_start(&place->folder);
    int opened = open(place->folder.folder, O_RDONLY | O_DIRECTORY);
    assert_ok(store_open(opened, &place->store));
    close(opened);
    *state = place;
    return 0;
}

static int stop(void **state) {
    struct place *place = *state;
    store_close(&place->store);
    testpack_stop(&place->folder);
    free(place);
    return 0;
}

/* Raise the floor to August at an uptime, and keep it there. */
static void keep_august(const struct place *place, uint64_t boot_id, int64_t boot_s) {
    struct floor floor = {0};
    floor_open(&place->store, boot_id, boot_s, 0, &floor);
    assert_true(floor_raise(&floor, AUGUST, boot_s));
    assert_ok(floor_keep(&floor, &place->store, boot_id, boot_s));
}

static int64_t found(const struct place *place, uint64_t boot_id, int64_t boot_s) {
    struct floor floor = {0};
    floor_open(&place->store, boot_id, boot_s, 0, &floor);
    return floor_at(&floor, boot_s);
}

static void without_a_kept_one_it_is_the_build(void **state) {
    struct floor floor = {0};
    struct place *place = *state;
    floor_open(&place->store, A_BOOT, 5000, AUGUST, &floor);
    assert_int_equal(floor_at(&floor, 5000), AUGUST);
    floor_open(&place->store, A_BOOT, 5000, 17, &floor);
    assert_int_equal(floor_at(&floor, 5000), FLOOR_RELEASE_S);
    assert_int_equal(floor.root, 0);
}

static void it_grows_with_the_uptime_and_never_falls_back(void **state) {
    struct floor floor = {0};
    struct place *place = *state;
    floor_open(&place->store, A_BOOT, 100, AUGUST, &floor);
    assert_int_equal(floor_at(&floor, 160), AUGUST + 60);
    assert_int_equal(floor_at(&floor, 40), AUGUST);
    assert_false(floor_raise(&floor, AUGUST + 59, 160));
    assert_int_equal(floor_at(&floor, 160), AUGUST + 60);
    assert_true(floor_raise(&floor, AUGUST + 61, 160));
    assert_int_equal(floor_at(&floor, 161), AUGUST + 62);
    assert_false(floor_raise(&floor, FLOOR_MOST_S, 160));
    assert_int_equal(floor_at(&floor, INT64_MAX), FLOOR_MOST_S - 1);
}

static void the_uptime_counts_once(void **state) {
    static const struct {
        uint64_t kept_in;
        int64_t kept_s;
        uint64_t boot_id;
        int64_t boot_s, more_s;
    } cases[] = {
        {A_BOOT, 500, A_BOOT, 500, 0},
        {A_BOOT, 500, A_BOOT, 740, 240}, /* the same boot: since the keeping */
        {A_BOOT, 500, ANOTHER, 90, 90},
        {A_BOOT, 500, ANOTHER, 900, 900}, /* another: all of it */
        {A_BOOT, 500, A_BOOT, 400, 0},    /* the uptime went back: nothing */
        {0, 500, A_BOOT, 900, 0},
        {A_BOOT, 500, 0, 900, 0}, /* who knows: nothing */
        {A_BOOT, 500, ANOTHER, -1, 0},
    };
    struct place *place = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        keep_august(place, cases[i].kept_in, cases[i].kept_s);
        assert_int_equal(found(place, cases[i].boot_id, cases[i].boot_s), AUGUST + cases[i].more_s);
        testpack_put(&place->folder, "floor", span_of_text(""));
    }
}

static void damage_is_no_floor(void **state) {
    struct place *place = *state;
    keep_august(place, A_BOOT, 500);
    struct room whole = testpack_read(&place->folder, "floor");
    assert_int_equal(found(place, A_BOOT, 500), AUGUST);
    for (size_t len = 0; len < whole.len; len++) {
        testpack_put(&place->folder, "floor", span_of_bytes(whole.ptr, len));
        assert_int_equal(found(place, A_BOOT, 500), FLOOR_RELEASE_S);
    }
    for (size_t bit = 0; bit < whole.len * 8; bit++) {
        whole.ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
        testpack_put(&place->folder, "floor", room_span(&whole));
        assert_int_equal(found(place, A_BOOT, 500), FLOOR_RELEASE_S);
        whole.ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    char longer[256];
    int len = snprintf(longer, sizeof longer, "%.*s\n", (int)whole.len, (const char *)whole.ptr);
    testpack_put(&place->folder, "floor", span_of_bytes(longer, (size_t)len));
    assert_int_equal(found(place, A_BOOT, 500), FLOOR_RELEASE_S);
    free(whole.ptr);
}

static void a_newer_root_lowers_it_once(void **state) {
    struct place *place = *state;
    struct floor floor = {0};
    floor_open(&place->store, A_BOOT, 100, AUGUST, &floor);
    assert_true(floor_follow(&floor, 1, AUGUST - 5000, 100)); /* the first root that is met */
    assert_int_equal(floor_at(&floor, 100), AUGUST);
    assert_true(floor_raise(&floor, AUGUST + 90000, 100)); /* a leaked key's list */
    assert_ok(floor_keep(&floor, &place->store, A_BOOT, 100));
    floor_open(&place->store, A_BOOT, 100, AUGUST, &floor);
    assert_int_equal(floor.root, 1);
    assert_false(floor_follow(&floor, 1, AUGUST, 100));
    assert_int_equal(floor_at(&floor, 100), AUGUST + 90000);
    assert_true(floor_follow(&floor, 2, AUGUST + 5, 100));
    assert_int_equal(floor_at(&floor, 100), AUGUST + 5);
    assert_false(floor_follow(&floor, 1, AUGUST, 100)); /* never by an older one */
    assert_false(floor_follow(&floor, 2, AUGUST, 100));
    assert_int_equal(floor_at(&floor, 100), AUGUST + 5);
}

static void it_is_written_once_an_hour(void **state) {
    struct place *place = *state;
    struct floor floor = {0};
    unsigned written = 0;
    floor_open(&place->store, A_BOOT, 100, AUGUST, &floor);
    for (int64_t boot_s = 100; boot_s < 100 + 86400; boot_s++) {
        if (floor_is_due(&floor, boot_s)) {
            written++;
            assert_ok(floor_keep(&floor, &place->store, A_BOOT, boot_s));
        }
    }
    assert_int_equal(written, 23);
    assert_int_equal(found(place, A_BOOT, 100 + 86400), AUGUST + 86400);
}

/* Every step of a keeping may be the last: the floor is the old or the new one, and a failed one waits its hour. */
static void a_keeping_that_fails_leaves_the_floor_before(void **state) {
    struct place *place = *state;
    keep_august(place, A_BOOT, 100);
    int opened = open(place->folder.folder, O_RDONLY | O_DIRECTORY);
    unsigned failed = 0;
    for (unsigned step = 1; step < 20; step++) {
        struct faulty_plan plan = {.fail_at = step};
        struct store_port store = {0};
        struct floor floor = {0};
        assert_ok(faulty_store_open(opened, &plan, NULL, &store));
        floor_open(&place->store, A_BOOT, 100, 0, &floor);
        int64_t before_s = floor_at(&floor, 100);
        assert_true(floor_raise(&floor, before_s + 1000, 100));
        enum err err = floor_keep(&floor, &store, A_BOOT, 100);
        int64_t now_s = found(place, A_BOOT, 100);
        failed += err != ERR_OK;
        assert_true(now_s == before_s + 1000 || (err != ERR_OK && now_s == before_s));
        assert_false(floor_is_due(&floor, 100));
        faulty_store_close(&store);
    }
    assert_true(failed >= 5);
    close(opened);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_a_kept_one_it_is_the_build, start, stop),
        cmocka_unit_test_setup_teardown(it_grows_with_the_uptime_and_never_falls_back, start, stop),
        cmocka_unit_test_setup_teardown(the_uptime_counts_once, start, stop),
        cmocka_unit_test_setup_teardown(damage_is_no_floor, start, stop),
        cmocka_unit_test_setup_teardown(a_newer_root_lowers_it_once, start, stop),
        cmocka_unit_test_setup_teardown(it_is_written_once_an_hour, start, stop),
        cmocka_unit_test_setup_teardown(a_keeping_that_fails_leaves_the_floor_before, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
