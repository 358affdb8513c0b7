/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verify: the whole verifier under a pack with fixed keys. The first byte says what the rest is: 'R' a
 * payload as it comes; 'S' claims, which are signed here, so that the stages behind the signature are
 * reached; 'H' a header, a line feed, and claims, under a signature that no key made.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "codec/base64url.h"
#include "payload/payload.h"
#include "tests/lib/forge.h"
#include "tests/lib/world.h"
#include "verdict/shown.h"

#define GENUINE 3

/* The world, made at the first input, and what its issuers really signed. */
struct stage {
    bool ready;
    struct world world;
    struct room genuine[GENUINE]; /* header.claims of each */
};

static struct stage stage;

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

static void end(void) {
    for (size_t i = 0; i < GENUINE; i++) {
        forge_release(&stage.genuine[i]);
    }
    world_stop(&stage.world);
}

/* Else no input could ever be VALID, and this target would test nothing. */
static void insist_valid(const char *header, const char *claims, const struct signer *signer) {
    struct verdict verdict = {0};
    struct room token = forge_room(16384);
    forge_token(span_of_text(header), span_of_text(claims), signer, &token);
    world_verify(&stage.world, room_span(&token), &verdict);
    insist(verdict_class_of(verdict.reason) == VERDICT_VALID);
    forge_release(&token);
}

static void begin(void) {
    const struct {
        enum world_key key;
        bool vc_jose;
        const char *claims;
    } signed_by_them[GENUINE] = {{WORLD_ES256, false, world_badge},
                                 {WORLD_EDDSA, false, world_nested},
                                 {WORLD_EDDSA, true, world_degree}};
    world_start(&stage.world, false);
    for (size_t i = 0; i < GENUINE; i++) {
        char header[400];
        world_header(&stage.world, signed_by_them[i].key, signed_by_them[i].vc_jose, header);
        stage.genuine[i] = forge_room(8192);
        insist(base64url_encode(span_of_text(header), &stage.genuine[i]) == ERR_OK);
        insist(room_put_byte(&stage.genuine[i], '.') == ERR_OK);
        insist(base64url_encode(span_of_text(signed_by_them[i].claims), &stage.genuine[i]) == ERR_OK);
        insist_valid(header, signed_by_them[i].claims, stage.world.keys[signed_by_them[i].key]);
    }
    atexit(end);
    stage.ready = true;
}

/* The payload carries, perhaps compressed, header and claims that an issuer of the world really signed. */
static bool is_genuine(struct span bytes) {
    struct payload found = {0};
    bool genuine = false;
    struct arena *arena = &stage.world.arena;
    if (payload_recognise(bytes, arena, &found) == ERR_OK) {
        for (size_t i = 0; i < GENUINE; i++) {
            struct span real = room_span(&stage.genuine[i]);
            genuine = genuine || span_equal(span_slice(found.envelope, 0, real.len), real);
        }
    }
    arena_wipe(arena);
    return genuine;
}

static void insist_drawable(const struct shown *shown) {
    struct span text = span_of_bytes(shown->bytes, shown->len);
    insist(shown->len <= LIMIT_SHOWN_BYTES && utf8_valid(text));
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        insist(shown_character(code) == code);
    }
}

static void insist_well_formed(const struct verdict *verdict) {
    const struct shown_credential *c = &verdict->credential;
    static const struct shown_credential nothing = {0};
    const struct shown *texts[] = {&c->issuer,      &c->issuer_id,   &c->holder,
                                   &c->subject_id,  &c->achievement, &c->achievement_id,
                                   &c->description, &c->criteria,    &c->achievement_type,
                                   &c->id,          &c->format};
    insist(verdict_reason_code(verdict->reason) != NULL);
    insist(c->present || memcmp(c, &nothing, sizeof nothing) == 0);
    insist(c->present == (verdict->reason > REASON_KEY_WITHDRAWN));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        insist_drawable(texts[i]);
    }
}

/* Judge twice: the same answer both times. */
static enum verdict_class judge(struct span payload) {
    struct verdict once = {0}, twice = {0};
    world_verify(&stage.world, payload, &once);
    world_verify(&stage.world, payload, &twice);
    insist(once.reason == twice.reason && once.cause == twice.cause && once.notes == twice.notes);
    insist(stage.world.arena.used == 0);
    insist_well_formed(&once);
    return verdict_class_of(once.reason);
}

static bool is_positive(enum verdict_class class) {
    return class == VERDICT_VALID || class == VERDICT_VALID_NOTE;
}

static void judge_signed(struct span claims) {
    char header[400];
    struct room token = forge_room(claims.len * 2 + 2048);
    world_header(&stage.world, WORLD_EDDSA, claims.len % 2 == 1, header);
    forge_token(span_of_text(header), claims, stage.world.keys[WORLD_EDDSA], &token);
    (void)judge(room_span(&token));
    forge_release(&token);
}

static void judge_unsigned(struct span text) {
    size_t end_of_header = span_find(text, '\n', 0);
    struct room token = forge_room(text.len * 2 + 2048);
    forge_token(span_slice(text, 0, end_of_header), span_slice(text, end_of_header + 1, text.len), NULL,
                &token);
    insist(!is_positive(judge(room_span(&token))));
    forge_release(&token);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!stage.ready) {
        begin();
    }
    struct span rest = size == 0 ? (struct span){0} : span_of_bytes(data + 1, size - 1);
    switch (size == 0 ? 0 : data[0]) {
    case 'S':
        judge_signed(rest);
        break;
    case 'H':
        judge_unsigned(rest);
        break;
    default:
        insist(!is_positive(judge(rest)) || is_genuine(rest));
        break;
    }
    return 0;
}
