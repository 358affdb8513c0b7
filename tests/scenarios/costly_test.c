/* SPDX-License-Identifier: Apache-2.0 */
/* What is made to cost a verifier much ends when the scan has spent its budget, and takes no more memory than it may. */
#include "tests/lib/check.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"
#include "tests/lib/hostile.h"
#include "verify.h"

/* A scan of what wallets show: its arena, and what jansson allocates beside it. */
#define SCAN_BYTES (4u << 20)
/* Of the worst that comes as a file: LIMIT_JSON_VALUES in the smallest objects. */
#define WORST_BYTES (10u << 20)
/* Of the hostile payloads, those that would go on for long without a budget. */
#define ENDED_BY_BUDGET 3u
/* No arena holds this byte where nothing was written. */
#define UNTOUCHED 0xA5

/* What jansson holds, and held at most. Its allocator has no place for a context. */
static struct { size_t held, most; } heap;

static void *counted_malloc(size_t size) {
    void *memory = malloc(size);
    heap.held += memory == NULL ? 0 : malloc_usable_size(memory);
    heap.most = heap.held > heap.most ? heap.held : heap.most;
    return memory;
}

static void counted_free(void *memory) {
    heap.held -= memory == NULL ? 0 : malloc_usable_size(memory);
    free(memory);
}

struct fixture {
    struct wallet wallet;
    struct testpack test;
    struct pack *pack;
    struct policy policy;
    struct interval now;
    struct arena arena;
    struct room payload;
    struct verdicts verdicts;
};

static int start(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    wallet_open(&f->wallet);
    hostile_shelve(&f->wallet);
    testpack_start(&f->test);
    wallet_pack(&f->wallet, &f->test, NULL, &f->pack);
    f->now = interval_at(WALLET_NOW_S);
    f->arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    f->payload = forge_room(LIMIT_PAYLOAD_BYTES);
    *state = f;
    return 0;
}

static int stop(void **state) {
    struct fixture *f = *state;
    forge_release(&f->payload);
    free(f->arena.base);
    pack_close(f->pack);
    testpack_stop(&f->test);
    wallet_close(&f->wallet);
    free(f);
    return 0;
}

static void judge(struct fixture *f) {
    struct verify_grounds grounds = {
        .lists = f->pack, .shelf = &f->wallet.vocabulary.shelf, .policy = &f->policy, .now = &f->now};
    verify(room_span(&f->payload), &grounds, &f->arena, &f->verdicts);
}

/* Versions of a context are tried until the budget is spent: what the first has shown stays. */
static void what_is_found_altered_stays_so(void **state) {
    struct fixture *f = *state;
    unsigned found = 0;
    for (const struct hostile *hostile = hostile_all; hostile->name != NULL; hostile++) {
        if (strncmp(hostile->name, "8 versions", 10) == 0) {
            f->payload.len = 0;
            hostile_write(hostile, &f->wallet, &f->payload);
            judge(f);
            assert_int_equal(f->verdicts.list[0].reason, REASON_ALTERED);
            found++;
        }
    }
    assert_int_equal(found, 3);
}

/* The most that a scan of the payload holds at one time. */
static size_t most_bytes(struct fixture *f) {
    memset(f->arena.base, UNTOUCHED, f->arena.size);
    heap.held = heap.most = 0;
    json_set_alloc_funcs(counted_malloc, counted_free);
    judge(f);
    json_set_alloc_funcs(malloc, free);
    assert_int_equal(heap.held, 0);
    size_t arena = f->arena.size;
    while (arena > 0 && f->arena.base[arena - 1] == UNTOUCHED) {
        arena--;
    }
    return arena + heap.most + sizeof f->verdicts;
}

static void a_badge_takes_little_memory(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < 2; i++) {
        json_t *badge = i == 0 ? wallet_badge_2022(&f->wallet, 8) : wallet_badge_2020(&f->wallet, 8);
        f->payload.len = 0;
        wallet_text(&f->wallet, badge, i == 0 ? CBORLD_1_0 : CBORLD_SINGLETON, "VC1-R", &f->payload);
        json_decref(badge);
        size_t bytes = most_bytes(f);
        assert_int_equal(f->verdicts.list[0].reason, REASON_OK);
        print_message("# a badge of 70 statements takes %zu kB\n", bytes / 1024);
        assert_in_range(bytes, 1, SCAN_BYTES / 8);
    }
}

/* As many credentials as are judged, as large as fits into a code of version 40. */
static void a_full_presentation_takes_no_more_than_a_scan_may(void **state) {
    struct fixture *f = *state;
    json_t *credentials = json_array();
    for (unsigned i = 0; i < LIMIT_PRESENTED; i++) {
        json_array_append_new(credentials, wallet_badge_2020(&f->wallet, 8));
    }
    json_t *shown = wallet_present(credentials);
    f->payload.len = 0;
    wallet_text(&f->wallet, shown, CBORLD_SINGLETON, "VP1-B", &f->payload);
    json_decref(shown);
    size_t bytes = most_bytes(f);
    assert_int_equal(f->verdicts.count, LIMIT_PRESENTED);
    assert_int_equal(f->verdicts.list[LIMIT_PRESENTED - 1].reason, REASON_OK);
    print_message("# 8 badges of 70 statements take %zu kB\n", bytes / 1024);
    assert_in_range(bytes, 1, SCAN_BYTES);
}

/* The first of its verdicts is not the only one that must not be good. */
static void assert_none_good(const struct verdicts *verdicts) {
    assert_in_range(verdicts->count, 1, LIMIT_PRESENTED);
    for (uint32_t i = 0; i < verdicts->count; i++) {
        enum verdict_class class = verdict_class_of(verdicts->list[i].reason);
        assert_true(class == VERDICT_NOT_VALID || class == VERDICT_CANNOT_CHECK);
        assert_false(verdicts->list[i].credential.present);
    }
}

static bool any_ended_by_budget(const struct verdicts *verdicts) {
    bool ended = false;
    for (uint32_t i = 0; i < verdicts->count; i++) {
        ended = ended || verdicts->list[i].cause == ERR_BUDGET;
    }
    return ended;
}

static void what_is_hostile_is_never_good_and_has_bounds(void **state) {
    struct fixture *f = *state;
    size_t most = 0;
    unsigned ended = 0;
    for (const struct hostile *hostile = hostile_all; hostile->name != NULL; hostile++) {
        f->payload.len = 0;
        hostile_write(hostile, &f->wallet, &f->payload);
        size_t bytes = most_bytes(f);
        assert_none_good(&f->verdicts);
        most = bytes > most ? bytes : most;
        if (any_ended_by_budget(&f->verdicts)) {
            print_message("# ended by the budget: %s\n", hostile->name);
            ended++;
        }
    }
    print_message("# the worst take %zu kB\n", most / 1024);
    assert_in_range(most, 1, WORST_BYTES);
    assert_in_range(ended, ENDED_BY_BUDGET, 100);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_badge_takes_little_memory),
        cmocka_unit_test(a_full_presentation_takes_no_more_than_a_scan_may),
        cmocka_unit_test(what_is_found_altered_stays_so),
        cmocka_unit_test(what_is_hostile_is_never_good_and_has_bounds),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
