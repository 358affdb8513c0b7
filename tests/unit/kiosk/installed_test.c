/* SPDX-License-Identifier: Apache-2.0 */
/* The lists that are in use while tokens come: over an installer that this test plays. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kiosk/face_states.h"

struct desk {
    struct face face;
    int installer; /* the test's end */
};

/* An installer is at work on a token, and lists are in use. */
static int start(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    struct face *face = &desk->face;
    struct installed *lists = &face->lists;
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        pause();
        _exit(0);
    }
    face->service.journal = &face->journal;
    face->service.data = "/nowhere";
    face->service.programs = "/nowhere";
    face->service.now_ms = 1000;
    lists->installer =
        (struct child){.open = true, .pid = pid, .socket = ends[0], .started_ms = 1000, .heard_ms = 1000};
    lists->known = true;
    lists->file_count = INSTALLED_FILES;
    for (size_t i = 0; i < INSTALLED_FILES; i++) {
        lists->files[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    lists->tokens = (struct install_tokens){.len = 6, .text = "first\n"};
    assert_true(installed_take_token(lists, span_of_text("stick")));
    lists->token.order = INSTALLED_ASKED;
    desk->installer = ends[1];
    *state = desk;
    return 0;
}

static int stop(void **state) {
    struct desk *desk = *state;
    installed_close(&desk->face.lists);
    close(desk->installer);
    free(desk);
    return 0;
}

/* The installer refuses what it was asked about. */
static void refuse(struct desk *desk) {
    uint8_t bytes[MESSAGES_SMALL_ROOM];
    struct room body = room_over(bytes, sizeof bytes);
    const struct message_result result = {.err = ERR_FRESH_OLDER};
    assert_ok(messages_put_result(&result, &body));
    assert_ok(messages_send(desk->installer, MESSAGE_RESULT, room_span(&body), NULL, 0));
    (void)installed_turn(&desk->face.lists, &desk->face.service);
}

static void lists_stay(const struct installed *lists) {
    assert_ok(lists->err);
    assert_int_equal(lists->file_count, INSTALLED_FILES);
    assert_int_equal(lists->tokens.len, 6);
}

static void a_second_token_does_not_take_the_answer_to_the_first_for_the_lists(void **state) {
    struct desk *desk = *state;
    struct installed *lists = &desk->face.lists;
    enum err err = ERR_OK;
    assert_false(installed_take_token(lists, span_of_text("camera")));
    refuse(desk);
    lists_stay(lists);
    assert_false(installed_take_token(lists, span_of_text("camera")));
    assert_true(installed_token_answered(lists, &err));
    assert_err(err, ERR_FRESH_OLDER);
    assert_false(installed_token_answered(lists, &err));
    assert_true(installed_take_token(lists, span_of_text("camera")));
}

/* A stick's token is on its way, staff has left its screen, and another one is shown to the camera. */
static void one_that_is_shown_waits_for_one_of_a_stick(void **state) {
    struct desk *desk = *state;
    struct face *face = &desk->face;
    face->view.kind = SCREEN_CHECKING;
    face->brought.token_waits = true;
    face->judge.token = (struct judge_token){.len = 6, .text = "camera"};
    face_take_token(face);
    face_await_token(face);
    assert_true(face->token_waits && !face->token_handed);
    refuse(desk);
    face_await_token(face);
    lists_stay(&face->lists);
    assert_true(face->token_handed);
    assert_false(face->brought.token_waits);
    assert_int_equal(face->brought.refused, 1);
    assert_int_equal(face->view.kind, SCREEN_CHECKING);
    assert_int_equal(face->lists.token.order, INSTALLED_WAITING);
    assert_memory_equal(face->lists.token.text, "camera", 6);
}

/* Another stick came: nobody waits for what became of the last one's token, and it stands in nobody's way. */
static void an_answer_for_which_nobody_waits_is_dropped(void **state) {
    struct desk *desk = *state;
    struct face *face = &desk->face;
    face->judge.token = (struct judge_token){.len = 6, .text = "camera"};
    refuse(desk);
    face_take_token(face);
    assert_false(face->token_handed);
    face_await_token(face);
    assert_true(face->token_handed);
    assert_int_equal(face->brought.refused, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_token_does_not_take_the_answer_to_the_first_for_the_lists,
                                        start, stop),
        cmocka_unit_test_setup_teardown(one_that_is_shown_waits_for_one_of_a_stick, start, stop),
        cmocka_unit_test_setup_teardown(an_answer_for_which_nobody_waits_is_dropped, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
