/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wallet_bench: Open Badges as wallets show them, from the text of a code to the verdict and by stages, beside a bare
 * Ed25519 check and, where npm has it, the verifier that the web is made of. Badges are made on the spot; those that
 * others published are taken from ../shared/interop where that folder is.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "credential/credential.h"
#include "linked/expand.h"
#include "linked/tordf.h"
#include "payload/document.h"
#include "proof/integrity.h"
#include "status/status.h"
#include "tests/lib/bench.h"
#include "tests/lib/check.h"
#include "tests/lib/forge.h"
#include "tests/lib/peer.h"
#include "tests/lib/wallet.h"
#include "trust/trust.h"
#include "verify.h"

#define ROUNDS     31
#define TURNS      7
#define TEXT_BYTES 16384u
#define PEER       "tests/bench/peers/linked_data.sh"
#define INTEROP    "../shared/interop/"

/* One badge, and what each stage hands to the next. */
struct setting {
    struct verify_grounds grounds;
    struct room text;
    struct arena arena; /* each stage gives back what it took */
    struct shelf_view view;
    struct context_library library;
    json_t *document, *credential; /* what the code holds; its first credential */
    json_t *bare;                  /* that without its proof */
    struct tree_items items;
    struct rdf_dataset set;
    struct integrity integrity;
    struct claimed_credential claimed;
    struct trust trust;
    struct verdicts verdicts;
};

/* What all badges share. */
struct bench {
    struct wallet wallet;
    struct pack *pack;
    struct policy policy;
    struct interval now;
    struct peer peer;
    bool has_peer;
};

static void expect(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "wallet_bench: %s\n", what);
        exit(1);
    }
}

static void whole(void *ctx) {
    struct setting *s = ctx;
    verify(room_span(&s->text), &s->grounds, &s->arena, &s->verdicts);
    enum verdict_class class = verdict_class_of(s->verdicts.list[0].reason);
    expect(s->verdicts.count == 1 && (class == VERDICT_VALID || class == VERDICT_VALID_NOTE),
           "the badge is not found genuine");
}

static void stage_decode(void *ctx) {
    struct setting *s = ctx;
    struct payload payload = {0};
    json_t *document = NULL;
    size_t used = s->arena.used;
    expect(payload_recognise(room_span(&s->text), &s->arena, &payload) == ERR_OK &&
               payload_document(&payload, &s->library, &s->arena, &document) == ERR_OK,
           "payload");
    json_decref(document);
    s->arena.used = used;
}

static void stage_expand(void *ctx) {
    struct setting *s = ctx;
    struct expand_options options = {.library = &s->library};
    struct tree_items items = {0};
    size_t used = s->arena.used;
    expect(expand_document(s->bare, &options, &s->arena, &items) == ERR_OK, "expansion");
    s->arena.used = used;
}

static void stage_statements(void *ctx) {
    struct setting *s = ctx;
    struct tordf_options options = {0};
    struct rdf_dataset set = {0};
    size_t used = s->arena.used;
    expect(rdf_open(&s->arena, &set) == ERR_OK && tordf_statements(s->items, &options, &set) == ERR_OK,
           "statements");
    s->arena.used = used;
}

static void stage_form(void *ctx) {
    struct setting *s = ctx;
    struct rdfc_form form = {0};
    size_t used = s->arena.used;
    expect(rdfc_canonize(&s->set, RDFC_SHA256, &s->arena, &form) == ERR_OK, "canonical form");
    s->arena.used = used;
}

static void stage_canonize(void *ctx) {
    struct setting *s = ctx;
    struct linked_document linked = {0};
    size_t used = s->arena.used;
    expect(linked_canonize(s->bare, &s->library, RDFC_SHA256, &s->arena, &linked) == ERR_OK, "canonisation");
    s->arena.used = used;
}

static void stage_proof(void *ctx) {
    struct setting *s = ctx;
    struct integrity integrity = {0};
    size_t used = s->arena.used;
    expect(integrity_read(s->credential, INTEGRITY_ASSERTION, &s->library, &s->arena, &integrity) == ERR_OK,
           "proof");
    s->arena.used = used;
}

static void stage_facts(void *ctx) {
    struct setting *s = ctx;
    struct claimed_credential claimed = {0};
    size_t used = s->arena.used;
    expect(credential_read_statements(&s->integrity.statements.set, &s->arena, &claimed) == ERR_OK, "facts");
    credential_close(&claimed);
    s->arena.used = used;
}

static void stage_trust(void *ctx) {
    struct setting *s = ctx;
    struct trust trust = {0};
    size_t used = s->arena.used;
    expect(trust_find(s->grounds.lists, &s->claimed, &s->integrity.proofs[0], (struct span){0}, &s->arena,
                      &trust) == ERR_OK &&
               trust.standing == TRUST_LISTED,
           "trust");
    s->arena.used = used;
}

static void stage_signature(void *ctx) {
    struct setting *s = ctx;
    const struct proof *proof = &s->integrity.proofs[0];
    expect(crypto_verify(proof->alg, &s->trust.key.key, proof->signed_bytes, proof->signature) == ERR_OK,
           "signature");
}

static void stage_status(void *ctx) {
    struct setting *s = ctx;
    struct status answer = {0};
    size_t used = s->arena.used;
    expect(status_ask(s->grounds.lists, &s->claimed, s->grounds.now, &s->arena, &answer) == ERR_OK, "status");
    s->arena.used = used;
}

/* The library alone. */
static void bare_check(void *ctx) {
    struct setting *s = ctx;
    const struct proof *proof = &s->integrity.proofs[0];
    expect(crypto_sign_verify_detached(proof->signature.ptr, proof->signed_bytes.ptr, proof->signed_bytes.len,
                                       s->trust.key.key.bytes) == 0,
           "the bare check fails");
}

/* Take the code apart as verify() does, and keep what each stage leaves. */
static void prepare(struct setting *s) {
    struct payload payload = {0};
    struct expand_options expansion = {.library = &s->library};
    struct tordf_options conversion = {0};
    whole(s);
    assert_ok(payload_recognise(room_span(&s->text), &s->arena, &payload));
    assert_ok(payload_document(&payload, &s->library, &s->arena, &s->document));
    json_t *held = json_object_get(s->document, "verifiableCredential");
    s->credential = held == NULL ? s->document : json_is_array(held) ? json_array_get(held, 0) : held;
    s->bare = json_copy(s->credential);
    json_object_del(s->bare, "proof");
    assert_ok(expand_document(s->bare, &expansion, &s->arena, &s->items));
    assert_ok(rdf_open(&s->arena, &s->set));
    assert_ok(tordf_statements(s->items, &conversion, &s->set));
    assert_ok(integrity_read(s->credential, INTEGRITY_ASSERTION, &s->library, &s->arena, &s->integrity));
    assert_ok(credential_read_statements(&s->integrity.statements.set, &s->arena, &s->claimed));
    assert_ok(trust_find(s->grounds.lists, &s->claimed, &s->integrity.proofs[0], (struct span){0}, &s->arena,
                         &s->trust));
}

static void release(struct setting *s) {
    credential_close(&s->claimed);
    json_decref(s->bare);
    json_decref(s->document);
    free(s->arena.base);
    forge_release(&s->text);
}

static void measure_stages(struct setting *s) {
    static const struct {
        const char *name;
        bench_work *work;
    } stages[] = {
        {"  code to JSON", stage_decode},
        {"  JSON expanded", stage_expand},
        {"  to statements", stage_statements},
        {"  to their canonical form", stage_form},
        {"  proof, with all these", stage_proof},
        {"  facts", stage_facts},
        {"  trust", stage_trust},
        {"  signature", stage_signature},
        {"  status", stage_status},
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        bench_report(stages[i].name, bench_median_us(stages[i].work, s, ROUNDS), "us", NULL, 0);
    }
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The whole and the bare check in turn, so that a drift of the machine falls on both. */
static double measure_whole(struct setting *s, const char *name) {
    double ratios[TURNS];
    for (size_t i = 0; i < TURNS; i++) {
        double once = bench_median_us(bare_check, s, 9);
        ratios[i] = bench_median_us(whole, s, 9) / once;
    }
    qsort(ratios, TURNS, sizeof *ratios, by_value);
    double once = bench_median_us(bare_check, s, ROUNDS);
    bench_report(name, once * ratios[TURNS / 2], "us", "bare Ed25519 check", once);
    return once * ratios[TURNS / 2];
}

/* The same text, read by the peer: two medians and the count of statements, or why not. */
static void measure_peer(struct bench *bench, struct setting *s, double whole_us) {
    double verified_us = 0;
    double canonical_us = 0;
    unsigned statements = 0;
    char name[96];
    if (!bench->has_peer) {
        return;
    }
    fprintf(bench->peer.to, "2025-01-15T00:00:00Z %.*s\n", (int)s->text.len, (const char *)s->text.ptr);
    peer_answer(&bench->peer);
    char *end = bench->peer.line;
    verified_us = strtod(end, &end);
    canonical_us = strtod(end, &end);
    statements = (unsigned)strtoul(end, &end, 10);
    if (!(verified_us > 0 && canonical_us > 0)) { /* a version that reads it otherwise is no fault of ours */
        printf("  beside the peer: %s\n", bench->peer.line);
        return;
    }
    expect(statements == s->set.quad_count, "the peer makes other statements");
    bench_report("  beside the peer", whole_us, "us", bench->peer.name, verified_us);
    snprintf(name, sizeof name, "  %u statements, JSON to canonical form", statements);
    bench_report(name, bench_median_us(stage_canonize, s, ROUNDS), "us", bench->peer.name, canonical_us);
}

static void measure(struct bench *bench, const char *name, struct room text) {
    struct setting s = {.text = text};
    s.grounds = (struct verify_grounds){.lists = bench->pack,
                                        .shelf = &bench->wallet.vocabulary.shelf,
                                        .policy = &bench->policy,
                                        .now = &bench->now};
    s.arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    s.view.shelf = s.grounds.shelf;
    s.library = shelf_view_library(&s.view);
    prepare(&s);
    size_t used = s.arena.used;
    struct arena kept = s.arena;
    s.arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    s.set.arena = &s.arena;
    double whole_us = measure_whole(&s, name);
    measure_stages(&s);
    measure_peer(bench, &s, whole_us);
    bench_report("  arena used by all stages", (double)used / 1024, "kB", NULL, 0);
    free(kept.base);
    release(&s);
}

static void measure_made(struct bench *bench) {
    struct wallet *wallet = &bench->wallet;
    struct room text = forge_room(TEXT_BYTES);
    json_t *shown = wallet_badge_2022(wallet, 8);
    wallet_text(wallet, shown, CBORLD_1_0, "VC1-R", &text);
    json_decref(shown);
    measure(bench, "wallet, eddsa-rdfc-2022 in VC1-R: code to verdict", text);
    text = forge_room(TEXT_BYTES);
    shown = wallet_present(json_pack("[o]", wallet_badge_2020(wallet, 8)));
    wallet_text(wallet, shown, CBORLD_SINGLETON, "VP1-B", &text);
    json_decref(shown);
    measure(bench, "wallet, Ed25519Signature2020 in VP1-B: code to verdict", text);
}

/* Badges and texts that others made. */
static void measure_published(struct bench *bench) {
    json_t *badge = json_load_file(INTEROP "ob3-jff-plugfest/plugfest-2-2022/signed_badge_example-p2.json",
                                   JSON_REJECT_DUPLICATES, NULL);
    if (badge == NULL) {
        puts("published badges: skipped, no vectors");
        return;
    }
    struct room text = forge_room(TEXT_BYTES);
    json_t *shown = wallet_present(json_pack("[o]", badge));
    wallet_text(&bench->wallet, shown, CBORLD_SINGLETON, "VP1-B", &text);
    json_decref(shown);
    measure(bench, "wallet, JFF plugfest 2 in VP1-B: code to verdict", text);
    text = forge_room(TEXT_BYTES);
    FILE *file = fopen(INTEROP "vpqr/web5-swift/valid.txt", "r");
    if (file != NULL) {
        text.len = fread(text.ptr, 1, text.cap, file);
        text.len -= text.len > 0 && text.ptr[text.len - 1] == '\n' ? 1 : 0;
        fclose(file);
        measure(bench, "wallet, age token of vpqr in VP1-B: code to verdict", text);
    }
}

int main(void) {
    static struct bench bench;
    struct testpack test = {0};
    static const char *const published[] = {"did:key:z6Mki1Yei2cR3NZsk4BRVr7ZQ6JVSNhRuRpyQWdcCxoGmij7",
                                            "did:key:z6MkufoZ9wqtydKCPiZ5PAZ1MhLgmvXnjGUwbhhzQdAfnysc", NULL};
    wallet_open(&bench.wallet);
    testpack_start(&test);
    wallet_pack(&bench.wallet, &test, published, &bench.pack);
    bench.now = interval_at(WALLET_NOW_S);
    bench.has_peer = peer_start(PEER, &bench.peer);
    measure_made(&bench);
    measure_published(&bench);
    peer_stop(&bench.peer);
    pack_close(bench.pack);
    testpack_stop(&test);
    wallet_close(&bench.wallet);
    return 0;
}
