/* SPDX-License-Identifier: Apache-2.0 */
/* Lookups in a large pack: 1,000,000 issuers with a key each and 100,000,000 status entries; and what opening it costs. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "tests/lib/bench.h"
#include "tests/lib/check.h"
#include "tests/lib/testpack.h"

#define ISSUERS 1000000u
#define ENTRIES 100000000u

/* The pack, and numbers that jump about in it. */
struct state {
    struct pack *pack;
    struct pack_issuer issuer;
    struct pack_status list;
    struct arena arena;
    uint8_t memory[16384];
    uint32_t next;
};

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void name_of(uint32_t number, char out[64]) {
    snprintf(out, 64, "did:web:issuer-%07u.example", number);
}

/* Every issuer has another key: the public half is counted up, which lookups do not mind. */
static void add_issuer(struct lists *lists, uint32_t number, struct crypto_key *key) {
    char name[64], kid[80];
    int64_t row = 0;
    struct lists_issuer issuer = {.territory = span_of_text("EX"), .source = span_of_text("bench")};
    name_of(number, name);
    snprintf(kid, sizeof kid, "%s#1", name);
    memcpy(key->bytes + 1, &number, sizeof number);
    struct lists_key entry = {.kid = span_of_text(kid), .key = *key, .alg = CRYPTO_ES256};
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_identifier(lists, row, span_of_text(name)));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text(name)));
    assert_ok(lists_add_key(lists, row, &entry));
}

static void build(const struct testpack *test) {
    struct lists *lists = testpack_lists(test, "lists.db");
    struct crypto_key key = *signer_public(test->release);
    uint8_t *bitmap = calloc(1, ENTRIES / 8);
    for (uint32_t i = 0; i < ISSUERS; i++) {
        add_issuer(lists, i, &key);
    }
    struct lists_status status = {.address = span_of_text("https://bench.example/status"),
                                  .purpose = span_of_text("revocation"),
                                  .kind = span_of_text("BitstringStatusList"),
                                  .issuer = span_of_text("did:web:issuer-0000000.example"),
                                  .entries = ENTRIES,
                                  .bits = 1,
                                  .as_of_s = TESTPACK_IAT_S,
                                  .bitmap = span_of_bytes(bitmap, ENTRIES / 8)};
    assert_ok(lists_add_status(lists, &status));
    assert_ok(lists_finish(lists));
    free(bitmap);
}

static uint32_t jump(struct state *state, uint32_t below) {
    state->next = state->next * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)state->next * below >> 32);
}

static void find_issuer(void *ctx) {
    struct state *state = ctx;
    char name[64];
    name_of(jump(state, ISSUERS), name);
    state->arena.used = 0;
    assert_ok(
        pack_find_issuer(state->pack, span_of_text(name), span_of_text("en"), &state->arena, &state->issuer));
    assert_true(state->issuer.found);
}

static void find_key(void *ctx) {
    struct state *state = ctx;
    struct pack_key key = {0};
    char kid[80];
    uint32_t number = jump(state, ISSUERS);
    snprintf(kid, sizeof kid, "did:web:issuer-%07u.example#1", number);
    state->issuer.row = number + 1;
    state->arena.used = 0;
    assert_ok(pack_find_key_by_kid(state->pack, &state->issuer, span_of_text(kid), &state->arena, &key));
    assert_true(key.found);
}

static void find_status(void *ctx) {
    struct state *state = ctx;
    bool covered = false;
    uint32_t value = 9;
    assert_ok(pack_status_value(state->pack, &state->list, jump(state, ENTRIES), 1, &covered, &value));
    assert_true(covered);
}

static void measure(struct state *state) {
    state->arena = arena_over(state->memory, sizeof state->memory);
    assert_ok(pack_find_status(state->pack, span_of_text("https://bench.example/status"),
                               span_of_text("revocation"), &state->arena, &state->list));
    bench_report("pack: find one of a million issuers", bench_median_us(find_issuer, state, 9), "us", NULL,
                 0);
    bench_report("pack: find one of a million keys", bench_median_us(find_key, state, 9), "us", NULL, 0);
    bench_report("pack: find one of 100 million status entries", bench_median_us(find_status, state, 9), "us",
                 NULL, 0);
}

/* Open as face's installer does at boot, and as each verifier does with its receipt. */
static void measure_opening(const struct testpack *test, struct state *state) {
    char path[PATH_MAX];
    uint8_t bytes[8192];
    struct room manifest = room_over(bytes, sizeof bytes);
    testpack_path(test, "lists.db", path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_ok(packer_sign_manifest(&test->claims, file, test->release, &manifest));
    double from_ms = now_ms();
    assert_ok(pack_open_descriptors(file, room_span(&manifest), span_of_text(test->root_text), &test->rules,
                                    NULL, PACK_OPEN_USE, &state->pack));
    double hashed_ms = now_ms();
    struct pack_receipt receipt = pack_open_receipt(state->pack);
    bench_report("pack: size", (double)pack_info(state->pack)->database_bytes / 1e6, "MB", NULL, 0);
    bench_report("pack: open and hash it all", hashed_ms - from_ms, "ms", NULL, 0);
    pack_close(state->pack);
    from_ms = now_ms();
    assert_ok(pack_open_descriptors(file, room_span(&manifest), span_of_text(test->root_text), &test->rules,
                                    &receipt, PACK_OPEN_USE, &state->pack));
    bench_report("pack: open with its receipt", now_ms() - from_ms, "ms", NULL, 0);
    close(file);
}

/* cmocka's assertions want a test around them. */
static void large_pack(void **unused) {
    struct testpack test;
    struct state *state = calloc(1, sizeof *state);
    (void)unused;
    testpack_start(&test);
    double from_ms = now_ms();
    build(&test);
    bench_report("pack: build a million issuers", now_ms() - from_ms, "ms", NULL, 0);
    measure_opening(&test, state);
    measure(state);
    pack_close(state->pack);
    testpack_stop(&test);
    free(state);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(large_pack)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
