/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdalign.h>

#include "base/arena.h"

static max_align_t memory[16];

static void gives_zeroed_and_aligned_memory(void **state) {
    (void)state;
    memset(memory, 0xAA, sizeof memory);
    struct arena arena = arena_over(memory, sizeof memory);
    static const uint8_t zeros[17] = {0};
    for (int i = 0; i < 3; i++) {
        void *taken = NULL;
        assert_ok(arena_take(&arena, sizeof zeros, &taken));
        assert_int_equal((uintptr_t)taken % alignof(max_align_t), 0);
        assert_memory_equal(taken, zeros, sizeof zeros);
        memset(taken, 0xBB, sizeof zeros);
    }
}

static void says_when_it_is_exhausted(void **state) {
    (void)state;
    struct arena arena = arena_over(memory, 64);
    void *taken = NULL;
    void *none = NULL;
    assert_err(arena_take(&arena, 65, &none), ERR_NO_ROOM);
    assert_err(arena_take(&arena, SIZE_MAX, &none), ERR_NO_ROOM);
    assert_int_equal(arena.used, 0);
    assert_ok(arena_take(&arena, 64, &taken));
    assert_err(arena_take(&arena, 1, &none), ERR_NO_ROOM);
    assert_null(none);
    assert_ok(arena_take(&arena, 0, &taken));
    arena = arena_over(memory, 20);
    assert_ok(arena_take(&arena, 17, &taken));
    assert_err(arena_take(&arena, 1, &none), ERR_NO_ROOM);
}

static void copies_bytes(void **state) {
    (void)state;
    char text[] = "abc";
    struct arena arena = arena_over(memory, sizeof memory);
    struct span copy = {0};
    struct room room = {0};
    assert_ok(arena_copy(&arena, span_of_text(text), &copy));
    text[0] = 'x';
    assert_span_text(copy, "abc");
    assert_ok(arena_copy(&arena, (struct span){0}, &copy));
    assert_int_equal(copy.len, 0);
    assert_ok(arena_room(&arena, 5, &room));
    assert_int_equal(room.cap, 5);
    assert_int_equal(room.len, 0);
    struct arena small = arena_over(memory, 2);
    assert_err(arena_copy(&small, span_of_text("abc"), &copy), ERR_NO_ROOM);
    assert_err(arena_room(&small, 3, &room), ERR_NO_ROOM);
    assert_int_equal(room.cap, 5);
}

static void wipes_all_that_was_taken(void **state) {
    (void)state;
    struct arena arena = arena_over(memory, sizeof memory);
    struct span copy = {0};
    assert_ok(arena_copy(&arena, span_of_text("a name that must not stay"), &copy));
    arena_wipe(&arena);
    assert_int_equal(arena.used, 0);
    for (size_t i = 0; i < copy.len; i++) {
        assert_int_equal(copy.ptr[i], 0);
    }
}

static void is_safe_when_zero(void **state) {
    (void)state;
    struct arena arena = {0};
    void *none = NULL;
    assert_err(arena_take(&arena, 1, &none), ERR_NO_ROOM);
    struct span copy = {0};
    assert_ok(arena_copy(&arena, (struct span){0}, &copy));
    arena_wipe(&arena);
}

static void gives_back_and_wipes_what_came_later(void **state) {
    (void)state;
    struct arena arena = arena_over(memory, sizeof memory);
    static const uint8_t zeros[32] = {0};
    void *kept = NULL, *later = NULL;
    assert_ok(arena_take(&arena, 16, &kept));
    memset(kept, 0xCC, 16);
    size_t used = arena.used;
    assert_ok(arena_take(&arena, 32, &later));
    memset(later, 0xDD, 32);
    arena_rewind(&arena, used);
    assert_int_equal(arena.used, used);
    assert_memory_equal(later, zeros, 32);
    assert_int_equal(((uint8_t *)kept)[15], 0xCC);
    arena_rewind(&arena, 1000);
    assert_int_equal(arena.used, used);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_and_aligned_memory),
        cmocka_unit_test(says_when_it_is_exhausted),
        cmocka_unit_test(gives_back_and_wipes_what_came_later),
        cmocka_unit_test(copies_bytes),
        cmocka_unit_test(wipes_all_that_was_taken),
        cmocka_unit_test(is_safe_when_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
