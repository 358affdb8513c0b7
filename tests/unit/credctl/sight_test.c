/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

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
#define READER_NAME "credkiosk-reader"
#define PART_MAX    64u

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

static char link_path[PATH_MAX - 8];

/* The file beside a program of that path. */
static void part_path(const char *program, char out[PATH_MAX]) {
    snprintf(out, PATH_MAX, "%s.part", program);
}

static void set_part(const char *part) {
    char path[PATH_MAX];
    part_path(link_path, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(part, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void read_part(const char *program, char out[PART_MAX]) {
    char path[PATH_MAX];
    part_path(program, path);
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(out, PART_MAX, file) == NULL) {
        _exit(1);
    }
    fclose(file);
}

static int put_beside(void **state) {
    (void)state;
    char self[PATH_MAX - 64];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0) {
        return -1;
    }
    self[len] = 0;
    const char *slash = strrchr(self, '/');
    snprintf(link_path, sizeof link_path, "%.*s/" READER_NAME, (int)(slash - self), self);
    unlink(link_path);
    return symlink(self, link_path);
}

static int take_away(void **state) {
    (void)state;
    char path[PATH_MAX];
    part_path(link_path, path);
    (void)unlink(path);
    return unlink(link_path);
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
    set_part("refuses to start");
    assert_err(look_at_a_grey_picture(), ERR_SIGHT_START);
    set_part("speaks out of turn");
    assert_err(look_at_a_grey_picture(), ERR_SIGHT_START);
}

static void a_reader_that_dies_over_a_picture_gives_no_answer(void **state) {
    (void)state;
    static const char *const parts[] = {"is killed", "leaves", "lies"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        set_part(parts[i]);
        assert_err(look_at_a_grey_picture(), ERR_SIGHT_SILENT);
    }
}

int main(int argc, char **argv) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_that_does_not_get_ready_is_no_reader),
        cmocka_unit_test(a_reader_that_dies_over_a_picture_gives_no_answer),
    };
    if (argc > 0 && strstr(argv[0], READER_NAME) != NULL) {
        char part[PART_MAX];
        read_part(argv[0], part);
        play(part);
    }
    return cmocka_run_group_tests(tests, put_beside, take_away);
}
