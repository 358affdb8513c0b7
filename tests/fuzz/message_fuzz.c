/* SPDX-License-Identifier: Apache-2.0 */
/* message_fuzz: bodies of messages as a taken-over child may send them; the first byte says which. What is read and
 * written again must be the same bytes. */
#include <stdlib.h>

#include "kiosk/messages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_verdicts(struct span body) {
    static uint8_t bytes[MESSAGES_INLINE_MAX];
    struct verdicts verdicts = {0};
    struct room out = room_over(bytes, sizeof bytes);
    if (messages_get_verdicts(body, &verdicts) != ERR_OK) {
        return;
    }
    if (verdicts.count == 0 || verdicts.count > LIMIT_PRESENTED ||
        verdict_worst(&verdicts) >= verdicts.count || messages_put_verdicts(&verdicts, &out) != ERR_OK ||
        !span_equal(room_span(&out), body)) {
        abort();
    }
}

static void check_rules(struct span body) {
    static uint8_t bytes[MESSAGES_BODY_MAX];
    struct message_rules rules = {0};
    struct room out = room_over(bytes, sizeof bytes);
    if (messages_get_rules(body, &rules) == ERR_OK &&
        (messages_put_rules(&rules, &out) != ERR_OK || !span_equal(room_span(&out), body))) {
        abort();
    }
}

static void read_others(uint8_t type, struct span body) {
    union {
        struct message_ready ready;
        struct message_camera camera;
        struct message_stats stats;
        struct message_symbol symbol;
        struct message_lost lost;
        struct message_judge judge;
        struct message_install install;
        struct message_result result;
    } out;
    enum err err = ERR_OK;
    switch (type % 8) {
    case 0:
        err = messages_get_ready(body, &out.ready);
        break;
    case 1:
        err = messages_get_camera(body, &out.camera);
        break;
    case 2:
        err = messages_get_stats(body, &out.stats);
        if (err == ERR_OK && (out.stats.sees >= GUIDANCE_COUNT || out.stats.advice >= GUIDANCE_COUNT)) {
            abort();
        }
        break;
    case 3:
        err = messages_get_symbol(body, &out.symbol);
        break;
    case 4:
        err = messages_get_lost(body, &out.lost);
        break;
    case 5:
        err = messages_get_judge(body, &out.judge);
        break;
    case 6:
        err = messages_get_install(body, &out.install);
        break;
    default:
        err = messages_get_result(body, &out.result);
        break;
    }
    if (err != ERR_OK && err != ERR_MESSAGE_SHAPE) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    struct span body = {data + 1, size - 1};
    if (data[0] == 'v') {
        check_verdicts(body);
    } else if (data[0] == 'r') {
        check_rules(body);
    } else {
        read_others(data[0], body);
    }
    return 0;
}
