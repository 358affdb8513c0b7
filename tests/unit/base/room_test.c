/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/room.h"

static void appends_until_it_is_full(void **state) {
    (void)state;
    char memory[8];
    struct room room = room_over(memory, sizeof memory);
    assert_ok(room_put_text(&room, "abc"));
    assert_ok(room_put(&room, span_of_bytes("de", 2)));
    assert_ok(room_put_byte(&room, 'f'));
    assert_span_text(room_span(&room), "abcdef");
    assert_ok(room_put_text(&room, "gh"));
    assert_err(room_put_byte(&room, 'i'), ERR_NO_ROOM);
    assert_span_text(room_span(&room), "abcdefgh");
}

static void appends_all_or_nothing(void **state) {
    (void)state;
    char memory[4] = "....";
    struct room room = room_over(memory, 3);
    assert_ok(room_put_text(&room, "a"));
    assert_err(room_put_text(&room, "bcd"), ERR_NO_ROOM);
    assert_err(room_put(&room, (struct span){(const uint8_t *)"b", SIZE_MAX}), ERR_NO_ROOM);
    assert_span_text(room_span(&room), "a");
    assert_memory_equal(memory, "a...", 4);
}

static void is_safe_when_zero(void **state) {
    (void)state;
    struct room room = {0};
    assert_ok(room_put(&room, (struct span){0}));
    assert_ok(room_put_text(&room, ""));
    assert_err(room_put_byte(&room, 'a'), ERR_NO_ROOM);
    assert_int_equal(room_span(&room).len, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_until_it_is_full),
        cmocka_unit_test(appends_all_or_nothing),
        cmocka_unit_test(is_safe_when_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
