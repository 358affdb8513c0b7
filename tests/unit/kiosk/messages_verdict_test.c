/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <sys/socket.h>
#include <unistd.h>

#include "kiosk/messages.h"

static void fill(struct shown *shown, const char *text) {
    shown_set(shown, span_of_text(text));
}

static struct verdicts some_verdicts(void) {
    struct verdicts verdicts = {.count = 2};
    struct verdict verdict = {.reason = REASON_STATUS_STALE, .cause = ERR_PACK_DAMAGED, .notes = 3};
    verdict.checks[CHECK_STATUS] = (struct verdict_check){RESULT_PASSED, 1, true, 99};
    verdict.credential.present = true;
    fill(&verdict.credential.holder, "Ada Lovelace");
    fill(&verdict.credential.achievement, "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7");
    verdict.credential.valid_until = (struct shown_date){true, -5};
    verdict.trust = (struct shown_trust){.present = true, .demo = true, .seq = UINT64_MAX, .expires_s = 7};
    verdict.now = (struct interval){1, INTERVAL_UNBOUNDED, INTERVAL_RTC, 0};
    verdicts.list[0] = verdict;
    verdicts.list[1].reason = REASON_REVOKED;
    verdicts.list[1].checks[CHECK_HOLDER] =
        (struct verdict_check){RESULT_PASSED, SENTENCE_COUNT - 1, true, 7};
    return verdicts;
}

static void verdicts_survive_the_way(void **state) {
    (void)state;
    struct verdicts verdicts = some_verdicts(), sent = {0};
    uint8_t bytes[MESSAGES_INLINE_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    assert_ok(messages_put_verdicts(&verdicts, &body));
    assert_ok(messages_get_verdicts(room_span(&body), &sent));
    assert_int_equal(sent.count, 2);
    const struct verdict *verdict = &verdicts.list[0], *back = &sent.list[0];
    assert_int_equal(back->reason, verdict->reason);
    assert_int_equal(back->checks[CHECK_STATUS].as_of_s, 99);
    assert_memory_equal(&back->credential.holder, &verdict->credential.holder,
                        sizeof back->credential.holder);
    assert_int_equal(back->credential.valid_until.time_s, -5);
    assert_true(back->trust.seq == UINT64_MAX && back->trust.demo);
    assert_true(back->now.hi_s == INTERVAL_UNBOUNDED);
    assert_int_equal(sent.list[1].reason, REASON_REVOKED);
    assert_int_equal(sent.list[1].checks[CHECK_HOLDER].as_of_s, 7);
    assert_false(sent.list[1].credential.present);
}

/* Every text, list and number at its longest. */
static void fill_up(struct verdict *verdict) {
    static const struct verdict_check check = {RESULT_FAILED, SENTENCE_COUNT - 1, true, INT64_MIN};
    struct shown_credential *c = &verdict->credential;
    char text[LIMIT_SHOWN_BYTES + 1] = {0};
    memset(text, 'W', LIMIT_SHOWN_BYTES);
    struct shown *texts[] = {&c->issuer,
                             &c->issuer_id,
                             &c->holder,
                             &c->subject_id,
                             &c->achievement,
                             &c->achievement_id,
                             &c->achievement_type,
                             &c->description,
                             &c->criteria,
                             &c->id,
                             &c->format,
                             &c->status_message,
                             &verdict->trust.scheme};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fill(texts[i], text);
        assert_int_equal(texts[i]->len, LIMIT_SHOWN_BYTES);
    }
    for (int i = 0; i < CHECK_COUNT; i++) {
        verdict->checks[i] = check;
    }
    verdict->reason = REASON_OK;
    verdict->cause = ERR_COUNT - 1;
    memset(c->tag, 0xFF, sizeof c->tag);
}

/* A locked-in verifier has no memfd for more than a packet takes. */
static void as_many_verdicts_as_there_may_be_fit_into_one_packet(void **state) {
    (void)state;
    static struct verdicts verdicts, back;
    static uint8_t bytes[MESSAGES_INLINE_MAX], packet[MESSAGES_SMALL_ROOM];
    struct room buffer = room_over(packet, sizeof packet);
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    struct room body = room_over(bytes, sizeof bytes);
    struct message message = {0};
    verdicts.count = LIMIT_PRESENTED;
    for (uint32_t i = 0; i < LIMIT_PRESENTED; i++) {
        fill_up(&verdicts.list[i]);
        verdicts.list[i].trust.seq = i;
    }
    assert_ok(messages_put_verdicts(&verdicts, &body));
    assert_true(body.len > LIMIT_PRESENTED * 13 * LIMIT_SHOWN_BYTES);
    assert_ok(messages_send(pair[0], MESSAGE_VERDICT, room_span(&body), NULL, 0));
    assert_ok(messages_receive(pair[1], MESSAGES_BIT(MESSAGE_VERDICT), &buffer, &message));
    assert_ok(messages_get_verdicts(message.body, &back));
    assert_int_equal(back.count, LIMIT_PRESENTED);
    for (uint32_t i = 0; i < LIMIT_PRESENTED; i++) {
        assert_int_equal(back.list[i].trust.seq, i);
        assert_memory_equal(&back.list[i].credential, &verdicts.list[i].credential,
                            sizeof back.list[i].credential);
        assert_memory_equal(back.list[i].checks, verdicts.list[i].checks, sizeof back.list[i].checks);
    }
    close(pair[0]);
    close(pair[1]);
}

/* What came is refused, and nothing kept of it; or it is verdicts of this build's own numbers and safe text. */
static void insist_refused_or_sound(struct span body) {
    static struct verdicts back;
    back = (struct verdicts){0};
    if (messages_get_verdicts(body, &back) != ERR_OK) {
        assert_int_equal(back.count, 0);
        return;
    }
    assert_true(back.count > 0 && back.count <= LIMIT_PRESENTED);
    for (uint32_t i = 0; i < back.count; i++) {
        assert_true(back.list[i].reason > REASON_NONE && back.list[i].reason < REASON_COUNT);
        assert_true(back.list[i].cause < ERR_COUNT);
        assert_true(back.list[i].credential.holder.len <= LIMIT_SHOWN_BYTES);
    }
}

/* Whatever a taken-over verifier writes. */
static void any_byte_of_verdicts_may_lie_and_nothing_breaks(void **state) {
    (void)state;
    struct verdicts verdicts = some_verdicts();
    uint8_t bytes[MESSAGES_INLINE_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    assert_ok(messages_put_verdicts(&verdicts, &body));
    for (size_t i = 0; i < body.len; i++) {
        uint8_t kept = bytes[i];
        for (int flip = 1; flip <= 0x100; flip <<= 1) {
            bytes[i] = (uint8_t)(flip == 0x100 ? 0xFF : kept ^ flip);
            insist_refused_or_sound(room_span(&body));
        }
        bytes[i] = kept;
    }
    for (size_t len = 0; len < body.len; len++) {
        static struct verdicts back;
        assert_err(messages_get_verdicts((struct span){bytes, len}, &back), ERR_MESSAGE_SHAPE);
    }
}

static void no_verdict_and_too_many_are_neither_sent_nor_taken(void **state) {
    (void)state;
    static struct verdicts verdicts, back;
    static uint8_t bytes[MESSAGES_INLINE_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    assert_err(messages_put_verdicts(&verdicts, &body), ERR_NO_ROOM);
    verdicts.count = LIMIT_PRESENTED + 1;
    assert_err(messages_put_verdicts(&verdicts, &body), ERR_NO_ROOM);
    assert_int_equal(body.len, 0);
    assert_err(messages_get_verdicts((struct span){bytes, 1}, &back), ERR_MESSAGE_SHAPE);
    verdicts.count = LIMIT_PRESENTED;
    for (uint32_t i = 0; i < LIMIT_PRESENTED; i++) {
        verdicts.list[i].reason = REASON_REVOKED;
    }
    assert_ok(messages_put_verdicts(&verdicts, &body));
    assert_ok(messages_get_verdicts(room_span(&body), &back));
    size_t one = (body.len - 1) / LIMIT_PRESENTED;
    assert_true(body.cap - body.len > one);
    memcpy(bytes + body.len, bytes + 1, one); /* one more than there may be, and the count says so */
    body.len += one;
    bytes[0] = LIMIT_PRESENTED + 1;
    assert_err(messages_get_verdicts(room_span(&body), &back), ERR_MESSAGE_SHAPE);
    bytes[0] = LIMIT_PRESENTED; /* or does not */
    assert_err(messages_get_verdicts(room_span(&body), &back), ERR_MESSAGE_SHAPE);
    assert_int_equal(back.count, LIMIT_PRESENTED);
}

static void shown_text_with_overrides_is_refused(void **state) {
    (void)state;
    struct verdicts verdicts = some_verdicts(), back = {0};
    memcpy(verdicts.list[0].credential.holder.bytes, "\xE2\x80\xAE", 3); /* RIGHT-TO-LEFT OVERRIDE */
    uint8_t bytes[MESSAGES_INLINE_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    assert_ok(messages_put_verdicts(&verdicts, &body));
    assert_err(messages_get_verdicts(room_span(&body), &back), ERR_MESSAGE_SHAPE);
}

static void a_verdict_without_reason_or_with_other_notes_is_refused(void **state) {
    (void)state;
    static uint8_t bytes[MESSAGES_INLINE_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    static struct verdicts verdicts, got;
    verdicts.count = 1;
    verdicts.list[0].reason = REASON_REVOKED;
    assert_ok(messages_put_verdicts(&verdicts, &body));
    assert_ok(messages_get_verdicts(room_span(&body), &got));
    bytes[1] = REASON_NONE; /* behind the count */
    assert_err(messages_get_verdicts(room_span(&body), &got), ERR_MESSAGE_SHAPE);
    bytes[1] = REASON_REVOKED;
    bytes[9] = 0x80; /* the highest bit of the notes, behind reason and cause */
    assert_err(messages_get_verdicts(room_span(&body), &got), ERR_MESSAGE_SHAPE);
    assert_int_equal(got.list[0].reason, REASON_REVOKED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_survive_the_way),
        cmocka_unit_test(as_many_verdicts_as_there_may_be_fit_into_one_packet),
        cmocka_unit_test(any_byte_of_verdicts_may_lie_and_nothing_breaks),
        cmocka_unit_test(no_verdict_and_too_many_are_neither_sent_nor_taken),
        cmocka_unit_test(shown_text_with_overrides_is_refused),
        cmocka_unit_test(a_verdict_without_reason_or_with_other_notes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
