/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/sealed_property.h"

#include "tests/lib/check.h"
#include "codec/base45.h"
#include "codec/jcs.h"
#include "linked/linked.h"
#include "tests/lib/forge.h"
#include "tests/lib/places.h"
#include "tests/lib/judge_one.h"
#include "tests/lib/sealed_change.h"

#include <stdio.h>
#include <stdlib.h>

#define MEMORY (8u << 20)

/* A document under test, and where in it a change is being made. */
struct subject {
    const char *name;
    json_t *document; /* NULL: a code */
    const struct verify_grounds *grounds;
    struct arena *arena;
    struct verdict genuine;
    json_t *proof; /* as it was */
    uint8_t statements[CRYPTO_SHA256_BYTES];
    bool whole; /* all of its text is signed, not what it states */
    unsigned judged;
};

static bool positive(const struct verdict *verdict) {
    enum verdict_class class = verdict_class_of(verdict->reason);
    return class != VERDICT_NOT_VALID && class != VERDICT_CANNOT_CHECK;
}

static bool same_text(const struct shown *a, const struct shown *b) {
    return span_equal(span_of_bytes(a->bytes, a->len), span_of_bytes(b->bytes, b->len));
}

static bool same_date(struct shown_date a, struct shown_date b) {
    return a.present == b.present && a.time_s == b.time_s;
}

bool sealed_property_same_shown(const struct shown_credential *a, const struct shown_credential *b) {
    return a->present == b->present && same_text(&a->issuer, &b->issuer) &&
           same_text(&a->issuer_id, &b->issuer_id) && same_text(&a->holder, &b->holder) &&
           same_text(&a->subject_id, &b->subject_id) && same_text(&a->achievement, &b->achievement) &&
           same_text(&a->achievement_id, &b->achievement_id) &&
           same_text(&a->achievement_type, &b->achievement_type) &&
           same_text(&a->description, &b->description) && same_text(&a->criteria, &b->criteria) &&
           same_text(&a->id, &b->id) && same_date(a->awarded, b->awarded) &&
           same_date(a->valid_from, b->valid_from) && same_date(a->valid_until, b->valid_until);
}

static void judge(struct subject *s, struct span payload, struct verdict *out) {
    s->judged++;
    judge_one(payload, s->grounds, s->arena, out);
    assert_int_equal(s->arena->used, 0);
}

/* What a document states without its proofs, or, where its text is signed, all but the contexts that it may add. */
static enum err stated(const struct subject *s, const json_t *copy, struct arena *arena, struct span *out) {
    struct shelf_view view = {.shelf = s->grounds->shelf};
    struct context_library library = shelf_view_library(&view);
    struct linked_document linked = {0};
    if (s->whole) {
        return jcs_text(copy, arena, out);
    }
    TRY(linked_canonize(copy, &library, RDFC_SHA256, arena, &linked));
    *out = linked.form.text;
    return ERR_OK;
}

/* The hash of it; that of nothing where it states nothing. */
static void hash_statements(const struct subject *s, const json_t *document,
                            uint8_t out[CRYPTO_SHA256_BYTES]) {
    struct arena arena = arena_over(aligned_alloc(16, MEMORY), MEMORY);
    struct span text = {0};
    json_t *copy = json_deep_copy(document);
    json_object_del(copy, s->whole ? "@context" : "proof");
    text = stated(s, copy, &arena, &text) == ERR_OK ? text : (struct span){0};
    assert_ok(crypto_sha256(text, out));
    json_decref(copy);
    free(arena.base);
}

/* The proof is as before, or one of several: the others do without one that nobody here can check. */
static bool same_proof(const struct subject *s, const json_t *changed) {
    const json_t *proof = json_object_get(changed, "proof");
    return json_equal(proof, s->proof) || json_array_size(s->proof) > 1;
}

/* The document still says what was signed. */
static bool says_the_same(const struct subject *s, struct span changed) {
    uint8_t hash[CRYPTO_SHA256_BYTES];
    json_t *document = json_loadb((const char *)changed.ptr, changed.len, 0, NULL);
    hash_statements(s, document, hash);
    bool same = memcmp(hash, s->statements, sizeof hash) == 0 && same_proof(s, document);
    json_decref(document);
    return same;
}

/* The verdict may be positive where the signed statements are there still, and what is shown is as before. */
static bool is_harmless(const struct subject *s, struct span changed, const struct verdict *verdict) {
    return sealed_property_same_shown(&verdict->credential, &s->genuine.credential) &&
           (s->document == NULL || says_the_same(s, changed));
}

static void refuse_positive(struct subject *s, struct span payload, const char *change, size_t at) {
    struct verdict verdict = {0};
    judge(s, payload, &verdict);
    if (positive(&verdict) && !is_harmless(s, payload, &verdict)) {
        fail_msg("%s, %s at %zu: %s", s->name, change, at, verdict_reason_code(verdict.reason));
    }
}

/* Judge the document as it is now. */
static void judge_change(void *ctx, const char *change, const char *member) {
    struct subject *s = ctx;
    struct verdict verdict = {0};
    char *text = json_dumps(s->document, JSON_COMPACT);
    judge(s, span_of_text(text), &verdict);
    if (positive(&verdict) && !is_harmless(s, span_of_text(text), &verdict)) {
        fail_msg("%s, %s %s: %s\n%s", s->name, member, change, verdict_reason_code(verdict.reason), text);
    }
    free(text);
}

/* What the next change is made of: text as it is, or bytes that stand behind a prefix in base45. */
struct carried {
    const char *prefix; /* NULL: text */
    struct span bytes;
    struct room text;
};

static struct span carry(struct carried *carried, struct span bytes) {
    if (carried->prefix == NULL) {
        return bytes;
    }
    carried->text.len = 0;
    assert_ok(room_put_text(&carried->text, carried->prefix));
    assert_ok(base45_encode(bytes, &carried->text));
    return room_span(&carried->text);
}

static void flip(struct subject *s, struct carried *carried) {
    uint64_t seed = 1;
    size_t bits = carried->bytes.len * 8;
    uint8_t *copy = malloc(carried->bytes.len);
    memcpy(copy, carried->bytes.ptr, carried->bytes.len);
    for (size_t i = 0; i < places_count(bits); i++) {
        size_t bit = places_at(i, bits, &seed);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        refuse_positive(s, carry(carried, span_of_bytes(copy, carried->bytes.len)), "a bit flipped", bit);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    free(copy);
}

static void cut(struct subject *s, struct carried *carried) {
    uint64_t seed = 3;
    size_t len = carried->bytes.len;
    for (size_t i = 0; i < places_count(len); i++) {
        size_t kept = places_at(i, len, &seed);
        refuse_positive(s, carry(carried, span_slice(carried->bytes, 0, kept)), "cut", kept);
        refuse_positive(s, carry(carried, span_slice(carried->bytes, len - kept, kept)),
                        "its beginning cut off", kept);
    }
}

static bool same_check(const struct verdict_check *a, const struct verdict_check *b) {
    return a->result == b->result && a->sentence == b->sentence && a->has_as_of == b->has_as_of &&
           a->as_of_s == b->as_of_s;
}

static void judge_twice(struct subject *s, struct span payload) {
    struct verdict again = {0};
    judge(s, payload, &s->genuine);
    judge(s, payload, &again);
    if (!positive(&s->genuine)) {
        fail_msg("%s: %s by %s", s->name, verdict_reason_code(s->genuine.reason), err_name(s->genuine.cause));
    }
    assert_int_equal(s->genuine.reason, again.reason);
    assert_int_equal(s->genuine.notes, again.notes);
    for (size_t i = 0; i < CHECK_COUNT; i++) {
        assert_true(same_check(&s->genuine.checks[i], &again.checks[i]));
    }
    assert_true(sealed_property_same_shown(&s->genuine.credential, &again.credential));
    assert_memory_equal(s->genuine.credential.tag, again.credential.tag, VERDICT_TAG_BYTES);
}

/* By a suite of JCS. */
static bool signs_text(const json_t *document) {
    const json_t *proof = json_object_get(document, "proof");
    const json_t *first = json_is_array(proof) ? json_array_get(proof, 0) : proof;
    const char *suite = json_string_value(json_object_get(first, "cryptosuite"));
    return suite != NULL && strstr(suite, "jcs") != NULL;
}

void sealed_property_check(const char *name, json_t *document, const struct verify_grounds *grounds,
                           struct arena *arena) {
    struct subject subject = {.name = name, .document = document, .grounds = grounds, .arena = arena};
    char *text = json_dumps(document, JSON_COMPACT);
    struct carried carried = {.bytes = span_of_text(text)};
    subject.whole = signs_text(document);
    subject.proof = json_deep_copy(json_object_get(document, "proof"));
    hash_statements(&subject, document, subject.statements);
    judge_twice(&subject, carried.bytes);
    sealed_change_each(document, judge_change, &subject);
    flip(&subject, &carried);
    cut(&subject, &carried);
    json_decref(subject.proof);
    free(text);
    printf("# %s: %u judged\n", name, subject.judged);
}

void sealed_property_check_code(const char *name, const char *prefix, struct span bytes,
                                const struct verify_grounds *grounds, struct arena *arena) {
    struct subject subject = {.name = name, .grounds = grounds, .arena = arena};
    struct carried inside = {.prefix = prefix, .bytes = bytes, .text = forge_room(bytes.len * 2 + 16)};
    struct carried outside = {.bytes = carry(&inside, bytes)};
    uint8_t *text = malloc(outside.bytes.len);
    memcpy(text, outside.bytes.ptr, outside.bytes.len);
    outside.bytes.ptr = text;
    judge_twice(&subject, outside.bytes);
    flip(&subject, &outside);
    cut(&subject, &outside);
    flip(&subject, &inside);
    cut(&subject, &inside);
    forge_release(&inside.text);
    free(text);
    printf("# %s: %u judged\n", name, subject.judged);
}
