/* SPDX-License-Identifier: Apache-2.0 */
/* What the reader says of frames as they come back, in whatever order. */
#include "kiosk/reader_result.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/reader_rig.h"

/* The reader's main thread without its threads, and face. */
struct pair {
    struct reader reader;
    struct reader_rig face;
};

static int start(void **state) {
    struct pair *pair = calloc(1, sizeof *pair);
    int sockets[2];
    *state = pair;
    if (pair == NULL || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets) != 0) {
        return -1;
    }
    pair->reader.socket = sockets[0];
    pair->face.socket = sockets[1];
    return 0;
}

static int stop(void **state) {
    struct pair *pair = *state;
    close(pair->reader.socket);
    close(pair->face.socket);
    free(pair);
    return 0;
}

/* A frame comes back with one code, or none. */
static void come_back(struct pair *pair, uint64_t number, const char *code) {
    struct lookout_result result = {.number = number, .captured_us = (int64_t)number * 1000, .width_px = 640};
    if (code[0] != 0) {
        result.symbols = (struct symbols){.count = 1, .payloads = {span_of_text(code)}, .pass = "half"};
    }
    assert_ok(reader_result_note(&pair->reader, &result));
}

static void assert_said(struct pair *pair, uint64_t number, const char *code) {
    struct message message = reader_rig_next(&pair->face, 5000, NULL);
    struct message_symbol symbol = {0};
    assert_int_equal(message.type, MESSAGE_SYMBOL);
    assert_ok(messages_get_symbol(message.body, &symbol));
    assert_span_text(symbol.payload, code);
    assert_int_equal(symbol.frame, number);
    assert_int_equal(symbol.captured_us, number * 1000);
}

static void assert_silent(struct pair *pair) {
    struct pollfd poller = {.fd = pair->face.socket, .events = POLLIN};
    assert_int_equal(poll(&poller, 1, 0), 0);
}

static void two_threads_that_see_a_code_say_it_once(void **state) {
    struct pair *pair = *state;
    come_back(pair, 2, "x");
    come_back(pair, 1, "x");
    come_back(pair, 4, "x");
    come_back(pair, 3, "x");
    assert_said(pair, 2, "x");
    assert_silent(pair);
}

static void a_frame_that_is_overtaken_by_a_code_has_nothing_new(void **state) {
    struct pair *pair = *state;
    come_back(pair, 2, "x");
    come_back(pair, 1, "y");
    assert_said(pair, 2, "x");
    assert_silent(pair);
    assert_string_equal(pair->reader.stats.pass, "half");
    come_back(pair, 3, "y");
    assert_said(pair, 3, "y");
}

static void a_frame_that_is_overtaken_by_nothing_still_counts(void **state) {
    struct pair *pair = *state;
    come_back(pair, 2, "");
    come_back(pair, 1, "x");
    assert_said(pair, 1, "x");
    come_back(pair, 3, "x");
    assert_silent(pair);
}

static void totals_are_of_the_newest_frame(void **state) {
    struct pair *pair = *state;
    come_back(pair, 1, "x");
    assert_int_equal(pair->reader.stats.codes, 1);
    come_back(pair, 3, "x");
    come_back(pair, 2, "");
    assert_int_equal(pair->reader.stats.codes, 1);
    come_back(pair, 4, "");
    assert_int_equal(pair->reader.stats.codes, 0);
    assert_string_equal(pair->reader.stats.pass, "");
}

static void a_frame_that_cannot_be_decoded_is_counted_with_its_cause(void **state) {
    struct pair *pair = *state;
    struct lookout_result result = {.number = 1, .err = ERR_FRAME_JPEG};
    assert_ok(reader_result_note(&pair->reader, &result));
    assert_int_equal(pair->reader.stats.dropped, 1);
    assert_int_equal(pair->reader.stats.fault, ERR_FRAME_JPEG);
    come_back(pair, 2, "");
    assert_int_equal(pair->reader.stats.dropped, 1);
    assert_int_equal(pair->reader.stats.fault, ERR_OK);
    result = (struct lookout_result){.number = 3, .err = ERR_NO_MEMORY};
    assert_err(reader_result_note(&pair->reader, &result), ERR_NO_MEMORY);
}

/* Parts of a message come from both threads. */
static void parts_are_joined_across_threads(void **state) {
    struct pair *pair = *state;
    static const char *const texts[] = {"one ", "two ", "three"};
    static const uint64_t numbers[] = {2, 1, 3};
    uint8_t parity = 0;
    for (const char *c = "one two three"; *c != 0; c++) {
        parity ^= (uint8_t)*c;
    }
    for (uint8_t i = 0; i < 3; i++) {
        struct lookout_result result = {.number = numbers[i], .captured_us = (int64_t)numbers[i] * 1000};
        result.symbols = (struct symbols){.part_count = 1, .parts = {{span_of_text(texts[i]), i, 3, parity}}};
        assert_ok(reader_result_note(&pair->reader, &result));
        assert_int_equal(pair->reader.stats.parts_total, 3);
        assert_int_equal(pair->reader.stats.parts_seen, (2u << i) - 1);
    }
    assert_said(pair, 3, "one two three");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(two_threads_that_see_a_code_say_it_once),
        CASE(a_frame_that_is_overtaken_by_a_code_has_nothing_new),
        CASE(a_frame_that_is_overtaken_by_nothing_still_counts),
        CASE(totals_are_of_the_newest_frame),
        CASE(a_frame_that_cannot_be_decoded_is_counted_with_its_cause),
        CASE(parts_are_joined_across_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
