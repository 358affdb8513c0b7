/* SPDX-License-Identifier: Apache-2.0 */
/* The installer itself, locked in under its filter: what it takes, what it refuses, and that it ends. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/child.h"
#include "kiosk/install.h"
#include "kiosk/messages.h"
#include "tests/lib/testpack.h"

/* An installer answers within this, under sanitizers on a busy machine too. */
#define ANSWER_MS 60000

static struct testpack workshop;
static uint8_t buffer_bytes[MESSAGES_LARGE_ROOM];

static int start(void **state) {
    char path[PATH_MAX];
    (void)state;
    testpack_start(&workshop);
    testpack_default_lists(&workshop, "lists.db");
    testpack_sign(&workshop, "lists.db", "5.tpk");
    workshop.claims.seq = 6;
    testpack_sign(&workshop, "lists.db", "6.tpk");
    testpack_path(&workshop, "data", path);
    assert_int_equal(mkdir(path, 0700), 0);
    return 0;
}

static int stop(void **state) {
    (void)state;
    testpack_stop(&workshop);
    return 0;
}

static int open_in(const char *name, int flags) {
    char path[PATH_MAX];
    testpack_path(&workshop, name, path);
    int file = open(path, flags | O_CLOEXEC);
    assert_true(file >= 0);
    return file;
}

static void receive(const struct child *child, struct room *buffer, struct message *message) {
    enum err err = ERR_MESSAGE_NONE;
    while (err == ERR_MESSAGE_NONE) {
        struct pollfd wait = {child->socket, POLLIN, 0};
        assert_int_equal(poll(&wait, 1, ANSWER_MS), 1);
        err = messages_receive(child->socket, MESSAGES_FROM_INSTALLER, buffer, message);
    }
    assert_ok(err);
}

/* Wait until it has gone by itself, and say how. */
static void ends_well(struct child *child) {
    struct pollfd wait = {child->socket, POLLIN, 0};
    assert_int_equal(poll(&wait, 1, ANSWER_MS), 1);
    usleep(200000);
    struct child_ending ending = child_end(child);
    assert_int_equal(ending.signal, 0);
    assert_int_equal(ending.status, 0);
}

/* Order something of a pack, or CURRENT where it is NULL; the message's descriptors are the caller's. */
static void ask(enum message_type type, const char *pack, struct message *message) {
    struct child child = {0};
    uint8_t body_bytes[16384];
    struct room body = room_over(body_bytes, sizeof body_bytes),
                buffer = room_over(buffer_bytes, sizeof buffer_bytes);
    struct message_install install = {workshop.rules.root, workshop.rules.audience, workshop.rules.now, {0}};
    int descriptors[2] = {-1, -1};
    size_t count = 0;
    if (pack != NULL) {
        descriptors[count++] = open_in(pack, O_RDONLY);
    }
    descriptors[count++] = open_in("data", O_RDONLY | O_DIRECTORY);
    assert_ok(child_start(getenv("BIN"), "credkiosk-installer", &child));
    assert_ok(messages_put_install(&install, &body));
    assert_ok(messages_send(child.socket, type, room_span(&body), descriptors, count));
    receive(&child, &buffer, message);
    ends_well(&child);
    for (size_t i = 0; i < count; i++) {
        close(descriptors[i]);
    }
}

static struct message_result order(const char *pack, struct message *message) {
    struct message_result result = {0};
    ask(pack == NULL ? MESSAGE_CURRENT : MESSAGE_INSTALL, pack, message);
    assert_int_equal(message->type, MESSAGE_RESULT);
    assert_ok(messages_get_result(message->body, &result));
    return result;
}

static struct message_inspected inspect(const char *pack) {
    struct message message = {0};
    struct message_inspected inspected = {0};
    ask(MESSAGE_INSPECT, pack, &message);
    assert_int_equal(message.type, MESSAGE_INSPECTED);
    assert_int_equal(message.descriptor_count, 0);
    assert_ok(messages_get_inspected(message.body, &inspected));
    return inspected;
}

static enum err install(const char *pack) {
    struct message message = {0};
    struct message_result result = order(pack, &message);
    assert_int_equal(message.descriptor_count, 0);
    return result.err;
}

/* What face gets at its start is what a verifier opens. */
static uint64_t current(void) {
    struct message message = {0};
    uint8_t manifest_bytes[4096], roots_bytes[sizeof workshop.roots_text];
    struct room manifest = room_over(manifest_bytes, sizeof manifest_bytes),
                roots = room_over(roots_bytes, sizeof roots_bytes);
    struct message_result result = order(NULL, &message);
    struct pack *pack = NULL;
    assert_ok(result.err);
    assert_int_equal(message.descriptor_count, 3);
    assert_int_equal(result.receipt.present, PACK_RECEIPT_PRESENT);
    assert_ok(install_read(message.descriptors[1], &manifest));
    assert_ok(install_read(message.descriptors[2], &roots));
    assert_ok(pack_open_descriptors(message.descriptors[0], room_span(&manifest), room_span(&roots),
                                    &workshop.rules, &result.receipt, PACK_OPEN_USE, &pack));
    uint64_t seq = pack_info(pack)->seq;
    pack_close(pack);
    messages_drop(&message);
    return seq;
}

static void installs_and_hands_over_what_is_installed(void **state) {
    (void)state;
    struct message message = {0};
    assert_int_equal(order(NULL, &message).err, ERR_INSTALL_NONE);
    assert_int_equal(message.descriptor_count, 0);
    assert_ok(install("5.tpk"));
    assert_int_equal(current(), 5);
    assert_false(order("6.tpk", &message).unchanged);
    assert_true(order("6.tpk", &message).unchanged);
    assert_int_equal(current(), 6);
    assert_err(install("5.tpk"), ERR_INSTALL_ROLLBACK);
    assert_int_equal(current(), 6);
}

/* Twelve changes of roots at once, each with a number that starts anew; then what the keys before them signed. */
static void follows_many_changes_of_roots(void **state) {
    (void)state;
    assert_ok(install("6.tpk"));
    for (int i = 0; i < 12; i++) {
        testpack_rotate(&workshop);
    }
    workshop.claims.seq = 1;
    testpack_sign(&workshop, "lists.db", "r13.tpk");
    assert_ok(install("r13.tpk"));
    assert_int_equal(current(), 1);
    assert_err(install("6.tpk"), ERR_INSTALL_ROLLBACK);
    assert_int_equal(current(), 1);
}

static void refuses_what_is_no_pack(void **state) {
    (void)state;
    struct room bytes = testpack_read(&workshop, "6.tpk");
    testpack_put(&workshop, "cut.tpk", span_slice(room_span(&bytes), 0, bytes.len / 2));
    testpack_put(&workshop, "junk.tpk", span_of_text("junk"));
    assert_err(install("junk.tpk"), ERR_PACK_SHAPE);
    assert_err(install("cut.tpk"), ERR_PACK_SIZE);
    file_release(&bytes);
}

/* Number 7 lacks the academy and has three others. */
static void write_other_lists(void) {
    struct lists *lists = testpack_lists(&workshop, "other.db");
    for (unsigned i = 0; i < 3; i++) {
        char identifier[] = "did:web:school-0.example";
        int64_t row = 0;
        identifier[15] = (char)('0' + i);
        struct lists_issuer issuer = {.territory = span_of_text("EX"), .source = span_of_text("by hand")};
        assert_ok(lists_add_issuer(lists, &issuer, &row));
        assert_ok(lists_add_identifier(lists, row, span_of_text(identifier)));
        assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text(identifier)));
    }
    assert_ok(lists_finish(lists));
    workshop.claims.seq = 7;
    testpack_sign(&workshop, "other.db", "7.tpk");
    workshop.claims.seq = 6;
    testpack_sign(&workshop, "other.db", "6b.tpk");
}

static void inspects_what_would_change_and_changes_nothing(void **state) {
    (void)state;
    write_other_lists();
    struct message_inspected first = inspect("6.tpk");
    assert_ok(first.err);
    assert_false(first.pack.compared || first.pack.unchanged);
    assert_int_equal(first.pack.issuers, 1);
    struct message message = {0};
    assert_int_equal(order(NULL, &message).err, ERR_INSTALL_NONE);
    assert_ok(install("6.tpk"));
    assert_true(inspect("6.tpk").pack.unchanged);
    struct message_inspected other = inspect("7.tpk");
    assert_ok(other.err);
    assert_true(other.pack.compared);
    assert_false(other.pack.unchanged);
    assert_int_equal(other.pack.seq, 7);
    assert_int_equal(other.pack.root, 1);
    assert_int_equal(other.pack.issued_s, workshop.claims.iat_s);
    assert_int_equal(other.pack.next_update_s, workshop.claims.next_update_s);
    assert_int_equal(other.pack.expires_s, workshop.claims.expires_s);
    assert_int_equal(other.pack.issuers, 3);
    assert_int_equal(other.pack.added, 3);
    assert_int_equal(other.pack.removed, 1);
    assert_int_equal(other.pack.changed, 0);
    assert_int_equal(current(), 6);
    assert_err(inspect("5.tpk").err, ERR_INSTALL_ROLLBACK);
    assert_err(inspect("6b.tpk").err, ERR_INSTALL_FORKED);
}

static void inspects_no_pack_that_would_be_refused(void **state) {
    (void)state;
    struct room bytes = testpack_read(&workshop, "6.tpk");
    testpack_put(&workshop, "cut.tpk", span_slice(room_span(&bytes), 0, bytes.len / 2));
    bytes.ptr[bytes.len - 5] ^= 1;
    testpack_put(&workshop, "changed.tpk", room_span(&bytes));
    testpack_put(&workshop, "junk.tpk", span_of_text("junk"));
    assert_err(inspect("junk.tpk").err, ERR_PACK_SHAPE);
    assert_err(inspect("cut.tpk").err, ERR_PACK_SIZE);
    assert_err(inspect("changed.tpk").err, ERR_PACK_HASH);
    assert_int_equal(inspect("changed.tpk").pack.seq, 0);
    file_release(&bytes);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(installs_and_hands_over_what_is_installed, start, stop),
        cmocka_unit_test_setup_teardown(follows_many_changes_of_roots, start, stop),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_pack, start, stop),
        cmocka_unit_test_setup_teardown(inspects_what_would_change_and_changes_nothing, start, stop),
        cmocka_unit_test_setup_teardown(inspects_no_pack_that_would_be_refused, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
