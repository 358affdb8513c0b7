/* SPDX-License-Identifier: Apache-2.0 */
/* What is made to cost a verifier much costs it a moment, and no more memory than a scan may take. */
#include "tests/lib/check.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/lib/forge.h"
#include "tests/lib/hostile.h"
#include "verify.h"

/* A scan of what wallets show: its arena, and what jansson allocates beside it. */
#define SCAN_BYTES (4u << 20)
/* Of the worst that comes as a file: LIMIT_JSON_VALUES in the smallest objects. */
#define WORST_BYTES (10u << 20)
/* CPU time of the shipping build, and of one under sanitizers on a busy machine. */
#define SHIPPING_MS 200.0
#define CHECKED_MS  5000.0
/* A machine that does much else may take longer now and then. */
#define STUMBLES 4
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
    double took_ms;
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

/* One scan, and the CPU time that it takes. */
static void judge(struct fixture *f) {
    struct verify_grounds grounds = {
        .lists = f->pack, .shelf = &f->wallet.vocabulary.shelf, .policy = &f->policy, .now = &f->now};
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    verify(room_span(&f->payload), &grounds, &f->arena, &f->verdicts);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    f->took_ms =
        (double)(after.tv_sec - before.tv_sec) * 1e3 + (double)(after.tv_nsec - before.tv_nsec) / 1e6;
}

static bool is_shipping(void) {
    const char *mode = getenv("MODE");
    return mode != NULL && strcmp(mode, "release") == 0;
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

static void what_is_hostile_is_never_good_and_has_bounds(void **state) {
    struct fixture *f = *state;
    double allowed_ms = is_shipping() ? SHIPPING_MS : CHECKED_MS;
    double worst_ms = 0;
    size_t most = 0;
    for (const struct hostile *hostile = hostile_all; hostile->name != NULL; hostile++) {
        f->payload.len = 0;
        hostile_write(hostile, &f->wallet, &f->payload);
        size_t bytes = most_bytes(f);
        assert_none_good(&f->verdicts);
        double took_ms = f->took_ms;
        for (int i = 0; i < STUMBLES && took_ms > allowed_ms; i++) {
            judge(f);
            took_ms = f->took_ms;
        }
        if (took_ms > allowed_ms) {
            fail_msg("%s takes %.0f ms", hostile->name, took_ms);
        }
        worst_ms = took_ms > worst_ms ? took_ms : worst_ms;
        most = bytes > most ? bytes : most;
    }
    print_message("# the worst take %.0f ms and %zu kB\n", worst_ms, most / 1024);
    assert_in_range(most, 1, WORST_BYTES);
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
