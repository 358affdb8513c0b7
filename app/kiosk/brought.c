/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/brought.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOK_EVERY_MS 500
#define PROGRAM       "credkiosk-installer"

static void enter(struct brought *brought, struct service *service, enum brought_step step, enum err err) {
    static const char *const names[] = {"nothing",    "reading", "waiting",   "looking", "found",
                                        "installing", "done",    "unchanged", "refused", "tokens"};
    brought->step = step;
    brought->err = err;
    journal_write(service->journal, &service->now, "stick", "step=%s%s%s", names[step],
                  err == ERR_OK ? "" : " why=", err == ERR_OK ? "" : err_name(err));
}

/* ---- the installer */

/* Changes when another status is written; 0 where there is none. */
static uint64_t stamp_of(const char *data) {
    char path[PATH_MAX];
    struct stat found;
    if (snprintf(path, sizeof path, "%s/" STICK_FOLDER "/status", data) >= (int)sizeof path ||
        stat(path, &found) != 0) {
        return 0;
    }
    return ((uint64_t)found.st_ino * 31u + (uint64_t)found.st_mtim.tv_sec * 1000003u +
            (uint64_t)found.st_mtim.tv_nsec) |
           1u;
}

static enum err send_order(const struct brought *brought, const struct service *service,
                           enum message_type type, const int descriptors[2]) {
    struct message_install order = {
        service->root, span_of_text(service->config->audience), service->now, {0}};
    void *bytes = malloc(MESSAGES_BODY_MAX);
    if (bytes == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room body = room_over(bytes, MESSAGES_BODY_MAX);
    enum err err = messages_put_install(&order, &body);
    if (err == ERR_OK) {
        err = messages_send(brought->installer.socket, type, room_span(&body), descriptors, 2);
    }
    free(bytes);
    return err;
}

static enum err order_file(struct brought *brought, struct service *service, enum message_type type,
                           int file) {
    int folder = open(service->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return ERR_STORE_READ;
    }
    const int descriptors[2] = {file, folder};
    enum err err = service_start_child(service, PROGRAM, &brought->installer);
    if (err == ERR_OK) {
        err = send_order(brought, service, type, descriptors);
        if (err != ERR_OK) {
            err = service_end_child(service, &brought->installer, "installer", "deaf");
        }
    }
    close(folder);
    return err;
}

/* Have an installer do this with one of the copies. Whoever replaces them changes the status first: where that is as it
 * was after the copy was opened, it is the one that was looked at. */
static enum err order(struct brought *brought, struct service *service, enum message_type type,
                      uint32_t pack) {
    const struct store_port *store = &service->board->store;
    char path[32];
    int file = -1;
    stick_path(STICK_PACK, pack, path);
    TRY(store->open(store->ctx, path, &file));
    bool same = stamp_of(service->data) == brought->stamp;
    enum err err = same ? order_file(brought, service, type, file) : ERR_STICK_READ;
    store->close(store->ctx, file);
    return err;
}

/* The copies are not needed any more. A stick that is being read right now replaces them by itself. */
static void forget_copies(struct service *service) {
    int folder = open(service->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC), lock = -1;
    if (folder >= 0 && stick_try_lock(folder, &lock)) {
        (void)!stick_forget(&service->board->store);
        close(lock);
    }
    if (folder >= 0) {
        close(folder);
    }
}

/* ---- what came of it */

static bool newer(const struct install_inspect *a, const struct install_inspect *b) {
    return a->root != b->root ? a->root > b->root : a->seq > b->seq;
}

/* The newest that may be installed counts; where none may, why not the first of them. An alarm is never passed over. */
static void weigh(struct brought *brought, const struct message_inspected *inspected) {
    bool none = brought->chosen == brought->packs;
    if (inspected->err == ERR_OK && (none || newer(&inspected->pack, &brought->pack))) {
        brought->pack = inspected->pack;
        brought->chosen = brought->looked;
    } else if (inspected->err != ERR_OK && (brought->err == ERR_OK || inspected->err == ERR_INSTALL_FORKED)) {
        brought->err = inspected->err;
    }
}

/* After the last pack was looked at. */
static void conclude(struct brought *brought, struct service *service) {
    enum err err = brought->err;
    if (err == ERR_INSTALL_FORKED || brought->chosen == brought->packs) {
        enter(brought, service, BROUGHT_REFUSED, err);
    } else if (brought->pack.unchanged) {
        enter(brought, service, BROUGHT_UNCHANGED, ERR_OK);
    } else {
        enter(brought, service, BROUGHT_FOUND, ERR_OK);
    }
}

static void take_inspected(struct brought *brought, struct service *service,
                           const struct message_inspected *inspected) {
    weigh(brought, inspected);
    brought->looked++;
    if (brought->looked >= brought->packs) {
        conclude(brought, service);
    }
}

static void take_result(struct brought *brought, struct service *service,
                        const struct message_result *result) {
    enum brought_step step = result->err != ERR_OK ? BROUGHT_REFUSED
                             : result->unchanged   ? BROUGHT_UNCHANGED
                                                   : BROUGHT_DONE;
    enter(brought, service, step, result->err);
}

/* An installer that dies over a pack has refused it. */
static void lose(struct brought *brought, struct service *service, const char *why) {
    enum err cause = service_end_child(service, &brought->installer, "installer", why);
    const struct message_inspected inspected = {.err = cause};
    const struct message_result result = {.err = cause};
    if (brought->step == BROUGHT_LOOKING) {
        take_inspected(brought, service, &inspected);
    } else {
        take_result(brought, service, &result);
    }
}

static enum err take(struct brought *brought, struct service *service, const struct message *message) {
    struct message_inspected inspected = {0};
    struct message_result result = {0};
    bool looking = brought->step == BROUGHT_LOOKING;
    if (message->type != (looking ? MESSAGE_INSPECTED : MESSAGE_RESULT)) {
        return ERR_MESSAGE_SHAPE;
    }
    TRY(looking ? messages_get_inspected(message->body, &inspected)
                : messages_get_result(message->body, &result));
    (void)child_end_soon(&brought->installer, &service->left);
    if (looking) {
        take_inspected(brought, service, &inspected);
    } else {
        take_result(brought, service, &result);
    }
    return ERR_OK;
}

static void hear(struct brought *brought, struct service *service) {
    uint8_t bytes[MESSAGES_SMALL_ROOM];
    struct room buffer = room_over(bytes, sizeof bytes);
    struct message message = {0};
    const char *complaint = service_complaint(service, &brought->installer, LIMIT_INSTALLER_ANSWER_MS);
    enum err err = complaint != NULL ? ERR_CHILD_SILENT
                                     : messages_receive(brought->installer.socket, MESSAGES_FROM_INSTALLER,
                                                        &buffer, &message);
    if (err == ERR_MESSAGE_NONE || (err == ERR_OK && message.type == MESSAGE_READY)) {
        return;
    }
    err = err == ERR_OK ? take(brought, service, &message) : err;
    messages_drop(&message);
    if (err != ERR_OK) {
        lose(brought, service, complaint != NULL ? complaint : err == ERR_MESSAGE_CLOSED ? "died" : "spoke");
    }
}

/* ---- the stick */

static void take_status(struct brought *brought, struct service *service, const struct stick_status *status) {
    brought->packs = brought->chosen = status->packs;
    brought->tokens = status->tokens;
    brought->looked = brought->handed = brought->taken = brought->refused = 0;
    brought->token_waits = false;
    brought->token_err = ERR_OK;
    brought->pack = (struct install_inspect){0};
    switch (status->step) {
    case STICK_READING:
        enter(brought, service, BROUGHT_READING, ERR_OK);
        break;
    case STICK_READY:
        enter(brought, service, BROUGHT_WAITING, ERR_OK);
        break;
    case STICK_FAILED:
        enter(brought, service, BROUGHT_REFUSED, status->err);
        break;
    case STICK_NONE:
        if (brought->step == BROUGHT_READING || brought->step == BROUGHT_WAITING) {
            enter(brought, service, BROUGHT_NOTHING, ERR_OK);
        }
        break;
    }
}

/* Nobody reads any more what is still called being read: its program was killed, or the machine went off. */
static bool is_orphan(const struct service *service) {
    int folder = open(service->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC), lock = -1;
    bool orphan = folder >= 0 && stick_try_lock(folder, &lock);
    if (orphan) {
        close(lock);
    }
    if (folder >= 0) {
        close(folder);
    }
    return orphan;
}

/* While an installer works on the copies, another stick waits for its turn to be noticed. */
static void look(struct brought *brought, struct service *service) {
    struct stick_status status = {0};
    if (service->now_ms < brought->look_ms || brought->installer.open) {
        return;
    }
    brought->look_ms = service->now_ms + LOOK_EVERY_MS;
    uint64_t stamp = stamp_of(service->data);
    bool orphan = brought->step == BROUGHT_READING && is_orphan(service);
    if (stamp == brought->stamp && !orphan) {
        return;
    }
    enum err err = stick_status_read(&service->board->store, &status);
    if (err != ERR_OK || (orphan && status.step == STICK_READING)) {
        status = (struct stick_status){.step = STICK_FAILED, .err = err == ERR_OK ? ERR_STICK_READ : err};
    }
    brought->stamp = stamp;
    take_status(brought, service, &status);
}

static void look_into(struct brought *brought, struct service *service) {
    if (brought->step == BROUGHT_WAITING) {
        enter(brought, service, brought->packs > 0 ? BROUGHT_LOOKING : BROUGHT_TOKENS, ERR_OK);
    }
    if (brought->step == BROUGHT_LOOKING && !brought->installer.open) {
        const struct message_inspected failed = {
            .err = order(brought, service, MESSAGE_INSPECT, brought->looked)};
        if (failed.err != ERR_OK) {
            take_inspected(brought, service, &failed);
        }
    }
}

bool brought_turn(struct brought *brought, struct service *service, bool looking) {
    enum brought_step before = brought->step;
    if (brought->installer.open) {
        hear(brought, service);
    }
    look(brought, service);
    if (looking) {
        look_into(brought, service);
    }
    return brought->step != before;
}

void brought_confirm(struct brought *brought, struct service *service) {
    if (brought->step != BROUGHT_FOUND) {
        return;
    }
    enter(brought, service, BROUGHT_INSTALLING, ERR_OK);
    const struct message_result failed = {.err = order(brought, service, MESSAGE_INSTALL, brought->chosen)};
    if (failed.err != ERR_OK) {
        take_result(brought, service, &failed);
    }
}

void brought_dismiss(struct brought *brought, struct service *service) {
    if (brought->step < BROUGHT_FOUND || brought->step == BROUGHT_INSTALLING) {
        return;
    }
    forget_copies(service);
    brought->stamp = stamp_of(service->data);
    brought->packs = brought->tokens = 0;
    enter(brought, service, BROUGHT_NOTHING, ERR_OK);
}

static bool packs_are_done(const struct brought *brought) {
    return brought->step == BROUGHT_DONE || brought->step == BROUGHT_UNCHANGED ||
           brought->step == BROUGHT_TOKENS || brought->step == BROUGHT_REFUSED;
}

static bool is_blank(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* An editor or a shell leaves a line feed behind. */
static void trim(struct room *text) {
    size_t from = 0;
    while (text->len > 0 && is_blank(text->ptr[text->len - 1])) {
        text->len--;
    }
    while (from < text->len && is_blank(text->ptr[from])) {
        from++;
    }
    text->len -= from;
    memmove(text->ptr, text->ptr + from, text->len);
}

void brought_token_answered(struct brought *brought, struct service *service, enum err err) {
    brought->token_waits = false;
    brought->taken += err == ERR_OK ? 1 : 0;
    brought->refused += err == ERR_OK ? 0 : 1;
    brought->token_err = err == ERR_OK ? brought->token_err : err;
    journal_write(service->journal, &service->now, "stick", "token=%s",
                  err == ERR_OK ? "taken" : err_name(err));
}

bool brought_token(struct brought *brought, struct service *service, struct room *out) {
    const struct store_port *store = &service->board->store;
    while (packs_are_done(brought) && !brought->token_waits && brought->handed < brought->tokens) {
        char path[32];
        out->len = 0;
        stick_path(STICK_TOKEN, brought->handed++, path);
        enum err err = store->read(store->ctx, path, out);
        if (err == ERR_OK) {
            trim(out);
            brought->token_waits = true;
            return true;
        }
        brought_token_answered(brought, service, err == ERR_NO_ROOM ? ERR_FRESH_SHAPE : err);
    }
    return false;
}

bool brought_is_over(const struct brought *brought) {
    return packs_are_done(brought) && !brought->token_waits && brought->handed == brought->tokens;
}

void brought_close(struct brought *brought) {
    (void)child_end(&brought->installer);
    *brought = (struct brought){0};
}
