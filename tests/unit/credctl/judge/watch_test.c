/* SPDX-License-Identifier: Apache-2.0 */
/* What credctl makes of readers that lie: this program, under the reader's name beside itself, plays them. */
#include "credctl/judge/watch.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "kiosk/messages.h"
#include "tests/lib/check.h"
#include "tests/lib/understudy.h"

static void say(enum message_type type, const struct room *body) {
    (void)!messages_send(MESSAGES_SOCKET, type, room_span(body), NULL, 0);
}

static void say_symbol(const char *payload) {
    uint8_t bytes[256];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_symbol symbol = {1, 1, span_of_text(payload)};
    if (messages_put_symbol(&symbol, &body) != ERR_OK) {
        _exit(2);
    }
    say(MESSAGE_SYMBOL, &body);
}

static void say_stats(uint64_t frames, uint64_t dropped, enum err fault) {
    uint8_t bytes[256];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_stats stats = {.frames = frames, .dropped = dropped, .fault = fault, .cpu_us = 4321};
    if (messages_put_stats(&stats, &body) != ERR_OK) {
        _exit(2);
    }
    say(MESSAGE_READER_STATS, &body);
}

/* Get ready, and take the order to watch. */
static void begin(void) {
    static uint8_t incoming[MESSAGES_SMALL_ROOM];
    uint8_t bytes[MESSAGES_INLINE_MAX];
    struct room body = room_over(bytes, sizeof bytes), buffer = room_over(incoming, sizeof incoming);
    struct message_ready ready = {.landlock_abi = 1};
    struct message message = {0};
    if (messages_put_ready(&ready, &body) != ERR_OK) {
        _exit(2);
    }
    say(MESSAGE_READY, &body);
    if (messages_receive(MESSAGES_SOCKET, MESSAGES_TO_READER, &buffer, &message) != ERR_OK) {
        _exit(1);
    }
}

static _Noreturn void play(const char *part) {
    begin();
    if (strcmp(part, "well") == 0) {
        say_stats(0, 0, ERR_OK);
        say_symbol("first");
        say_symbol("second");
        say_stats(1, 0, ERR_OK);
    } else if (strcmp(part, "too many codes") == 0) {
        for (unsigned i = 0; i <= SYMBOL_MAX; i++) {
            say_symbol("again");
        }
        say_stats(1, 0, ERR_OK);
    } else if (strcmp(part, "skips a frame") == 0) {
        say_stats(2, 0, ERR_OK);
    } else if (strcmp(part, "drops it") == 0) {
        say_stats(1, 1, ERR_FRAME_JPEG);
    } else if (strcmp(part, "drops it without a word") == 0) {
        say_stats(1, 1, ERR_OK);
    } else if (strcmp(part, "out of turn") == 0) {
        struct room none = {0};
        say(MESSAGE_READY, &none);
    }
    pause();
    _exit(0);
}

static enum err show(struct watch *watch, struct watch_picture *out) {
    static uint8_t pixels[64 * 64];
    struct frame frame = {FRAME_GREY, 64, 64, 64, {pixels, sizeof pixels}, 0};
    assert_ok(watch_start(true, watch));
    return watch_show(watch, &frame, out);
}

static void all_codes_of_a_picture_and_its_time_arrive(void **state) {
    (void)state;
    struct watch watch = {0};
    struct watch_picture picture = {0};
    understudy_set_part("well");
    assert_ok(show(&watch, &picture));
    assert_int_equal(picture.count, 2);
    assert_span_text(picture.payloads[0], "first");
    assert_span_text(picture.payloads[1], "second");
    assert_int_equal(picture.cpu_us, 4321);
    watch_stop(&watch);
}

static void a_reader_that_says_what_cannot_be_is_silenced(void **state) {
    (void)state;
    static const char *const parts[] = {"too many codes", "skips a frame", "out of turn",
                                        "drops it without a word"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct watch watch = {0};
        struct watch_picture picture = {.count = 7};
        understudy_set_part(parts[i]);
        assert_err(show(&watch, &picture), ERR_SIGHT_SILENT);
        assert_int_equal(picture.count, 7);
        watch_stop(&watch);
    }
}

static void a_picture_that_the_reader_drops_has_its_cause(void **state) {
    (void)state;
    struct watch watch = {0};
    struct watch_picture picture = {0};
    understudy_set_part("drops it");
    assert_ok(show(&watch, &picture));
    assert_int_equal(picture.fault, ERR_FRAME_JPEG);
    assert_int_equal(picture.count, 0);
    watch_stop(&watch);
}

static void a_frame_beyond_all_limits_is_not_sent(void **state) {
    (void)state;
    static uint8_t pixels[16];
    struct watch watch = {0};
    struct watch_picture picture = {0};
    struct frame frame = {.format = FRAME_MJPEG, .bytes = {pixels, LIMIT_FRAME_BYTES + 1}};
    understudy_set_part("well");
    assert_ok(watch_start(false, &watch));
    assert_ok(watch_show(&watch, &frame, &picture));
    assert_int_equal(picture.fault, ERR_FRAME_TOO_LARGE);
    watch_stop(&watch);
    watch_stop(&watch);
}

int main(int argc, char **argv) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_codes_of_a_picture_and_its_time_arrive),
        cmocka_unit_test(a_reader_that_says_what_cannot_be_is_silenced),
        cmocka_unit_test(a_picture_that_the_reader_drops_has_its_cause),
        cmocka_unit_test(a_frame_beyond_all_limits_is_not_sent),
    };
    char part[UNDERSTUDY_PART_MAX];
    if (understudy_part(argc, argv, part)) {
        play(part);
    }
    return cmocka_run_group_tests(tests, understudy_put_beside, understudy_take_away);
}
