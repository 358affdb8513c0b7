/* SPDX-License-Identifier: Apache-2.0 */
/* credkiosk-installer: installs or inspects one pack, or finds the installed one and hands face its files, and ends. */
#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "crypto/crypto.h"
#include "kiosk/install.h"
#include "kiosk/messages.h"
#include "kiosk/sandbox.h"

/* Exit statuses, which face writes into the journal. */
enum { ENDED_WELL = 0, ENDED_START = 70, ENDED_SANDBOX = 71, ENDED_MESSAGE = 72, ENDED_FOLDER = 73 };

/* What is answered, with the descriptors of the installed pack where they were asked for. */
struct outcome {
    struct message_result result;
    struct install_files files;
    struct install_inspect inspected;
    struct install_tokens tokens;
};

/* Libraries that read files on first use do it before the lock. */
static enum err start_libraries(void) {
    TRY(crypto_start());
    json_object_seed(0);
    uint8_t seed[4];
    sqlite3_randomness(sizeof seed, seed);
    return sqlite3_initialize() == SQLITE_OK ? ERR_OK : ERR_PACK_DAMAGED;
}

static enum err find_current(const struct store_port *store, const struct pack_rules *rules,
                             struct outcome *outcome) {
    struct pack *pack = NULL;
    TRY(install_current(store, rules, &pack, &outcome->files));
    outcome->result.receipt = pack_open_receipt(pack);
    enum err err = install_tokens_read(store, pack_info(pack), &outcome->tokens);
    pack_close(pack);
    if (err != ERR_OK) {
        install_files_close(&outcome->files);
    }
    return err;
}

static enum err install(const struct store_port *store, int file, const struct pack_rules *rules,
                        struct outcome *outcome) {
    enum install_outcome done = INSTALL_NOT_DONE;
    TRY(install_pack(store, file, rules, &done));
    outcome->result.unchanged = done == INSTALL_UNCHANGED;
    return ERR_OK;
}

static enum err do_order(const struct message *message, const struct message_install *order,
                         const struct store_port *store, const struct pack_rules *rules,
                         struct outcome *outcome) {
    int file = message->descriptors[0];
    switch (message->type) {
    case MESSAGE_INSTALL:
        return install(store, file, rules, outcome);
    case MESSAGE_INSPECT:
        return install_inspect_file(store, file, rules, &outcome->inspected);
    case MESSAGE_INSTALL_TOKEN:
        return install_tokens_add(store, order->token, rules, &outcome->tokens);
    default:
        return find_current(store, rules, outcome);
    }
}

/* INSTALL and INSPECT bring the pack file and the data folder, the others the data folder alone. */
static enum err carry_out(const struct message *message, const struct message_install *order,
                          struct outcome *outcome) {
    struct pack_rules rules = {order->root, order->audience, PACK_APP_VERSION, order->now};
    struct store_port store = {0};
    TRY(store_open(message->descriptors[message->descriptor_count - 1], &store));
    enum err err = do_order(message, order, &store, &rules, outcome);
    store_close(&store);
    return err;
}

static enum err reply_inspected(const struct outcome *outcome) {
    uint8_t body[128];
    struct room out = room_over(body, sizeof body);
    struct message_inspected inspected = {outcome->result.err, outcome->inspected};
    TRY(messages_put_inspected(&inspected, &out));
    return messages_send(MESSAGES_SOCKET, MESSAGE_INSPECTED, room_span(&out), NULL, 0);
}

static enum err reply(struct outcome *outcome) {
    uint8_t body[256 + INSTALL_TOKENS_BYTES];
    struct room out = room_over(body, sizeof body);
    const struct install_tokens *tokens = &outcome->tokens;
    outcome->result.tokens =
        (struct message_tokens){tokens->lost, tokens->iat_s, span_of_bytes(tokens->text, tokens->len)};
    const int descriptors[] = {outcome->files.database, outcome->files.manifest, outcome->files.roots};
    TRY(messages_put_result(&outcome->result, &out));
    return messages_send(MESSAGES_SOCKET, MESSAGE_RESULT, room_span(&out), descriptors,
                         outcome->files.open ? 3 : 0);
}

static enum err serve(const struct message *message) {
    struct message_install order = {0};
    struct outcome outcome = {0};
    TRY(messages_get_install(message->body, &order));
    outcome.result.err = carry_out(message, &order, &outcome);
    enum err err = message->type == MESSAGE_INSPECT ? reply_inspected(&outcome) : reply(&outcome);
    install_files_close(&outcome.files);
    return err;
}

int main(void) {
    sandbox_begin();
    struct message message = {0};
    struct sandbox_report report = {0};
    void *memory = malloc(MESSAGES_LARGE_ROOM);
    if (memory == NULL || start_libraries() != ERR_OK) {
        _exit(ENDED_START);
    }
    struct room buffer = room_over(memory, MESSAGES_LARGE_ROOM);
    enum err err = ERR_MESSAGE_NONE;
    while (err == ERR_MESSAGE_NONE) {
        err = messages_receive(MESSAGES_SOCKET, MESSAGES_TO_INSTALLER, &buffer, &message);
    }
    if (err != ERR_OK || message.descriptor_count == 0) {
        _exit(err == ERR_MESSAGE_CLOSED ? ENDED_WELL : ENDED_MESSAGE);
    }
    int folder = message.descriptors[message.descriptor_count - 1], lock = -1;
    if (store_lock(folder, &lock) != ERR_OK) {
        _exit(ENDED_FOLDER);
    }
    if (sandbox_lock(&sandbox_installer, folder, &report) != ERR_OK) {
        _exit(ENDED_SANDBOX);
    }
    err = serve(&message);
    messages_drop(&message);
    _exit(err == ERR_OK ? ENDED_WELL : ENDED_MESSAGE);
}
