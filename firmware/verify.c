/* SPDX-License-Identifier: Apache-2.0 */
/* The pipeline: payload, then for each credential (verify_credential.c) proof, facts, trust, signature, status, policy,
 * verdict. */
#include "verify.h"

#include "payload/document.h"
#include "payload/payload.h"
#include "verify_run.h"

/* One look at a payload, with one choice among the versions of its contexts. */
struct attempt {
    struct verify_scan scan;
    json_t *document; /* what the payload is, or became; NULL for a token */
    struct presentation_token token;
    struct presentation presentation;
    enum findings_stage stage; /* where it stopped */
};

/* What is judged by itself. */
static void hold_one(struct attempt *attempt, struct presented credential) {
    attempt->presentation = (struct presentation){.count = 1, .list = {credential}};
}

/* A token that holds a presentation is taken apart as one; any other is a credential. */
static enum err unfold_token(struct attempt *attempt, struct span text) {
    TRY(verify_token(&attempt->scan, text, &attempt->token, &attempt->scan.holder));
    attempt->presentation = attempt->token.presentation;
    if (attempt->token.claims == NULL) {
        hold_one(attempt, (struct presented){.token = text});
    }
    return ERR_OK;
}

/* A presentation is taken apart; a document that is none is one credential, or holds it as a token. */
static enum err unfold(struct attempt *attempt) {
    struct presentation *presentation = &attempt->presentation;
    if (!presentation_is(attempt->document)) {
        struct presented one = {0};
        TRY(presentation_envelope(attempt->document, &one.token));
        if (one.token.len > 0) {
            return unfold_token(attempt, one.token);
        }
        one.document = attempt->document;
        hold_one(attempt, one);
        return ERR_OK;
    }
    TRY(presentation_read(attempt->document, presentation));
    verify_holder(&attempt->scan, attempt->document, presentation->holder, &attempt->scan.holder);
    return ERR_OK;
}

/* payload: what is it, is it judged, and which credentials does it hold? */
static enum err open_payload(struct attempt *attempt, struct span bytes) {
    struct payload payload = {0};
    attempt->stage = FINDINGS_PAYLOAD;
    TRY(payload_recognise(bytes, attempt->scan.arena, &payload));
    TRY(payload_kind_error(payload.kind));
    attempt->stage = FINDINGS_ENVELOPE;
    if (payload.kind == PAYLOAD_JWS) {
        return unfold_token(attempt, payload.envelope);
    }
    TRY(payload_document(&payload, &attempt->scan.library, attempt->scan.arena, &attempt->document));
    return unfold(attempt);
}

/* Worth another look under other contexts: what is there is not what was signed, or was not written by these. */
static bool is_wrong(const struct verdict *verdict) {
    return verdict->reason == REASON_ALTERED || verdict->reason == REASON_MALFORMED ||
           verdict->cause == ERR_CBORLD_TERM;
}

/* Judge again what an earlier attempt found wrong; only a later one that runs through says better. */
static void judge_again(struct attempt *attempt, struct verdicts *out) {
    struct verdict later;
    for (uint32_t i = 0; i < out->count; i++) {
        if (is_wrong(&out->list[i])) {
            verify_credential(&attempt->scan, &attempt->presentation.list[i], &later);
            out->list[i] = is_wrong(&later) || later.cause != ERR_OK ? out->list[i] : later;
        }
    }
}

static void judge_all(struct attempt *attempt, struct verdicts *out) {
    out->count = attempt->presentation.count;
    for (uint32_t i = 0; i < out->count; i++) {
        verify_credential(&attempt->scan, &attempt->presentation.list[i], &out->list[i]);
    }
}

/*
 * One attempt, from bytes to verdicts.
 *
 * opened  an earlier attempt could take the payload apart: its verdicts are bettered; set where this one could
 */
static void try(const struct verify_scan *scan, struct span bytes, bool *opened, struct verdicts *out) {
    struct attempt attempt = {.scan = *scan};
    size_t used = scan->arena->used;
    enum err err = open_payload(&attempt, bytes);
    if (err == ERR_OK && !*opened) {
        judge_all(&attempt, out);
        *opened = true;
    } else if (err == ERR_OK && attempt.presentation.count == out->count) {
        judge_again(&attempt, out);
    } else if (err != ERR_OK && out->count == 0) {
        verify_refuse(&attempt.scan, attempt.stage, err, &out->list[0]);
        out->count = 1;
    }
    presentation_token_close(&attempt.token);
    json_decref(attempt.document);
    arena_rewind(scan->arena, used);
}

static bool any_wrong(const struct verdicts *verdicts) {
    bool wrong = false;
    for (uint32_t i = 0; i < verdicts->count; i++) {
        wrong = wrong || is_wrong(&verdicts->list[i]);
    }
    return wrong;
}

void verify(struct span payload, const struct verify_grounds *grounds, struct arena *arena,
            struct verdicts *out) {
    struct shelf_view view = {.shelf = grounds->shelf};
    struct budget budget = {0};
    struct verify_scan scan = {
        .by = grounds, .arena = arena, .budget = &budget, .library = shelf_view_library(&view)};
    scan.library.budget = &budget;
    *out = (struct verdicts){0};
    bool opened = false;
    do {
        try(&scan, payload, &opened, out);
    } while (any_wrong(out) && shelf_view_next(&view));
    arena_wipe(arena);
}
