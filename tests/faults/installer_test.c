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

/* Order INSTALL of a pack, or CURRENT where it is NULL; the message's descriptors are the caller's. */
static struct message_result order(const char *pack, struct message *message) {
    struct child child = {0};
    uint8_t body_bytes[16384];
    struct room body = room_over(body_bytes, sizeof body_bytes),
                buffer = room_over(buffer_bytes, sizeof buffer_bytes);
    struct message_install install = {workshop.rules.root, workshop.rules.audience, workshop.rules.now};
    struct message_result result = {0};
    int descriptors[2] = {-1, -1};
    size_t count = 0;
    if (pack != NULL) {
        descriptors[count++] = open_in(pack, O_RDONLY);
    }
    descriptors[count++] = open_in("data", O_RDONLY | O_DIRECTORY);
    assert_ok(child_start(getenv("BIN"), "credkiosk-installer", &child));
    assert_ok(messages_put_install(&install, &body));
    assert_ok(messages_send(child.socket, pack == NULL ? MESSAGE_CURRENT : MESSAGE_INSTALL, room_span(&body),
                            descriptors, count));
    receive(&child, &buffer, message);
    assert_int_equal(message->type, MESSAGE_RESULT);
    assert_ok(messages_get_result(message->body, &result));
    ends_well(&child);
    for (size_t i = 0; i < count; i++) {
        close(descriptors[i]);
    }
    return result;
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
    uint8_t manifest_bytes[4096], roots_bytes[8192];
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
    assert_ok(install("6.tpk"));
    assert_ok(install("6.tpk"));
    assert_int_equal(current(), 6);
    assert_err(install("5.tpk"), ERR_INSTALL_ROLLBACK);
    assert_int_equal(current(), 6);
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

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(installs_and_hands_over_what_is_installed, start, stop),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_pack, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
