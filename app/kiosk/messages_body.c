/* SPDX-License-Identifier: Apache-2.0 */
/* messages_body: the bodies of all messages but the verdict's and the rules'. */
#include "kiosk/messages.h"

#include "base/limits.h"

#define READER_FLAGS (READER_EVERY_FRAME | READER_THOROUGH | READER_EACH_CODE | READER_PERSIST)

#include "kiosk/wire_parts.h"

/* Hand the room back when all of it fitted. */
static enum err finish(const struct wire_out *wire, struct room *out) {
    if (wire->failed) {
        return ERR_NO_ROOM;
    }
    *out = wire->room;
    return ERR_OK;
}

static enum err done(const struct wire_in *wire) {
    return wire_done(wire) ? ERR_OK : ERR_MESSAGE_SHAPE;
}

enum err messages_put_ready(const struct message_ready *ready, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_u32(&wire, ready->landlock_abi);
    wire_put_u32(&wire, (uint32_t)ready->lists);
    wire_put_u32(&wire, (uint32_t)ready->vocabulary);
    wire_put_bool(&wire, ready->demo);
    wire_put_trust(&wire, &ready->trust);
    wire_put_u64(&wire, ready->root);
    wire_put_bytes(&wire, span_of_bytes(ready->signer, sizeof ready->signer));
    return finish(&wire, out);
}

enum err messages_get_ready(struct span body, struct message_ready *out) {
    struct wire_in wire = {body, 0, false};
    struct message_ready ready = {0};
    ready.landlock_abi = wire_u32(&wire);
    ready.lists = (enum err)wire_enum32(&wire, ERR_COUNT);
    ready.vocabulary = (enum err)wire_enum32(&wire, ERR_COUNT);
    ready.demo = wire_bool(&wire);
    wire_trust(&wire, &ready.trust);
    ready.root = wire_u64(&wire);
    struct span signer = wire_bytes(&wire, sizeof ready.signer);
    if (signer.len != sizeof ready.signer) {
        return ERR_MESSAGE_SHAPE;
    }
    memcpy(ready.signer, signer.ptr, sizeof ready.signer);
    TRY(done(&wire));
    *out = ready;
    return ERR_OK;
}

enum err messages_put_camera(const struct message_camera *camera, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_u8(&wire, (uint8_t)camera->kind);
    wire_put_u32(&wire, camera->wish.width_px);
    wire_put_u32(&wire, camera->wish.height_px);
    wire_put_u32(&wire, camera->wish.rate_fps);
    wire_put_u32(&wire, camera->flags);
    wire_put_u32(&wire, camera->preview_width_px);
    wire_put_u32(&wire, camera->preview_height_px);
    return finish(&wire, out);
}

enum err messages_get_camera(struct span body, struct message_camera *out) {
    struct wire_in wire = {body, 0, false};
    struct message_camera camera = {0};
    camera.kind = (enum camera_kind)wire_enum(&wire, CAMERA_PIPE + 1);
    camera.wish.width_px = wire_u32(&wire);
    camera.wish.height_px = wire_u32(&wire);
    camera.wish.rate_fps = wire_u32(&wire);
    camera.flags = wire_u32(&wire);
    camera.preview_width_px = wire_u32(&wire);
    camera.preview_height_px = wire_u32(&wire);
    TRY(done(&wire));
    if (camera.kind == CAMERA_NONE || (camera.flags & ~READER_FLAGS) != 0) {
        return ERR_MESSAGE_SHAPE;
    }
    *out = camera;
    return ERR_OK;
}

enum err messages_put_stats(const struct message_stats *stats, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_u64(&wire, stats->frames);
    wire_put_u64(&wire, stats->dropped);
    wire_put_u64(&wire, stats->skipped);
    wire_put_u32(&wire, (uint32_t)stats->fault);
    wire_put_u32(&wire, stats->codes);
    wire_put_u32(&wire, stats->width_px);
    wire_put_u32(&wire, stats->height_px);
    wire_put_u32(&wire, stats->cpu_us);
    wire_put_bytes(&wire, span_of_text(stats->pass));
    wire_put_u8(&wire, (uint8_t)stats->sees);
    wire_put_u8(&wire, (uint8_t)stats->advice);
    wire_put_u16(&wire, stats->parts_seen);
    wire_put_u8(&wire, stats->parts_total);
    return finish(&wire, out);
}

/* What can be wrong with a frame. */
static bool is_fault(enum err err) {
    return err == ERR_OK || err == ERR_FRAME_FORMAT || err == ERR_FRAME_TOO_LARGE || err == ERR_FRAME_SHAPE ||
           err == ERR_FRAME_JPEG || err == ERR_CAMERA_FRAME;
}

/* Shown by credctl as it is, so nothing but small letters. */
static enum err take_pass(struct span pass, char out[MESSAGES_PASS_MAX + 1]) {
    for (size_t i = 0; i < pass.len; i++) {
        if (pass.ptr[i] < 'a' || pass.ptr[i] > 'z') {
            return ERR_MESSAGE_SHAPE;
        }
        out[i] = (char)pass.ptr[i];
    }
    out[pass.len] = 0;
    return ERR_OK;
}

enum err messages_get_stats(struct span body, struct message_stats *out) {
    struct wire_in wire = {body, 0, false};
    struct message_stats stats = {0};
    stats.frames = wire_u64(&wire);
    stats.dropped = wire_u64(&wire);
    stats.skipped = wire_u64(&wire);
    stats.fault = (enum err)wire_enum32(&wire, ERR_COUNT);
    stats.codes = wire_u32(&wire);
    stats.width_px = wire_u32(&wire);
    stats.height_px = wire_u32(&wire);
    stats.cpu_us = wire_u32(&wire);
    struct span pass = wire_bytes(&wire, MESSAGES_PASS_MAX);
    stats.sees = (enum guidance)wire_enum(&wire, GUIDANCE_COUNT);
    stats.advice = (enum guidance)wire_enum(&wire, GUIDANCE_COUNT);
    stats.parts_seen = wire_u16(&wire);
    stats.parts_total = wire_u8(&wire);
    TRY(done(&wire));
    TRY(take_pass(pass, stats.pass));
    if (stats.parts_total > LIMIT_SYMBOL_PARTS || stats.parts_seen >> stats.parts_total != 0 ||
        !is_fault(stats.fault)) {
        return ERR_MESSAGE_SHAPE;
    }
    *out = stats;
    return ERR_OK;
}

enum err messages_put_symbol(const struct message_symbol *symbol, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_i64(&wire, symbol->captured_us);
    wire_put_u64(&wire, symbol->frame);
    wire_put_bytes(&wire, symbol->payload);
    return finish(&wire, out);
}

enum err messages_get_symbol(struct span body, struct message_symbol *out) {
    struct wire_in wire = {body, 0, false};
    struct message_symbol symbol = {0};
    symbol.captured_us = wire_i64(&wire);
    symbol.frame = wire_u64(&wire);
    symbol.payload = wire_bytes(&wire, LIMIT_JOINED_BYTES);
    TRY(done(&wire));
    *out = symbol;
    return ERR_OK;
}

enum err messages_put_lost(const struct message_lost *lost, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_u32(&wire, (uint32_t)lost->cause);
    return finish(&wire, out);
}

enum err messages_get_lost(struct span body, struct message_lost *out) {
    struct wire_in wire = {body, 0, false};
    enum err cause = (enum err)wire_u32(&wire);
    TRY(done(&wire));
    if (cause != ERR_CAMERA_GONE && cause != ERR_CAMERA_TIMEOUT && cause != ERR_CAMERA_FORMAT &&
        cause != ERR_CAMERA_REFUSED) {
        return ERR_MESSAGE_SHAPE;
    }
    out->cause = cause;
    return ERR_OK;
}

static void put_list(struct wire_out *wire, const struct policy_list *list) {
    wire_put_u8(wire, (uint8_t)list->count);
    for (size_t i = 0; i < list->count; i++) {
        wire_put_bytes(wire, list->names[i]);
    }
}

static void get_list(struct wire_in *wire, struct policy_list *list) {
    list->count = wire_enum(wire, POLICY_LIST_MAX + 1);
    for (size_t i = 0; i < list->count; i++) {
        list->names[i] = wire_bytes(wire, LIMIT_NAME_BYTES);
    }
}

static void put_tokens(struct wire_out *wire, const struct message_tokens *tokens) {
    wire_put_bool(wire, tokens->lost);
    wire_put_i64(wire, tokens->iat_s);
    wire_put_bytes(wire, tokens->text);
}

static void get_tokens(struct wire_in *wire, struct message_tokens *tokens) {
    tokens->lost = wire_bool(wire);
    tokens->iat_s = wire_i64(wire);
    tokens->text = wire_bytes(wire, INSTALL_TOKENS_BYTES);
}

enum err messages_put_rules(const struct message_rules *rules, struct room *out) {
    struct wire_out wire = {*out, false};
    put_list(&wire, &rules->policy.issuers);
    put_list(&wire, &rules->policy.types);
    put_list(&wire, &rules->policy.achievements);
    wire_put_bool(&wire, rules->policy.expired_is_note);
    wire_put_bool(&wire, rules->policy.clock_required);
    wire_put_bytes(&wire, rules->root);
    wire_put_bytes(&wire, rules->audience);
    wire_put_interval(&wire, &rules->now);
    wire_put_receipt(&wire, &rules->receipt);
    wire_put_bytes(&wire, rules->vocabulary);
    put_tokens(&wire, &rules->tokens);
    return finish(&wire, out);
}

enum err messages_get_rules(struct span body, struct message_rules *out) {
    struct wire_in wire = {body, 0, false};
    struct message_rules rules = {0};
    get_list(&wire, &rules.policy.issuers);
    get_list(&wire, &rules.policy.types);
    get_list(&wire, &rules.policy.achievements);
    rules.policy.expired_is_note = wire_bool(&wire);
    rules.policy.clock_required = wire_bool(&wire);
    rules.root = wire_bytes(&wire, LIMIT_ROOT_CHAIN_BYTES);
    rules.audience = wire_bytes(&wire, LIMIT_NAME_BYTES);
    rules.now = wire_interval(&wire);
    rules.receipt = wire_receipt(&wire);
    rules.vocabulary = wire_bytes(&wire, LIMIT_VOCABULARY_BYTES);
    get_tokens(&wire, &rules.tokens);
    TRY(done(&wire));
    *out = rules;
    return ERR_OK;
}

enum err messages_put_judge(const struct message_judge *judge, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_interval(&wire, &judge->now);
    wire_put_bytes(&wire, judge->language);
    wire_put_bytes(&wire, judge->payload);
    return finish(&wire, out);
}

enum err messages_get_judge(struct span body, struct message_judge *out) {
    struct wire_in wire = {body, 0, false};
    struct message_judge judge = {0};
    judge.now = wire_interval(&wire);
    judge.language = wire_bytes(&wire, MESSAGES_LANGUAGE_MAX);
    judge.payload = wire_bytes(&wire, LIMIT_PAYLOAD_BYTES);
    TRY(done(&wire));
    *out = judge;
    return ERR_OK;
}

enum err messages_put_install(const struct message_install *install, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_bytes(&wire, install->root);
    wire_put_bytes(&wire, install->audience);
    wire_put_interval(&wire, &install->now);
    wire_put_bytes(&wire, install->token);
    return finish(&wire, out);
}

enum err messages_get_install(struct span body, struct message_install *out) {
    struct wire_in wire = {body, 0, false};
    struct message_install install = {0};
    install.root = wire_bytes(&wire, LIMIT_ROOT_CHAIN_BYTES);
    install.audience = wire_bytes(&wire, LIMIT_NAME_BYTES);
    install.now = wire_interval(&wire);
    install.token = wire_bytes(&wire, LIMIT_FRESH_BYTES);
    TRY(done(&wire));
    *out = install;
    return ERR_OK;
}

enum err messages_put_token(const struct message_token *token, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_u32(&wire, (uint32_t)token->err);
    wire_put_i64(&wire, token->iat_s);
    wire_put_i64(&wire, token->until_s);
    wire_put_u32(&wire, token->revoked);
    wire_put_bytes(&wire, token->text);
    return finish(&wire, out);
}

enum err messages_get_token(struct span body, struct message_token *out) {
    struct wire_in wire = {body, 0, false};
    struct message_token token = {0};
    token.err = (enum err)wire_enum32(&wire, ERR_COUNT);
    token.iat_s = wire_i64(&wire);
    token.until_s = wire_i64(&wire);
    token.revoked = wire_u32(&wire);
    token.text = wire_bytes(&wire, LIMIT_FRESH_BYTES);
    TRY(done(&wire));
    if ((token.err == ERR_OK) != (token.text.len > 0)) {
        return ERR_MESSAGE_SHAPE;
    }
    *out = token;
    return ERR_OK;
}

enum err messages_put_result(const struct message_result *result, struct room *out) {
    struct wire_out wire = {*out, false};
    wire_put_u32(&wire, (uint32_t)result->err);
    wire_put_bool(&wire, result->unchanged);
    wire_put_receipt(&wire, &result->receipt);
    put_tokens(&wire, &result->tokens);
    return finish(&wire, out);
}

enum err messages_get_result(struct span body, struct message_result *out) {
    struct wire_in wire = {body, 0, false};
    struct message_result result = {0};
    result.err = (enum err)wire_enum32(&wire, ERR_COUNT);
    result.unchanged = wire_bool(&wire);
    result.receipt = wire_receipt(&wire);
    get_tokens(&wire, &result.tokens);
    TRY(done(&wire));
    *out = result;
    return ERR_OK;
}

enum err messages_put_inspected(const struct message_inspected *inspected, struct room *out) {
    struct wire_out wire = {*out, false};
    const struct install_inspect *pack = &inspected->pack;
    wire_put_u32(&wire, (uint32_t)inspected->err);
    wire_put_u64(&wire, pack->seq);
    wire_put_u64(&wire, pack->root);
    wire_put_i64(&wire, pack->issued_s);
    wire_put_i64(&wire, pack->next_update_s);
    wire_put_i64(&wire, pack->expires_s);
    wire_put_bool(&wire, pack->unchanged);
    wire_put_bool(&wire, pack->compared);
    wire_put_u32(&wire, pack->issuers);
    wire_put_u32(&wire, pack->added);
    wire_put_u32(&wire, pack->removed);
    wire_put_u32(&wire, pack->changed);
    return finish(&wire, out);
}

enum err messages_get_inspected(struct span body, struct message_inspected *out) {
    struct wire_in wire = {body, 0, false};
    struct message_inspected inspected = {0};
    struct install_inspect *pack = &inspected.pack;
    inspected.err = (enum err)wire_enum32(&wire, ERR_COUNT);
    pack->seq = wire_u64(&wire);
    pack->root = wire_u64(&wire);
    pack->issued_s = wire_i64(&wire);
    pack->next_update_s = wire_i64(&wire);
    pack->expires_s = wire_i64(&wire);
    pack->unchanged = wire_bool(&wire);
    pack->compared = wire_bool(&wire);
    pack->issuers = wire_u32(&wire);
    pack->added = wire_u32(&wire);
    pack->removed = wire_u32(&wire);
    pack->changed = wire_u32(&wire);
    TRY(done(&wire));
    *out = inspected;
    return ERR_OK;
}
