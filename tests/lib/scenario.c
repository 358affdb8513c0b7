/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/judge_one.h"
#include "tests/lib/scenario.h"

#include <stdlib.h>

#include "crypto/jwk.h"
#include "tests/lib/check.h"
#include "tests/lib/forge.h"

#define TOKEN_BYTES (512u * 1024u)

static void public_jwk(const struct signer *signer, char *out, size_t size) {
    struct room room = room_over(out, size - 1);
    assert_ok(jwk_write(signer_public(signer), &room));
}

/* Replace every place holder of the world's names. Release by free. */
static char *with_names(const struct world *world, const char *text) {
    char stranger[300] = {0}, eddsa[300] = {0}, rsa[800] = {0};
    public_jwk(world->keys[WORLD_STRANGER], stranger, sizeof stranger);
    public_jwk(world->keys[WORLD_EDDSA], eddsa, sizeof eddsa);
    if (world->keys[WORLD_RS256] != NULL) {
        public_jwk(world->keys[WORLD_RS256], rsa, sizeof rsa);
    }
    const struct scenario_change names[] = {
        {"DID_KEY", world->did_key}, {"DID_JWK", world->did_jwk}, {"DID_STRANGER", world->did_stranger},
        {"JWK_STRANGER", stranger},  {"JWK_EDDSA", eddsa},        {"JWK_RSA", rsa}};
    char *out = forge_replaced(text, "", "");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        while (strstr(out, names[i].from) != NULL) {
            char *more = forge_replaced(out, names[i].from, names[i].to);
            free(out);
            out = more;
        }
    }
    return out;
}

static char *claims_of(const struct world *world, const struct scenario *row) {
    const char *const claims[] = {world_badge, world_nested, world_degree};
    char *text = forge_replaced(row->body == NULL ? claims[row->claims] : row->body, "", "");
    for (size_t i = 0; i < SCENARIO_CHANGES && row->changes[i].from != NULL; i++) {
        char *more = forge_replaced(text, row->changes[i].from, row->changes[i].to);
        free(text);
        text = more;
    }
    char *out = with_names(world, text);
    free(text);
    return out;
}

static void put_token(const struct world *world, const struct scenario *row, struct room *out) {
    char own[400];
    world_header(world, row->key, row->vc_jose, own);
    char *header = with_names(world, row->header == NULL ? own : row->header);
    char *claims = claims_of(world, row);
    const struct signer *signer = row->bad_signature ? NULL : world->keys[row->key];
    forge_token(span_of_text(header), span_of_text(claims), signer, out);
    free(header);
    free(claims);
}

static void put_payload(const struct world *world, const struct scenario *row, struct room *out) {
    if (row->raw != NULL) {
        assert_ok(room_put_text(out, row->raw));
        return;
    }
    struct room token = forge_room(TOKEN_BYTES);
    put_token(world, row, &token);
    if (row->form == SCENARIO_COMPRESSED) {
        forge_compressed(room_span(&token), out);
    } else {
        assert_ok(room_put(out, room_span(&token)));
    }
    forge_release(&token);
}

static void admit(struct policy_list *list, const char *name) {
    if (name != NULL) {
        list->names[list->count++] = span_of_text(name);
    }
}

static void judge(struct world *world, const struct scenario *row, struct verdict *out) {
    struct policy policy = {.expired_is_note = row->expired_is_note, .clock_required = row->clock_required};
    struct interval now = {row->lo_s == 0 ? WORLD_NOW_S : row->lo_s, row->hi_s == 0 ? WORLD_NOW_S : row->hi_s,
                           INTERVAL_STATED, 0};
    struct room payload = forge_room(TOKEN_BYTES);
    admit(&policy.issuers, row->admit_issuer);
    admit(&policy.types, row->admit_type);
    admit(&policy.achievements, row->admit_achievement);
    put_payload(world, row, &payload);
    struct verify_grounds grounds = {
        .lists = row->no_lists ? NULL : world->pack, .policy = &policy, .now = &now};
    judge_one(room_span(&payload), &grounds, &world->arena, out);
    forge_release(&payload);
}

static char letter(enum verdict_result result) {
    return "UPFN"[result];
}

static void compare(const struct scenario *row, const struct verdict *verdict) {
    if (verdict->reason != row->reason || verdict->cause != row->cause) {
        fail_msg("%s: %s by %s, not %s by %s", row->name, verdict_reason_code(verdict->reason),
                 err_name(verdict->cause), verdict_reason_code(row->reason), err_name(row->cause));
    }
    char got[CHECK_COUNT + 1] = {0};
    for (int i = 0; i < CHECK_COUNT; i++) {
        got[i] = letter(verdict->checks[i].result);
    }
    if (strcmp(got, row->checks) != 0) {
        fail_msg("%s: checks %s, not %s", row->name, got, row->checks);
    }
    if (verdict->checks[row->which].sentence != row->sentence) {
        fail_msg("%s: \"%s\"", row->name, verdict_sentence_text(verdict->checks[row->which].sentence));
    }
}

/* Words of the credential are shown under a trusted signer alone, who is not a thief. */
static void compare_shown(const struct scenario *row, const struct verdict *verdict) {
    static const struct shown_credential nothing = {0};
    bool trusted = row->reason > REASON_KEY_WITHDRAWN;
    if (verdict->credential.present != trusted ||
        (!trusted && memcmp(&verdict->credential, &nothing, sizeof nothing) != 0)) {
        fail_msg("%s: the credential is %sshown", row->name, verdict->credential.present ? "" : "not ");
    }
    if (verdict->trust.unsigned_source != (trusted && row->key == WORLD_DID_KEY)) { /* see world.c */
        fail_msg("%s: the issuer's source is not told right", row->name);
    }
    if (verdict->trust.present == row->no_lists) {
        fail_msg("%s: the lists are %sshown", row->name, verdict->trust.present ? "" : "not ");
    }
}

static void meet(const struct verdict *verdict, struct scenario_met *met) {
    met->reasons[verdict->reason] = true;
    for (int i = 0; i < CHECK_COUNT; i++) {
        met->sentences[verdict->checks[i].sentence] = true;
    }
}

void scenario_run(struct world *world, const struct scenario *rows, size_t count, struct scenario_met *met) {
    for (size_t i = 0; i < count; i++) {
        struct verdict verdict = {0};
        judge(world, &rows[i], &verdict);
        compare(&rows[i], &verdict);
        compare_shown(&rows[i], &verdict);
        assert_int_equal(world->arena.used, 0);
        meet(&verdict, met);
    }
}
