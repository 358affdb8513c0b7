/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/installed.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "kiosk/messages.h"

#define LOOK_EVERY_MS 2000
#define PROGRAM       "credkiosk-installer"

/* Changes when a file is replaced; 1 where there is none. */
static uint64_t stamp_of(const char *data, const char *name) {
    char path[PATH_MAX];
    struct stat found;
    if (snprintf(path, sizeof path, "%s/%s", data, name) >= (int)sizeof path || stat(path, &found) != 0) {
        return 1;
    }
    return (uint64_t)found.st_ino * 31u + (uint64_t)found.st_mtim.tv_sec * 1000003u +
           (uint64_t)found.st_mtim.tv_nsec + 2u;
}

/* The pack in use, and the tokens beside it. */
static uint64_t stamp(const char *data) {
    return stamp_of(data, "current") * 7u + stamp_of(data, INSTALL_TOKENS);
}

static void close_files(struct installed *installed) {
    for (size_t i = 0; i < installed->file_count; i++) {
        close(installed->files[i]);
    }
    installed->file_count = 0;
}

static enum err send_order(const struct installed *installed, const struct service *service, int folder) {
    struct message_install ask = {service->root, span_of_text(service->config->audience), service->now, {0}};
    bool token = installed->token.order == INSTALLED_ASKED;
    if (token) {
        ask.token = span_of_bytes(installed->token.text, installed->token.len);
    }
    void *bytes = malloc(MESSAGES_BODY_MAX);
    if (bytes == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room body = room_over(bytes, MESSAGES_BODY_MAX);
    enum err err = messages_put_install(&ask, &body);
    if (err == ERR_OK) {
        err = messages_send(installed->installer.socket, token ? MESSAGE_INSTALL_TOKEN : MESSAGE_CURRENT,
                            room_span(&body), &folder, 1);
    }
    free(bytes);
    return err;
}

/* Nobody could be asked. */
static void fail_token(struct installed *installed, enum err err) {
    if (installed->token.order == INSTALLED_ASKED) {
        installed->token.order = INSTALLED_ANSWERED;
        installed->token.err = err;
    }
}

static void start(struct installed *installed, struct service *service) {
    int folder = open(service->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum err err = folder < 0 ? ERR_STORE_READ : service_start_child(service, PROGRAM, &installed->installer);
    if (err == ERR_OK) {
        err = send_order(installed, service, folder);
    }
    if (folder >= 0) {
        close(folder);
    }
    if (err != ERR_OK) {
        journal_write(service->journal, &service->now, "child", "process=installer why=%s", err_name(err));
        (void)child_end_soon(&installed->installer, &service->left);
        child_retry_failed(&installed->retry, service->now_ms, err);
        fail_token(installed, err);
    }
}

static void lose_installer(struct installed *installed, struct service *service, const char *why) {
    enum err cause = service_end_child(service, &installed->installer, "installer", why);
    child_retry_failed(&installed->retry, service->now_ms, cause);
    fail_token(installed, cause);
}

static void take_tokens(struct installed *installed, const struct message_tokens *tokens) {
    installed->tokens = (struct install_tokens){.lost = tokens->lost, .iat_s = tokens->iat_s};
    if (tokens->text.len <= sizeof installed->tokens.text) {
        installed->tokens.len = tokens->text.len;
        memcpy(installed->tokens.text, tokens->text.ptr, tokens->text.len);
    }
}

/* What became of the token that was handed over; true: those that are kept have changed. */
static bool take_answer(struct installed *installed, struct service *service,
                        const struct message_result *result) {
    installed->token.order = INSTALLED_ANSWERED;
    installed->token.err = result->err;
    journal_write(service->journal, &service->now, "token", "result=%s",
                  result->err == ERR_OK ? "ok" : err_name(result->err));
    if (result->err == ERR_OK) {
        take_tokens(installed, &result->tokens);
    }
    return result->err == ERR_OK;
}

/* Take over what the installer found. */
static void take(struct installed *installed, struct service *service, struct message *message,
                 const struct message_result *result) {
    close_files(installed);
    installed->known = true;
    installed->err = result->err;
    installed->receipt = result->receipt;
    take_tokens(installed, &result->tokens);
    if (result->err == ERR_OK && message->descriptor_count == INSTALLED_FILES) {
        memcpy(installed->files, message->descriptors, sizeof installed->files);
        installed->file_count = INSTALLED_FILES;
    } else {
        installed->err = result->err == ERR_OK ? ERR_INSTALL_NONE : result->err;
        messages_drop(message);
    }
    journal_write(service->journal, &service->now, "lists", "result=%s",
                  installed->err == ERR_OK ? "ok" : err_name(installed->err));
}

/* True: an answer was taken. */
static bool hear(struct installed *installed, struct service *service) {
    uint8_t bytes[MESSAGES_SMALL_ROOM];
    struct room buffer = room_over(bytes, sizeof bytes);
    struct message message = {0};
    struct message_result result = {0};
    enum err err = messages_receive(installed->installer.socket, MESSAGES_FROM_INSTALLER, &buffer, &message);
    if (err == ERR_MESSAGE_NONE || (err == ERR_OK && message.type == MESSAGE_READY)) {
        return false;
    }
    if (err == ERR_OK) {
        err = messages_get_result(message.body, &result);
        if (err != ERR_OK) {
            messages_drop(&message);
        }
    }
    if (err == ERR_OK) {
        bool changed = true;
        if (installed->token.order == INSTALLED_ASKED) {
            messages_drop(&message);
            changed = take_answer(installed, service, &result);
        } else {
            take(installed, service, &message, &result);
        }
        child_retry_well(&installed->retry);
        (void)child_end_soon(&installed->installer, &service->left);
        return changed;
    }
    lose_installer(installed, service, err == ERR_MESSAGE_CLOSED ? "died" : "spoke");
    return false;
}

bool installed_turn(struct installed *installed, struct service *service) {
    if (installed->installer.open) {
        const char *complaint = service_complaint(service, &installed->installer, LIMIT_INSTALLER_ANSWER_MS);
        if (complaint != NULL) {
            lose_installer(installed, service, complaint);
            return false;
        }
        return hear(installed, service);
    }
    if (installed->token.order == INSTALLED_WAITING && service->now_ms >= installed->retry.next_ms) {
        installed->token.order = INSTALLED_ASKED;
        start(installed, service);
        return false;
    }
    if (service->now_ms < installed->look_ms || service->now_ms < installed->retry.next_ms) {
        return false;
    }
    uint64_t stamp_now = stamp(service->data);
    bool changed = stamp_now != installed->stamp_seen || installed->retry.failures > 0;
    installed->look_ms = changed ? 0 : service->now_ms + LOOK_EVERY_MS;
    if (changed) {
        installed->stamp_seen = stamp_now;
        start(installed, service);
    }
    return false;
}

bool installed_take_token(struct installed *installed, struct span text) {
    struct installed_token *token = &installed->token;
    if (token->order != INSTALLED_NOTHING) {
        return false;
    }
    *token = (struct installed_token){.order = INSTALLED_ANSWERED, .err = ERR_FRESH_SHAPE};
    if (text.len <= sizeof token->text) {
        *token = (struct installed_token){.order = INSTALLED_WAITING, .len = text.len};
        memcpy(token->text, text.ptr, text.len);
    }
    return true;
}

bool installed_token_answered(struct installed *installed, enum err *out) {
    if (installed->token.order != INSTALLED_ANSWERED) {
        return false;
    }
    *out = installed->token.err;
    installed->token = (struct installed_token){0};
    return true;
}

struct message_tokens installed_tokens(const struct installed *installed) {
    const struct install_tokens *tokens = &installed->tokens;
    return (struct message_tokens){tokens->lost, tokens->iat_s, span_of_bytes(tokens->text, tokens->len)};
}

void installed_close(struct installed *installed) {
    (void)child_end(&installed->installer);
    close_files(installed);
    *installed = (struct installed){0};
}
