/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kiosk/messages.h"

#define ALL 0xFFFFFFFFu

/* A pair of sockets, and a buffer for what arrives. */
struct pair {
    int near, far;
    struct room buffer;
};

static int make_pair(void **state) {
    struct pair *pair = calloc(1, sizeof *pair);
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends), 0);
    pair->near = ends[0];
    pair->far = ends[1];
    pair->buffer = room_over(malloc(MESSAGES_LARGE_ROOM), MESSAGES_LARGE_ROOM);
    *state = pair;
    return 0;
}

static int end_pair(void **state) {
    struct pair *pair = *state;
    close(pair->near);
    close(pair->far);
    free(pair->buffer.ptr);
    free(pair);
    return 0;
}

static enum err receive(struct pair *pair, uint32_t accepted, struct message *out) {
    return messages_receive(pair->far, accepted, &pair->buffer, out);
}

/* How many descriptors this process has. */
static int descriptors_open(void) {
    int count = 0;
    for (int i = 0; i < 256; i++) {
        count += fcntl(i, F_GETFD) >= 0;
    }
    return count;
}

/* A packet as a child that was taken over may send it. */
static void send_raw(struct pair *pair, const void *bytes, size_t len, const int *descriptors, size_t count) {
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * 32)];
    } control = {0};
    struct iovec part = {(void *)(uintptr_t)bytes, len};
    struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0) {
        packet.msg_control = control.bytes;
        packet.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        struct cmsghdr *entry = CMSG_FIRSTHDR(&packet);
        entry->cmsg_level = SOL_SOCKET;
        entry->cmsg_type = SCM_RIGHTS;
        entry->cmsg_len = CMSG_LEN(sizeof(int) * count);
        memcpy(CMSG_DATA(entry), descriptors, sizeof(int) * count);
    }
    assert_int_equal(sendmsg(pair->near, &packet, MSG_NOSIGNAL), len);
}

static void header(uint8_t out[16], uint32_t magic, uint16_t version, uint16_t type, uint32_t len,
                   uint32_t flags) {
    const uint32_t words[4] = {magic, (uint32_t)version | (uint32_t)type << 16, len, flags};
    for (size_t i = 0; i < 16; i++) {
        out[i] = (uint8_t)(words[i / 4] >> (8 * (i % 4)));
    }
}

static void a_message_arrives_as_it_was_sent(void **state) {
    struct pair *pair = *state;
    struct message message = {0};
    uint8_t bytes[128];
    struct room body = room_over(bytes, sizeof bytes);
    assert_ok(messages_put_stats(&(struct message_stats){7, 2, 3, ERR_FRAME_JPEG, 1, 640, 480, 12345,
                                                         "fifteenletterss", 0x8001, 16, GUIDANCE_BLURRED,
                                                         GUIDANCE_PARTLY_OUT},
                                 &body));
    assert_ok(messages_send(pair->near, MESSAGE_READER_STATS, room_span(&body), NULL, 0));
    assert_ok(receive(pair, MESSAGES_FROM_READER, &message));
    struct message_stats stats = {0};
    assert_int_equal(message.type, MESSAGE_READER_STATS);
    assert_ok(messages_get_stats(message.body, &stats));
    assert_int_equal(stats.frames, 7);
    assert_int_equal(stats.skipped, 3);
    assert_int_equal(stats.fault, ERR_FRAME_JPEG);
    assert_int_equal(stats.height_px, 480);
    assert_int_equal(stats.cpu_us, 12345);
    assert_string_equal(stats.pass, "fifteenletterss");
    assert_int_equal(stats.parts_seen, 0x8001);
    assert_int_equal(stats.parts_total, 16);
    assert_int_equal(stats.sees, GUIDANCE_BLURRED);
    assert_int_equal(stats.advice, GUIDANCE_PARTLY_OUT);
}

/* credctl prints the name of a pass as it is, face draws a dot for each part, and a fault is a frame's. */
static void stats_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const struct message_stats odd[] = {{.pass = "a\033[2J"},
                                               {.pass = "Half"},
                                               {.pass = "a b"},
                                               {.parts_total = 17},
                                               {.parts_total = 3, .parts_seen = 8},
                                               {.fault = ERR_CAMERA_GONE},
                                               {.sees = GUIDANCE_COUNT},
                                               {.advice = GUIDANCE_COUNT},
                                               {.advice = (enum guidance)255}};
    struct message_stats stats = {.frames = 9};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        uint8_t bytes[128];
        struct room body = room_over(bytes, sizeof bytes);
        assert_ok(messages_put_stats(&odd[i], &body));
        assert_err(messages_get_stats(room_span(&body), &stats), ERR_MESSAGE_SHAPE);
        assert_int_equal(stats.frames, 9);
    }
}

static void silence_and_an_end_are_told_apart(void **state) {
    struct pair *pair = *state;
    struct message message = {0};
    assert_err(receive(pair, ALL, &message), ERR_MESSAGE_NONE);
    assert_int_equal(shutdown(pair->near, SHUT_RDWR), 0);
    assert_err(receive(pair, ALL, &message), ERR_MESSAGE_CLOSED);
    assert_err(messages_send(pair->near, MESSAGE_TWO_CODES, (struct span){0}, NULL, 0), ERR_MESSAGE_SEND);
}

static void a_long_body_travels_in_a_sealed_memfd(void **state) {
    struct pair *pair = *state;
    struct message message = {0};
    int before = descriptors_open();
    uint8_t *bytes = malloc(MESSAGES_BODY_MAX);
    memset(bytes, 'x', MESSAGES_BODY_MAX);
    struct span body = span_of_bytes(bytes, MESSAGES_BODY_MAX);
    assert_ok(messages_send(pair->near, MESSAGE_VERIFIER_START, body, NULL, 0));
    assert_ok(receive(pair, ALL, &message));
    assert_true(span_equal(message.body, body));
    assert_int_equal(message.descriptor_count, 0);
    assert_int_equal(descriptors_open(), before);
    assert_err(
        messages_send(pair->near, MESSAGE_VERDICT, (struct span){body.ptr, MESSAGES_INLINE_MAX + 1}, NULL, 0),
        ERR_NO_ROOM);
    free(bytes);
}

static void a_memfd_that_can_still_change_is_refused(void **state) {
    struct pair *pair = *state;
    struct message message = {0};
    uint8_t bytes[16];
    header(bytes, 0x314D4B43, 1, MESSAGE_VERIFIER_START, 20000, 1);
    int memory = memfd_create("test", MFD_ALLOW_SEALING);
    assert_int_equal(ftruncate(memory, 20000), 0);
    int before = descriptors_open();
    send_raw(pair, bytes, sizeof bytes, &memory, 1);
    assert_err(receive(pair, ALL, &message), ERR_MESSAGE_SHAPE);
    assert_int_equal(fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL), 0);
    header(bytes, 0x314D4B43, 1, MESSAGE_VERIFIER_START, 20001, 1);
    send_raw(pair, bytes, sizeof bytes, &memory, 1);
    assert_err(receive(pair, ALL, &message), ERR_MESSAGE_SHAPE); /* shorter than it says */
    assert_int_equal(descriptors_open(), before);
    close(memory);
}

static void headers_out_of_form_are_refused(void **state) {
    struct pair *pair = *state;
    static const struct {
        uint32_t magic;
        uint16_t version, type;
        uint32_t len, flags;
        size_t sent;
    } cases[] = {
        {0x314D4B44, 1, MESSAGE_TWO_CODES, 0, 0, 16}, /* magic */
        {0x314D4B43, 2, MESSAGE_TWO_CODES, 0, 0, 16}, /* version */
        {0x314D4B43, 1, MESSAGE_NONE, 0, 0, 16},
        {0x314D4B43, 1, MESSAGE_COUNT, 0, 0, 16},
        {0x314D4B43, 1, 0xFFFF, 0, 0, 16},
        {0x314D4B43, 1, MESSAGE_TWO_CODES, 1, 0, 16},       /* says more than it has */
        {0x314D4B43, 1, MESSAGE_TWO_CODES, 0, 0, 17},       /* has more than it says */
        {0x314D4B43, 1, MESSAGE_TWO_CODES, 0, 2, 16},       /* flags */
        {0x314D4B43, 1, MESSAGE_TWO_CODES, 0, 1, 16},       /* memfd of a short body */
        {0x314D4B43, 1, MESSAGE_SYMBOL, 0xFFFFFFFF, 0, 16}, /* above its type's most */
        {0x314D4B43, 1, MESSAGE_TWO_CODES, 0, 0, 15},       /* no whole header */
        {0x314D4B43, 1, MESSAGE_VERDICT, 100, 0, 116},      /* fine, but not from a reader */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct message message = {0};
        uint8_t bytes[128] = {0};
        header(bytes, cases[i].magic, cases[i].version, cases[i].type, cases[i].len, cases[i].flags);
        send_raw(pair, bytes, cases[i].sent, NULL, 0);
        assert_err(receive(pair, MESSAGES_FROM_READER, &message), ERR_MESSAGE_SHAPE);
        assert_int_equal(message.type, MESSAGE_NONE);
    }
}

static void unexpected_descriptors_are_closed(void **state) {
    struct pair *pair = *state;
    struct message message = {0};
    uint8_t bytes[16];
    int many[20];
    header(bytes, 0x314D4B43, 1, MESSAGE_TWO_CODES, 0, 0);
    for (size_t i = 0; i < 20; i++) {
        many[i] = pair->near;
    }
    int before = descriptors_open();
    send_raw(pair, bytes, sizeof bytes, many, 1);
    assert_err(receive(pair, ALL, &message), ERR_MESSAGE_DESCRIPTOR);
    send_raw(pair, bytes, sizeof bytes, many, 20);
    assert_err(receive(pair, ALL, &message), ERR_MESSAGE_SHAPE);
    header(bytes, 0x314D4B43, 1, MESSAGE_CURRENT, 0, 0);
    send_raw(pair, bytes, sizeof bytes, NULL, 0);
    assert_err(receive(pair, ALL, &message), ERR_MESSAGE_DESCRIPTOR); /* brings none */
    assert_int_equal(descriptors_open(), before);
    send_raw(pair, bytes, sizeof bytes, many, 1);
    assert_ok(receive(pair, ALL, &message));
    assert_int_equal(message.descriptor_count, 1);
    messages_drop(&message);
    assert_int_equal(descriptors_open(), before);
}

static void rules_bring_names_roots_and_receipt(void **state) {
    (void)state;
    struct message_rules rules = {.root = span_of_text("root"), .audience = span_of_text("hall 2")},
                         back = {0};
    rules.policy.types.count = POLICY_LIST_MAX;
    for (size_t i = 0; i < POLICY_LIST_MAX; i++) {
        rules.policy.types.names[i] = span_of_text("Badge");
    }
    rules.policy.clock_required = true;
    rules.receipt.inode = 77;
    rules.vocabulary = span_of_text("terms");
    uint8_t bytes[4096];
    struct room body = room_over(bytes, sizeof bytes);
    assert_ok(messages_put_rules(&rules, &body));
    assert_ok(messages_get_rules(room_span(&body), &back));
    assert_int_equal(back.policy.types.count, POLICY_LIST_MAX);
    assert_span_text(back.policy.types.names[63], "Badge");
    assert_span_text(back.audience, "hall 2");
    assert_true(back.policy.clock_required && !back.policy.expired_is_note);
    assert_int_equal(back.receipt.inode, 77);
    assert_span_text(back.vocabulary, "terms");
    bytes[1] = POLICY_LIST_MAX + 1;
    assert_err(messages_get_rules(room_span(&body), &back), ERR_MESSAGE_SHAPE);
}

static void a_verifier_says_what_it_could_not_open(void **state) {
    (void)state;
    struct message_ready ready = {.lists = ERR_INSTALL_NONE,
                                  .vocabulary = ERR_CONTEXT_TABLE,
                                  .demo = true,
                                  .root = 3,
                                  .signer = {1, 2, 3, 4, 5, 6}},
                         back = {0};
    uint8_t bytes[1024];
    struct room body = room_over(bytes, sizeof bytes);
    assert_ok(messages_put_ready(&ready, &body));
    assert_ok(messages_get_ready(room_span(&body), &back));
    assert_int_equal(back.lists, ERR_INSTALL_NONE);
    assert_int_equal(back.vocabulary, ERR_CONTEXT_TABLE);
    assert_true(back.demo);
    assert_int_equal(back.root, 3);
    assert_memory_equal(back.signer, ready.signer, sizeof back.signer);
    body.len--;
    assert_err(messages_get_ready(room_span(&body), &back), ERR_MESSAGE_SHAPE);
    body.len++;
    memset(bytes + 8, 0xFF, 4);
    assert_err(messages_get_ready(room_span(&body), &back), ERR_MESSAGE_SHAPE);
}

/* The largest vocabulary fits beside the largest root. */
static void the_largest_rules_fit_into_their_message(void **state) {
    struct pair *pair = *state;
    uint8_t *large = calloc(1, LIMIT_VOCABULARY_BYTES);
    struct room body = room_over(malloc(MESSAGES_BODY_MAX), MESSAGES_BODY_MAX);
    struct message_rules rules = {.root = span_of_bytes(large, LIMIT_ROOT_CHAIN_BYTES),
                                  .vocabulary = span_of_bytes(large, LIMIT_VOCABULARY_BYTES)},
                         back = {0};
    struct message message = {0};
    assert_ok(messages_put_rules(&rules, &body));
    assert_ok(messages_send(pair->near, MESSAGE_VERIFIER_START, room_span(&body), NULL, 0));
    assert_ok(receive(pair, MESSAGES_TO_VERIFIER, &message));
    assert_ok(messages_get_rules(message.body, &back));
    assert_int_equal(back.vocabulary.len, LIMIT_VOCABULARY_BYTES);
    free(body.ptr);
    free(large);
}

static void small_bodies_are_checked(void **state) {
    (void)state;
    uint8_t bytes[64] = {0};
    struct message_camera camera = {0};
    struct message_lost lost = {0};
    struct message_symbol symbol = {0};
    struct message_result result = {0};
    struct room body = room_over(bytes, sizeof bytes);
    assert_ok(
        messages_put_camera(&(struct message_camera){.kind = CAMERA_PIPE, .wish = {1, 2, 3, false}}, &body));
    assert_ok(messages_get_camera(room_span(&body), &camera));
    assert_int_equal(camera.wish.height_px, 2);
    bytes[0] = CAMERA_NONE;
    assert_err(messages_get_camera(room_span(&body), &camera), ERR_MESSAGE_SHAPE);
    bytes[0] = 200;
    assert_err(messages_get_camera(room_span(&body), &camera), ERR_MESSAGE_SHAPE);
    body.len = 0;
    assert_ok(messages_put_lost(&(struct message_lost){ERR_NO_MEMORY}, &body));
    assert_err(messages_get_lost(room_span(&body), &lost), ERR_MESSAGE_SHAPE);
    memset(bytes, 0xFF, sizeof bytes);
    assert_err(messages_get_symbol(span_of_bytes(bytes, sizeof bytes), &symbol), ERR_MESSAGE_SHAPE);
    assert_err(messages_get_result(span_of_bytes(bytes, sizeof bytes), &result), ERR_MESSAGE_SHAPE);
    body.len = body.cap - 1;
    assert_err(messages_put_symbol(&symbol, &body), ERR_NO_ROOM);
}

static void what_was_inspected_arrives_whole_or_not_at_all(void **state) {
    (void)state;
    const struct message_inspected inspected = {
        .err = ERR_OK, .pack = {UINT64_MAX, 3, INT64_MIN, 5, INT64_MAX, true, false, 8, 9, 10, UINT32_MAX}};
    struct message_inspected back = {0};
    uint8_t bytes[64];
    struct room body = room_over(bytes, sizeof bytes);
    assert_ok(messages_put_inspected(&inspected, &body));
    for (size_t len = 0; len < body.len; len++) {
        assert_err(messages_get_inspected(span_slice(room_span(&body), 0, len), &back), ERR_MESSAGE_SHAPE);
    }
    assert_int_equal(back.pack.seq, 0);
    assert_ok(messages_get_inspected(room_span(&body), &back));
    assert_true(back.pack.seq == UINT64_MAX && back.pack.root == 3 && back.pack.issued_s == INT64_MIN);
    assert_true(back.pack.next_update_s == 5 && back.pack.expires_s == INT64_MAX);
    assert_true(back.pack.unchanged && !back.pack.compared);
    assert_true(back.pack.issuers == 8 && back.pack.added == 9 && back.pack.removed == 10);
    assert_int_equal(back.pack.changed, UINT32_MAX);
    memset(bytes, 0xFF, sizeof bytes);
    assert_err(messages_get_inspected(room_span(&body), &back), ERR_MESSAGE_SHAPE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stats_that_cannot_be_are_refused),
        cmocka_unit_test_setup_teardown(a_message_arrives_as_it_was_sent, make_pair, end_pair),
        cmocka_unit_test_setup_teardown(silence_and_an_end_are_told_apart, make_pair, end_pair),
        cmocka_unit_test_setup_teardown(a_long_body_travels_in_a_sealed_memfd, make_pair, end_pair),
        cmocka_unit_test_setup_teardown(a_memfd_that_can_still_change_is_refused, make_pair, end_pair),
        cmocka_unit_test_setup_teardown(headers_out_of_form_are_refused, make_pair, end_pair),
        cmocka_unit_test_setup_teardown(unexpected_descriptors_are_closed, make_pair, end_pair),
        cmocka_unit_test(rules_bring_names_roots_and_receipt),
        cmocka_unit_test(a_verifier_says_what_it_could_not_open),
        cmocka_unit_test_setup_teardown(the_largest_rules_fit_into_their_message, make_pair, end_pair),
        cmocka_unit_test(small_bodies_are_checked),
        cmocka_unit_test(what_was_inspected_arrives_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
