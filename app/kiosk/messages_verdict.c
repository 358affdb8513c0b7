/* SPDX-License-Identifier: Apache-2.0 */
/* messages_verdict: the body of VERDICT: a count, then so many verdicts. The class is not sent: it follows from the
 * reason. */
#include "kiosk/messages.h"

#include "kiosk/wire_parts.h"

/* Bits of `notes` that stand for a reason. */
#define NOTES_MASK ((1u << (REASON_OK - REASON_STATUS_UNKNOWN)) - 1u)

static void put_date(struct wire_out *wire, const struct shown_date *date) {
    wire_put_bool(wire, date->present);
    wire_put_i64(wire, date->time_s);
}

static struct shown_date get_date(struct wire_in *wire) {
    struct shown_date date = {0};
    date.present = wire_bool(wire);
    date.time_s = wire_i64(wire);
    return date;
}

static void put_checks(struct wire_out *wire, const struct verdict *verdict) {
    for (size_t i = 0; i < CHECK_COUNT; i++) {
        const struct verdict_check *check = &verdict->checks[i];
        wire_put_u8(wire, (uint8_t)check->result);
        wire_put_u8(wire, (uint8_t)check->sentence);
        wire_put_bool(wire, check->has_as_of);
        wire_put_i64(wire, check->as_of_s);
    }
}

static void get_checks(struct wire_in *wire, struct verdict *verdict) {
    _Static_assert(SENTENCE_COUNT <= 256, "a sentence takes one byte");
    for (size_t i = 0; i < CHECK_COUNT; i++) {
        struct verdict_check *check = &verdict->checks[i];
        check->result = (enum verdict_result)wire_enum(wire, RESULT_COUNT);
        check->sentence = (enum verdict_sentence)wire_enum(wire, SENTENCE_COUNT);
        check->has_as_of = wire_bool(wire);
        check->as_of_s = wire_i64(wire);
    }
}

static void put_credential(struct wire_out *wire, const struct shown_credential *c) {
    const struct shown *texts[] = {&c->issuer,           &c->issuer_id,   &c->holder,
                                   &c->subject_id,       &c->achievement, &c->achievement_id,
                                   &c->achievement_type, &c->description, &c->criteria,
                                   &c->status_message,   &c->id,          &c->format};
    wire_put_bool(wire, c->present);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        wire_put_shown(wire, texts[i]);
    }
    put_date(wire, &c->awarded);
    put_date(wire, &c->valid_from);
    put_date(wire, &c->valid_until);
    wire_put_bytes(wire, span_of_bytes(c->tag, sizeof c->tag));
}

static void get_credential(struct wire_in *wire, struct shown_credential *c) {
    struct shown *texts[] = {&c->issuer,           &c->issuer_id,   &c->holder,
                             &c->subject_id,       &c->achievement, &c->achievement_id,
                             &c->achievement_type, &c->description, &c->criteria,
                             &c->status_message,   &c->id,          &c->format};
    c->present = wire_bool(wire);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        wire_shown(wire, texts[i]);
    }
    c->awarded = get_date(wire);
    c->valid_from = get_date(wire);
    c->valid_until = get_date(wire);
    struct span tag = wire_bytes(wire, sizeof c->tag);
    if (tag.len != sizeof c->tag) {
        wire->failed = true;
        return;
    }
    memcpy(c->tag, tag.ptr, sizeof c->tag);
}

static void put_verdict(struct wire_out *wire, const struct verdict *verdict) {
    wire_put_u8(wire, (uint8_t)verdict->reason);
    wire_put_u32(wire, (uint32_t)verdict->cause);
    wire_put_u32(wire, verdict->notes);
    put_checks(wire, verdict);
    put_credential(wire, &verdict->credential);
    wire_put_trust(wire, &verdict->trust);
    wire_put_interval(wire, &verdict->now);
}

enum err messages_put_verdicts(const struct verdicts *verdicts, struct room *out) {
    struct wire_out wire = {*out, verdicts->count == 0 || verdicts->count > LIMIT_PRESENTED};
    wire_put_u8(&wire, (uint8_t)verdicts->count);
    for (uint32_t i = 0; !wire.failed && i < verdicts->count; i++) {
        put_verdict(&wire, &verdicts->list[i]);
    }
    if (wire.failed) {
        return ERR_NO_ROOM;
    }
    *out = wire.room;
    return ERR_OK;
}

/* The reason, cause and notes: numbers of this build's own enums. */
static void get_answer(struct wire_in *wire, struct verdict *verdict) {
    verdict->reason = (enum verdict_reason)wire_enum(wire, REASON_COUNT);
    uint32_t cause = wire_u32(wire);
    verdict->notes = wire_u32(wire);
    if (verdict->reason == REASON_NONE || cause >= ERR_COUNT || (verdict->notes & ~NOTES_MASK) != 0) {
        wire->failed = true;
    }
    verdict->cause = cause < ERR_COUNT ? (enum err)cause : ERR_OK;
}

static void get_verdict(struct wire_in *wire, struct verdict *verdict) {
    get_answer(wire, verdict);
    get_checks(wire, verdict);
    get_credential(wire, &verdict->credential);
    wire_trust(wire, &verdict->trust);
    verdict->now = wire_interval(wire);
}

enum err messages_get_verdicts(struct span body, struct verdicts *out) {
    struct wire_in wire = {body, 0, false};
    struct verdicts verdicts = {.count = wire_enum(&wire, LIMIT_PRESENTED + 1)};
    for (uint32_t i = 0; !wire.failed && i < verdicts.count; i++) {
        get_verdict(&wire, &verdicts.list[i]);
    }
    if (!wire_done(&wire) || verdicts.count == 0) {
        return ERR_MESSAGE_SHAPE;
    }
    *out = verdicts;
    return ERR_OK;
}
