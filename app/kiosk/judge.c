/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/judge.h"

#include <stdlib.h>

#include "kiosk/messages.h"

#define PROGRAM "credkiosk-verifier"
/* A spare that waits says nothing, however long: only its start is timed. */
#define WAITS_MS INT64_MAX

static enum err send_rules(const struct judge *judge, const struct service *service,
                           const struct installed *lists) {
    void *bytes = malloc(MESSAGES_BODY_MAX);
    if (bytes == NULL) {
        return ERR_NO_MEMORY;
    }
    struct message_rules rules = {service->config->policy,
                                  service->root,
                                  span_of_text(service->config->audience),
                                  service->now,
                                  lists->receipt,
                                  service->vocabulary,
                                  installed_tokens(lists)};
    struct room body = room_over(bytes, MESSAGES_BODY_MAX);
    enum err err = messages_put_rules(&rules, &body);
    if (err == ERR_OK) {
        err = messages_send(judge->spare.socket, MESSAGE_VERIFIER_START, room_span(&body), lists->files,
                            lists->file_count);
    }
    free(bytes);
    return err;
}

static void lose_spare(struct judge *judge, struct service *service, const char *why) {
    enum err cause = service_end_child(service, &judge->spare, "verifier", why);
    child_retry_failed(&judge->retry, service->now_ms, cause);
}

static void start_spare(struct judge *judge, struct service *service, const struct installed *lists) {
    if (!lists->known || service->now_ms < judge->retry.next_ms) {
        return;
    }
    enum err err = service_start_child(service, PROGRAM, &judge->spare);
    if (err != ERR_OK) {
        journal_write(service->journal, &service->now, "child", "process=verifier why=%s", err_name(err));
        child_retry_failed(&judge->retry, service->now_ms, err);
    } else if (send_rules(judge, service, lists) != ERR_OK) {
        lose_spare(judge, service, "deaf");
    }
}

/* The spare's one message before it is asked: READY. */
static void hear_spare(struct judge *judge, struct service *service) {
    uint8_t bytes[MESSAGES_SMALL_ROOM];
    struct room buffer = room_over(bytes, sizeof bytes);
    struct message message = {0};
    struct message_ready ready = {0};
    enum err err = messages_receive(judge->spare.socket, MESSAGES_BIT(MESSAGE_READY), &buffer, &message);
    if (err == ERR_MESSAGE_NONE) {
        return;
    }
    if (err == ERR_OK) {
        err = judge->spare.ready ? ERR_MESSAGE_SHAPE : messages_get_ready(message.body, &ready);
    }
    if (err != ERR_OK) {
        lose_spare(judge, service, err == ERR_MESSAGE_CLOSED ? "died" : "spoke");
        return;
    }
    judge->spare.ready = true;
    judge->trust_known = true;
    judge->trust = ready.trust;
    judge->root = ready.root;
    memcpy(judge->signer, ready.signer, sizeof judge->signer);
    judge->demo = judge->demo || ready.demo;
    judge->lists_err = ready.lists;
    judge->vocabulary_err = ready.vocabulary;
    service_note_ready(service, ready.landlock_abi);
}

void judge_turn(struct judge *judge, struct service *service, const struct installed *lists) {
    if (!judge->spare.open) {
        start_spare(judge, service, lists);
        return;
    }
    hear_spare(judge, service);
    if (judge->spare.open) {
        const char *complaint =
            service_complaint(service, &judge->spare, judge->spare.ready ? WAITS_MS : LIMIT_CHILD_ANSWER_MS);
        if (complaint != NULL) {
            lose_spare(judge, service, complaint);
        } else if (judge->spare.ready && service->now_ms - judge->spare.started_ms > CHILD_WELL_MS) {
            child_retry_well(&judge->retry);
        }
    }
}

enum err judge_ask(struct judge *judge, struct service *service, struct span language, struct span payload) {
    if (!judge->spare.open || !judge->spare.ready || judge->busy.open) {
        return ERR_MESSAGE_NONE;
    }
    uint8_t bytes[64 + MESSAGES_LANGUAGE_MAX + LIMIT_JOINED_BYTES];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_judge ask = {service->now, language, payload};
    TRY(messages_put_judge(&ask, &body));
    enum err err = messages_send(judge->spare.socket, MESSAGE_JUDGE, room_span(&body), NULL, 0);
    explicit_bzero(bytes, sizeof bytes);
    if (err != ERR_OK) {
        lose_spare(judge, service, "deaf");
        return err;
    }
    judge->busy = judge->spare;
    judge->busy.heard_ms = service->now_ms;
    judge->spare = (struct child){0};
    return ERR_OK;
}

/* What the visitor is told when a verifier gave no verdict. */
static void no_verdict(struct judge *judge, struct service *service, enum err cause, const char *why,
                       struct verdicts *out) {
    (void)service_end_child(service, &judge->busy, "verifier", why);
    *out = (struct verdicts){.count = 1};
    out->list[0] = (struct verdict){
        .reason = REASON_UNREADABLE, .cause = cause, .trust = judge->trust, .now = service->now};
}

/* A freshness token was shown. */
static enum err take_token(struct judge *judge, struct span body) {
    struct message_token token = {0};
    TRY(messages_get_token(body, &token));
    struct judge_token *out = &judge->token;
    *out = (struct judge_token){token.err, token.iat_s, token.until_s, token.revoked, token.text.len, {0}};
    memcpy(out->text, token.text.ptr, token.text.len);
    return ERR_OK;
}

enum judge_said judge_answer(struct judge *judge, struct service *service, struct verdicts *out) {
    if (!judge->busy.open) {
        return JUDGE_NOTHING;
    }
    uint8_t bytes[MESSAGES_SMALL_ROOM];
    struct room buffer = room_over(bytes, sizeof bytes);
    struct message message = {0};
    enum err err = messages_receive(
        judge->busy.socket, MESSAGES_BIT(MESSAGE_VERDICT) | MESSAGES_BIT(MESSAGE_TOKEN), &buffer, &message);
    if (err == ERR_OK) {
        err = message.type == MESSAGE_TOKEN ? take_token(judge, message.body)
                                            : messages_get_verdicts(message.body, out);
    }
    explicit_bzero(bytes, sizeof bytes);
    if (err == ERR_OK) {
        (void)child_end_soon(&judge->busy, &service->left);
        child_retry_well(&judge->retry);
        return message.type == MESSAGE_TOKEN ? JUDGE_TOKEN : JUDGE_VERDICTS;
    }
    if (err != ERR_MESSAGE_NONE) {
        no_verdict(judge, service, err, err == ERR_MESSAGE_CLOSED ? "died" : "spoke", out);
        return JUDGE_VERDICTS;
    }
    const char *complaint = service_complaint(service, &judge->busy, LIMIT_CHILD_ANSWER_MS);
    if (complaint != NULL) {
        no_verdict(judge, service, complaint[0] == 's' ? ERR_CHILD_SILENT : ERR_CHILD_GROWN, complaint, out);
        return JUDGE_VERDICTS;
    }
    return JUDGE_NOTHING;
}

void judge_renew(struct judge *judge, struct service *service) {
    (void)child_end_soon(&judge->spare, &service->left);
    child_retry_well(&judge->retry);
}

void judge_close(struct judge *judge) {
    (void)child_end(&judge->spare);
    (void)child_end(&judge->busy);
    *judge = (struct judge){0};
}
