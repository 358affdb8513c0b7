/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/judge_one.h"
#include "tests/lib/property.h"

#include <stdlib.h>

#include "codec/base64url.h"
#include "tests/lib/check.h"
#include "tests/lib/forge.h"
#include "tests/lib/places.h"

/* A token under test. */
struct subject {
    const char *name;
    struct span token;
    struct pack *pack;
    const struct interval *now;
    struct arena *arena;
};

static void judge(const struct subject *subject, struct span payload, struct verdict *out) {
    static const struct policy no_rules = {0};
    struct verify_grounds grounds = {.lists = subject->pack, .policy = &no_rules, .now = subject->now};
    judge_one(payload, &grounds, subject->arena, out);
}

static void refuse_positive(const struct subject *subject, struct span payload, const char *change,
                            size_t at) {
    struct verdict verdict = {0};
    judge(subject, payload, &verdict);
    enum verdict_class class = verdict_class_of(verdict.reason);
    if (class != VERDICT_NOT_VALID && class != VERDICT_CANNOT_CHECK) {
        fail_msg("%s, %s at %zu: %s", subject->name, change, at, verdict_reason_code(verdict.reason));
    }
}

static void flip_text(const struct subject *subject) {
    uint64_t seed = 1;
    struct room copy = forge_room(subject->token.len);
    assert_ok(room_put(&copy, subject->token));
    for (size_t i = 0; i < places_count(subject->token.len * 8); i++) {
        size_t bit = places_at(i, subject->token.len * 8, &seed);
        copy.ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
        refuse_positive(subject, room_span(&copy), "a bit of the text flipped", bit);
        copy.ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    forge_release(&copy);
}

/* The three parts of a compact JWS, decoded. */
static void decode_parts(struct span token, struct room parts[3]) {
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        size_t end = span_find(token, '.', at);
        parts[i] = forge_room(token.len + 4);
        assert_ok(base64url_decode(span_slice(token, at, end - at), &parts[i]));
        at = end + 1;
    }
}

/* Flips that base64url alone would refuse never come so far: flip what the parts decode to. */
static void flip_contents(const struct subject *subject) {
    struct room parts[3];
    decode_parts(subject->token, parts);
    for (int part = 0; part < 3; part++) {
        uint64_t seed = 2;
        size_t bits = parts[part].len * 8;
        for (size_t i = 0; i < places_count(bits); i++) {
            size_t bit = places_at(i, bits, &seed);
            struct room changed = forge_room(subject->token.len + 16);
            parts[part].ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
            forge_with_signature(room_span(&parts[0]), room_span(&parts[1]), room_span(&parts[2]), &changed);
            refuse_positive(subject, room_span(&changed), "a bit of the contents flipped", bit);
            parts[part].ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
            forge_release(&changed);
        }
    }
    for (int part = 0; part < 3; part++) {
        forge_release(&parts[part]);
    }
}

static void cut(const struct subject *subject) {
    uint64_t seed = 3;
    for (size_t i = 0; i < places_count(subject->token.len); i++) {
        size_t len = places_at(i, subject->token.len, &seed);
        struct span head = span_slice(subject->token, 0, len);
        struct span tail = span_slice(subject->token, subject->token.len - len, len);
        refuse_positive(subject, head, "cut", len);
        refuse_positive(subject, tail, "its beginning cut off", len);
    }
}

static void insist_same_text(const struct shown *a, const struct shown *b) {
    assert_int_equal(a->len, b->len);
    assert_memory_equal(a->bytes, b->bytes, LIMIT_SHOWN_BYTES);
}

static void judge_twice(const struct subject *subject) {
    struct verdict once = {0}, twice = {0};
    judge(subject, subject->token, &once);
    judge(subject, subject->token, &twice);
    if (once.reason != REASON_OK) {
        fail_msg("%s: %s by %s", subject->name, verdict_reason_code(once.reason), err_name(once.cause));
    }
    assert_int_equal(once.reason, twice.reason);
    for (int i = 0; i < CHECK_COUNT; i++) {
        assert_int_equal(once.checks[i].result, twice.checks[i].result);
        assert_int_equal(once.checks[i].sentence, twice.checks[i].sentence);
    }
    insist_same_text(&once.credential.issuer, &twice.credential.issuer);
    insist_same_text(&once.credential.holder, &twice.credential.holder);
    insist_same_text(&once.credential.achievement, &twice.credential.achievement);
    insist_same_text(&once.credential.id, &twice.credential.id);
    insist_same_text(&once.credential.format, &twice.credential.format);
}

void property_check(const char *name, struct span token, struct pack *pack, const struct interval *now,
                    struct arena *arena) {
    struct subject subject = {name, token, pack, now, arena};
    judge_twice(&subject);
    flip_text(&subject);
    flip_contents(&subject);
    cut(&subject);
}
