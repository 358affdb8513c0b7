/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verify: the whole verifier under a pack with fixed keys. The first byte says what the rest is: 'R' a
 * payload as it comes; 'S' claims, which are signed here, so that the stages behind the signature are
 * reached; 'H' a header, a line feed, and claims, under a signature that no key made; 'J' and 'L' a document, which is
 * sealed here, its text or its statements.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "codec/base64url.h"
#include "codec/jcs.h"
#include "codec/jsontext.h"
#include "linked/linked.h"
#include "payload/payload.h"
#include "tests/lib/forge.h"
#include "tests/lib/sealed.h"
#include "tests/lib/sealed_property.h"
#include "verdict/shown.h"

#define GENUINE 3

/* The world, made at the first input, and what its issuers really signed. */
struct stage {
    bool ready;
    struct world world;
    struct room genuine[GENUINE];                /* header.claims of each */
    struct shown_credential sealed[SEALED_WAYS]; /* what may be shown of those that were sealed */
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

/* By keys that are the same in every run, so that what was sealed once is genuine in the next. */
static bool is_fixed(const struct sealed_way *way) {
    return way->key == WORLD_EDDSA || way->key == WORLD_ES256;
}

static void begin_sealed(void) {
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        if (is_fixed(&sealed_ways[i])) {
            struct verdict verdict = {0};
            char *text = sealed_by(&stage.world, &sealed_ways[i], sealed_text(&sealed_ways[i]));
            world_verify(&stage.world, span_of_text(text), &verdict);
            insist(verdict_class_of(verdict.reason) == VERDICT_VALID);
            stage.sealed[i] = verdict.credential;
            free(text);
        }
    }
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
    begin_sealed();
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

static bool is_positive(const struct verdict *verdict) {
    enum verdict_class class = verdict_class_of(verdict->reason);
    return class == VERDICT_VALID || class == VERDICT_VALID_NOTE;
}

/* Judge twice: the same answer both times. */
static void judge(struct span payload, struct verdicts *out) {
    static struct verdicts twice;
    struct verify_grounds grounds = world_grounds(&stage.world);
    verify(payload, &grounds, &stage.world.arena, out);
    verify(payload, &grounds, &stage.world.arena, &twice);
    insist(stage.world.arena.used == 0 && out->count > 0 && out->count <= LIMIT_PRESENTED);
    insist(out->count == twice.count);
    for (uint32_t i = 0; i < out->count; i++) {
        const struct verdict *a = &out->list[i], *b = &twice.list[i];
        insist(a->reason == b->reason && a->cause == b->cause && a->notes == b->notes);
        insist_well_formed(a);
    }
}

/* What is shown is what one of those that were sealed shows. */
static bool shows_genuine(const struct verdict *verdict) {
    bool genuine = false;
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        genuine = genuine || (stage.sealed[i].present &&
                              sealed_property_same_shown(&stage.sealed[i], &verdict->credential));
    }
    return genuine;
}

static void judge_raw(struct span payload) {
    static struct verdicts verdicts;
    judge(payload, &verdicts);
    for (uint32_t i = 0; i < verdicts.count; i++) {
        const struct verdict *verdict = &verdicts.list[i];
        insist(!is_positive(verdict) || is_genuine(payload) || shows_genuine(verdict));
    }
}

static void judge_signed(struct span claims) {
    static struct verdicts verdicts;
    char header[400];
    struct room token = forge_room(claims.len * 2 + 2048);
    world_header(&stage.world, WORLD_EDDSA, claims.len % 2 == 1, header);
    forge_token(span_of_text(header), claims, stage.world.keys[WORLD_EDDSA], &token);
    judge(room_span(&token), &verdicts);
    forge_release(&token);
}

static void judge_unsigned(struct span text) {
    static struct verdicts verdicts;
    size_t end_of_header = span_find(text, '\n', 0);
    struct room token = forge_room(text.len * 2 + 2048);
    forge_token(span_slice(text, 0, end_of_header), span_slice(text, end_of_header + 1, text.len), NULL,
                &token);
    judge(room_span(&token), &verdicts);
    insist(!is_positive(&verdicts.list[0]));
    forge_release(&token);
}

/* The document can be signed: its statements, or its text, have a canonical form. */
static bool can_be_sealed(const json_t *document, const struct integrity_sign *order) {
    struct linked_document linked = {0};
    struct span text = {0};
    struct arena *arena = &stage.world.arena;
    enum err err = json_is_object(document) ? ERR_OK : ERR_JSON_TYPE;
    if (err == ERR_OK && order->suite == PROOF_EDDSA_JCS_2022) {
        err = jcs_text(document, arena, &text);
    } else if (err == ERR_OK) {
        err = linked_canonize(document, order->library, RDFC_SHA256, arena, &linked);
    }
    arena_wipe(arena);
    return err == ERR_OK;
}

/* A document under a right proof: whatever it says, the stages behind the signature are reached. */
static void judge_sealed(struct span text, const struct sealed_way *way) {
    static struct verdicts verdicts;
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(&stage.world, way, &view, &library);
    json_t *document = NULL;
    if (jsontext_parse(text, &document) == ERR_OK) {
        json_object_del(document, "proof");
        json_object_set_new(document, "@context",
                            json_pack("[s,s]", "https://www.w3.org/ns/credentials/v2",
                                      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"));
        if (can_be_sealed(document, &order)) {
            integrity_sign(document, &order);
            char *sealed = json_dumps(document, JSON_COMPACT);
            judge(span_of_text(sealed), &verdicts);
            free(sealed);
        }
        json_decref(document);
    }
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
    case 'J':
        judge_sealed(rest, &sealed_ways[SEALED_EDDSA_JCS]);
        break;
    case 'L':
        judge_sealed(rest, &sealed_ways[SEALED_EDDSA_RDFC]);
        break;
    default:
        judge_raw(rest);
        break;
    }
    return 0;
}
