/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/understudy.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "credctl/judge/sight.h"
#include "kiosk/messages.h"

/* This program is put beside itself under the reader's name, and then plays a reader gone wrong: which, a file
 * beside it says, as a reader inherits no environment. */

static void say(enum message_type type, struct span body) {
    (void)!messages_send(MESSAGES_SOCKET, type, body, NULL, 0);
}

/* Take the picture that is shown. */
static void look(void) {
    static uint8_t bytes[MESSAGES_SMALL_ROOM];
    struct room buffer = room_over(bytes, sizeof bytes);
    struct message message = {0};
    if (messages_receive(MESSAGES_SOCKET, MESSAGES_TO_READER, &buffer, &message) != ERR_OK) {
        _exit(1);
    }
}

static void play(const char *part) {
    uint8_t bytes[MESSAGES_INLINE_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_ready ready = {.landlock_abi = 1};
    if (strcmp(part, "refuses to start") == 0 || messages_put_ready(&ready, &body) != ERR_OK) {
        _exit(2);
    }
    if (strcmp(part, "speaks out of turn") == 0) {
        say(MESSAGE_CAMERA_LOST, (struct span){0});
        _exit(0);
    }
    say(MESSAGE_READY, room_span(&body));
    look();
    if (strcmp(part, "is killed") == 0) {
        raise(SIGKILL);
    }
    if (strcmp(part, "lies") == 0) {
        say(MESSAGE_SYMBOL, span_of_text("not what a symbol's message holds"));
    }
    _exit(0);
}

static enum err look_at_a_grey_picture(void) {
    static uint8_t pixels[64 * 64], payload[LIMIT_SYMBOL_BYTES];
    struct frame frame = {FRAME_GREY, 64, 64, 64, {pixels, sizeof pixels}, 0};
    struct room room = room_over(payload, sizeof payload);
    enum sight_kind kind = SIGHT_TWO_CODES;
    enum err err = sight_read(&frame, &kind, &room);
    assert_int_equal(kind, SIGHT_TWO_CODES);
    assert_int_equal(room.len, 0);
    return err;
}

static void a_reader_that_does_not_get_ready_is_no_reader(void **state) {
    (void)state;
    understudy_set_part("refuses to start");
    assert_err(look_at_a_grey_picture(), ERR_SIGHT_START);
    understudy_set_part("speaks out of turn");
    assert_err(look_at_a_grey_picture(), ERR_SIGHT_START);
}

static void a_reader_that_dies_over_a_picture_gives_no_answer(void **state) {
    (void)state;
    static const char *const parts[] = {"is killed", "leaves", "lies"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        understudy_set_part(parts[i]);
        assert_err(look_at_a_grey_picture(), ERR_SIGHT_SILENT);
    }
}

int main(int argc, char **argv) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_that_does_not_get_ready_is_no_reader),
        cmocka_unit_test(a_reader_that_dies_over_a_picture_gives_no_answer),
    };
    char part[UNDERSTUDY_PART_MAX];
    if (understudy_part(argc, argv, part)) {
        play(part);
    }
    return cmocka_run_group_tests(tests, understudy_put_beside, understudy_take_away);
}
