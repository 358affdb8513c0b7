/* SPDX-License-Identifier: Apache-2.0 */
/* hostile_test: children that were taken over: whatever they say, they are replaced, and face lives. This program plays
 * the child when it is started under a child's name. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/messages.h"
#include "kiosk/sandbox_extra.h"
#include "tests/lib/rig.h"

#define SOON_MS 20000

/* ---- the children */

static void say_ready(void) {
    uint8_t bytes[1024];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_ready ready = {0};
    if (messages_put_ready(&ready, &body) != ERR_OK ||
        messages_send(MESSAGES_SOCKET, MESSAGE_READY, room_span(&body), NULL, 0) != ERR_OK) {
        _exit(1);
    }
}

static void send_bytes(size_t len) {
    static uint8_t bytes[150000];
    memset(bytes, 'x', sizeof bytes);
    (void)!send(MESSAGES_SOCKET, bytes, len, MSG_NOSIGNAL);
}

static void send_typed(enum message_type type, size_t len, const int *descriptors, size_t count) {
    static const uint8_t bytes[4096] = {0};
    (void)!messages_send(MESSAGES_SOCKET, type, span_of_bytes(bytes, len), descriptors, count);
}

static void flood(void) {
    uint8_t bytes[64];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_stats stats = {.frames = 1, .width_px = 1, .height_px = 1};
    if (messages_put_stats(&stats, &body) != ERR_OK) {
        _exit(1);
    }
    say_ready();
    while (messages_send(MESSAGES_SOCKET, MESSAGE_READER_STATS, room_span(&body), NULL, 0) == ERR_OK) {
    }
}

/* More than LIMIT_CHILD_BYTES, touched. */
static void take_memory(void) {
    for (unsigned i = 0; i <= LIMIT_CHILD_BYTES >> 22; i++) {
        char *memory = malloc(4u << 20);
        memset(memory, (int)i, 4u << 20);
    }
}

/* The role that the test wrote beside its programs: children inherit no environment. */
static void read_role(const char *program, char *out, size_t size) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.*s/role", (int)(strrchr(program, 0x2F) - program), program);
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(out, (int)size, file) == NULL) {
        _exit(1);
    }
    fclose(file);
}

/* Wait until face has given a camera. */
static void await_camera(void) {
    static uint8_t bytes[MESSAGES_SMALL_ROOM];
    struct room buffer = room_over(bytes, sizeof bytes);
    struct message message = {0};
    if (messages_receive(MESSAGES_SOCKET, MESSAGES_TO_READER, &buffer, &message) != ERR_OK) {
        _exit(1);
    }
    messages_drop(&message);
}

/* A code whose picture was taken before all time. */
static void say_symbol_of(int64_t captured_us) {
    uint8_t bytes[256];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_symbol symbol = {captured_us, 1, span_of_text("hello")};
    if (messages_put_symbol(&symbol, &body) != ERR_OK ||
        messages_send(MESSAGES_SOCKET, MESSAGE_SYMBOL, room_span(&body), NULL, 0) != ERR_OK) {
        _exit(1);
    }
}

static void say_stats(uint64_t frames) {
    uint8_t bytes[64];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_stats stats = {.frames = frames, .width_px = 1, .height_px = 1};
    if (messages_put_stats(&stats, &body) != ERR_OK ||
        messages_send(MESSAGES_SOCKET, MESSAGE_READER_STATS, room_span(&body), NULL, 0) != ERR_OK) {
        _exit(1);
    }
}

/* Say of every camera that it works, and that it is gone. */
static void cry_wolf(void) {
    for (uint64_t frames = 1;; frames++) {
        uint8_t bytes[16];
        struct room body = room_over(bytes, sizeof bytes);
        await_camera();
        say_stats(frames);
        if (messages_put_lost(&(struct message_lost){ERR_CAMERA_GONE}, &body) != ERR_OK ||
            messages_send(MESSAGES_SOCKET, MESSAGE_CAMERA_LOST, room_span(&body), NULL, 0) != ERR_OK) {
            _exit(1);
        }
    }
}

static void play_reader(const char *role) {
    const int descriptors[] = {0};
    if (strcmp(role, "garbage") == 0) {
        send_bytes(100);
    } else if (strcmp(role, "too long") == 0) {
        send_bytes(150000);
    } else if (strcmp(role, "verdict") == 0) {
        send_typed(MESSAGE_VERDICT, 100, NULL, 0);
    } else if (strcmp(role, "descriptor") == 0) {
        send_typed(MESSAGE_TWO_CODES, 20, descriptors, 1);
    } else if (strcmp(role, "ready twice") == 0) {
        say_ready();
        say_ready();
    } else if (strcmp(role, "flood") == 0) {
        flood();
    } else if (strcmp(role, "grow") == 0) {
        say_ready();
        take_memory();
    } else if (strcmp(role, "not locked") == 0) {
        _exit(71);
    } else if (strcmp(role, "ancient") == 0 || strcmp(role, "to come") == 0) {
        say_ready();
        await_camera();
        say_symbol_of(role[0] == 0x61 ? INT64_MIN : INT64_MAX);
        for (uint64_t frames = 1;; frames++) {
            usleep(100000);
            say_stats(frames);
        }
    } else if (strcmp(role, "wolf") == 0) {
        say_ready();
        cry_wolf();
    } else if (strcmp(role, "brief") == 0) {
        say_ready();
        await_camera();
        say_stats(1);
        _exit(0);
    }
    sleep(30);
}

/* A verifier that follows the rules until it has to answer. */
static void play_verifier(const char *role) {
    if (strcmp(role, "not locked") == 0) {
        _exit(71);
    }
    static uint8_t bytes[MESSAGES_LARGE_ROOM];
    struct room buffer = room_over(bytes, sizeof bytes);
    struct message message = {0};
    if (messages_receive(MESSAGES_SOCKET, MESSAGES_TO_VERIFIER, &buffer, &message) == ERR_OK) {
        messages_drop(&message);
        say_ready();
        if (strcmp(role, "ready twice") == 0) {
            say_ready();
        }
        if (messages_receive(MESSAGES_SOCKET, MESSAGES_TO_VERIFIER, &buffer, &message) == ERR_OK) {
            if (strcmp(role, "grow") == 0) {
                take_memory();
            } else {
                send_typed(MESSAGE_VERDICT, 600, NULL, 0); /* a verdict of zeros has no reason */
            }
        }
    }
    sleep(30);
}

/* ---- the tests */

static void link_program(const struct rig *rig, const char *name, const char *target) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.3000s/%s", rig->programs, name);
    assert_int_equal(symlink(target, path), 0);
}

/* A folder of programs in which this one stands in for `hostile`. */
static void replace_program(struct rig *rig, const char *hostile, const char *role) {
    static const char *const names[] = {"credkiosk-reader", "credkiosk-verifier", "credkiosk-installer",
                                        "credkiosk-simcam"};
    char real[PATH_MAX], self[PATH_MAX], target[PATH_MAX + 32];
    const char *bin = getenv("BIN");
    assert_non_null(realpath(bin != NULL ? bin : "build/check/bin", real));
    assert_non_null(realpath("/proc/self/exe", self));
    testpack_path(&rig->pack, "programs", rig->programs);
    assert_int_equal(mkdir(rig->programs, 0755), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(target, sizeof target, "%s/%s", real, names[i]);
        link_program(rig, names[i], strcmp(names[i], hostile) == 0 ? self : target);
    }
    testpack_put(&rig->pack, "programs/role", span_of_text(role));
    rig_put_badge(rig, "good", &(struct rig_badge){.status_index = 1});
    rig_put_script(rig, RIG_CLOCK "empty 20\nscene good\nframe good.jpg for 600 ms\nempty 50\n");
}

static int start(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    rig_start(rig);
    *state = rig;
    return 0;
}

static int stop(void **state) {
    rig_stop(*state);
    free(*state);
    return 0;
}

static void assert_replaced(struct rig *rig, const char *role, const char *journal) {
    replace_program(rig, "credkiosk-reader", role);
    rig_run(rig);
    assert_true(rig_wait(rig, journal, 2, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_reader_of_garbage_is_replaced_until_the_kiosk_says_so(void **state) {
    struct rig *rig = *state;
    replace_program(rig, "credkiosk-reader", "garbage");
    rig_run(rig);
    assert_true(rig_wait(rig, "process=reader why=spoke", 6, SOON_MS));
    assert_true(rig_wait(rig, "state out_of_order problem=ERR_CHILD_START", 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_message_that_is_too_long_ends_its_sender(void **state) {
    assert_replaced(*state, "too long", "process=reader why=spoke");
}

static void a_message_that_is_not_the_readers_ends_it(void **state) {
    assert_replaced(*state, "verdict", "process=reader why=spoke");
}

static void descriptors_that_nobody_asked_for_end_their_sender(void **state) {
    assert_replaced(*state, "descriptor", "process=reader why=spoke");
}

static void being_ready_twice_is_a_lie(void **state) {
    assert_replaced(*state, "ready twice", "process=reader why=spoke");
}

static void a_reader_that_never_says_it_is_ready_is_replaced(void **state) {
    assert_replaced(*state, "silent", "process=reader why=silent");
}

static void a_reader_that_grows_is_replaced(void **state) {
    if (sandbox_extra.memory_times > 0) {
        skip(); /* AddressSanitizer's own memory is allowed for */
    }
    assert_replaced(*state, "grow", "process=reader why=grown");
}

static void a_verifier_that_grows_cannot_check(void **state) {
    struct rig *rig = *state;
    if (sandbox_extra.memory_times > 0) {
        skip();
    }
    replace_program(rig, "credkiosk-verifier", "grow");
    rig_run(rig);
    assert_true(rig_wait(rig, "class=cannot_check reason=unreadable cause=ERR_CHILD_GROWN", 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_flood_of_messages_does_not_hold_the_kiosk_up(void **state) {
    struct rig *rig = *state;
    replace_program(rig, "credkiosk-reader", "flood");
    rig_run(rig);
    assert_true(rig_wait(rig, "lists result=ok", 1, SOON_MS));
    usleep(1000000);
    assert_int_equal(rig_end(rig), 0);
}

static void a_verifier_that_lies_about_the_form_cannot_check(void **state) {
    struct rig *rig = *state;
    replace_program(rig, "credkiosk-verifier", "zeros");
    rig_run(rig);
    assert_true(rig_wait(rig, "class=cannot_check reason=unreadable cause=ERR_MESSAGE_SHAPE", 1, SOON_MS));
    assert_true(rig_wait(rig, "process=verifier why=spoke", 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_verifier_that_is_ready_twice_is_replaced(void **state) {
    struct rig *rig = *state;
    replace_program(rig, "credkiosk-verifier", "ready twice");
    rig_run(rig);
    assert_true(rig_wait(rig, "process=verifier why=spoke", 2, SOON_MS));
    assert_int_equal(rig_count(rig, "cause=ERR_MESSAGE_SHAPE"), 0); /* nobody was judged by it */
    assert_int_equal(rig_end(rig), 0);
}

static void a_picture_of_an_impossible_time_counts_as_taken_now(void **state) {
    struct rig *rig = *state;
    static const char *const roles[] = {"ancient", "to come"};
    for (unsigned i = 0; i < 2; i++) {
        rig_stop(rig);
        rig_start(rig);
        replace_program(rig, "credkiosk-reader", roles[i]);
        rig_run(rig);
        assert_true(rig_wait(rig, "verdict class=cannot_check reason=not_a_credential", 1, SOON_MS));
        char *journal = rig_journal(rig);
        long long elapsed_us = strtoll(strstr(journal, " us=") + 4, NULL, 10);
        free(journal);
        assert_true(elapsed_us >= 0 && elapsed_us < 5000000);
        assert_int_equal(rig_end(rig), 0);
    }
}

static void a_reader_that_cries_wolf_does_not_fill_the_journal(void **state) {
    struct rig *rig = *state;
    replace_program(rig, "credkiosk-reader", "wolf");
    rig_run(rig);
    assert_true(rig_wait(rig, "camera lost=ERR_CAMERA_GONE", 1, SOON_MS));
    usleep(2000000);
    assert_true(rig_count(rig, "camera lost") <= 4);
    assert_int_equal(rig_end(rig), 0);
}

static void a_reader_that_works_for_a_moment_counts_as_failing(void **state) {
    struct rig *rig = *state;
    replace_program(rig, "credkiosk-reader", "brief");
    rig_run(rig);
    assert_true(rig_wait(rig, "state out_of_order problem=ERR_CHILD_START", 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_child_that_cannot_lock_itself_in_is_named(void **state) {
    struct rig *rig = *state;
    static const char *const children[] = {"credkiosk-reader", "credkiosk-verifier"};
    for (unsigned i = 0; i < 2; i++) {
        rig_stop(rig);
        rig_start(rig);
        replace_program(rig, children[i], "not locked");
        rig_run(rig);
        assert_true(rig_wait(rig, "why=not_locked status=71", 1, SOON_MS));
        assert_true(rig_wait(rig, "state out_of_order problem=ERR_SANDBOX", 1, SOON_MS));
        assert_int_equal(rig_end(rig), 0);
    }
}

int main(int argc, char **argv) {
    const char *name = strrchr(argv[0], '/');
    static char role[64];
    if (name != NULL && strncmp(name, "/credkiosk-", 11) == 0) {
        read_role(argv[0], role, sizeof role);
    }
    if (name != NULL && strcmp(name, "/credkiosk-reader") == 0) {
        play_reader(role);
        return 0;
    }
    if (name != NULL && strcmp(name, "/credkiosk-verifier") == 0) {
        play_verifier(role);
        return 0;
    }
    cmocka_set_test_filter(argc > 1 ? argv[1] : NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_reader_of_garbage_is_replaced_until_the_kiosk_says_so, start, stop),
        cmocka_unit_test_setup_teardown(a_message_that_is_too_long_ends_its_sender, start, stop),
        cmocka_unit_test_setup_teardown(a_message_that_is_not_the_readers_ends_it, start, stop),
        cmocka_unit_test_setup_teardown(descriptors_that_nobody_asked_for_end_their_sender, start, stop),
        cmocka_unit_test_setup_teardown(being_ready_twice_is_a_lie, start, stop),
        cmocka_unit_test_setup_teardown(a_reader_that_never_says_it_is_ready_is_replaced, start, stop),
        cmocka_unit_test_setup_teardown(a_reader_that_grows_is_replaced, start, stop),
        cmocka_unit_test_setup_teardown(a_verifier_that_grows_cannot_check, start, stop),
        cmocka_unit_test_setup_teardown(a_flood_of_messages_does_not_hold_the_kiosk_up, start, stop),
        cmocka_unit_test_setup_teardown(a_verifier_that_lies_about_the_form_cannot_check, start, stop),
        cmocka_unit_test_setup_teardown(a_verifier_that_is_ready_twice_is_replaced, start, stop),
        cmocka_unit_test_setup_teardown(a_picture_of_an_impossible_time_counts_as_taken_now, start, stop),
        cmocka_unit_test_setup_teardown(a_reader_that_cries_wolf_does_not_fill_the_journal, start, stop),
        cmocka_unit_test_setup_teardown(a_reader_that_works_for_a_moment_counts_as_failing, start, stop),
        cmocka_unit_test_setup_teardown(a_child_that_cannot_lock_itself_in_is_named, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
