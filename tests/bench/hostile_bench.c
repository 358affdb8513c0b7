/* SPDX-License-Identifier: Apache-2.0 */
/* hostile_bench: CPU time of payloads that were made to cost a verifier much; the worst may take 200 ms. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/lib/bench.h"
#include "tests/lib/check.h"
#include "tests/lib/forge.h"
#include "tests/lib/hostile.h"
#include "verify.h"

#define RUNS 3

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The quickest of a few runs: what the machine adds is not the payload's. */
static double measure(struct span payload, const struct verify_grounds *grounds, struct arena *arena,
                      struct verdicts *out) {
    double best_ms = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double before_ms = now_ms();
        verify(payload, grounds, arena, out);
        double took_ms = now_ms() - before_ms;
        best_ms = took_ms < best_ms ? took_ms : best_ms;
    }
    return best_ms;
}

int main(void) {
    static struct wallet wallet;
    static struct verdicts verdicts;
    struct testpack test = {0};
    struct pack *pack = NULL;
    struct policy policy = {0};
    struct interval now = interval_at(WALLET_NOW_S);
    struct arena arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    struct room payload = forge_room(LIMIT_PAYLOAD_BYTES);
    double worst_ms = 0;
    wallet_open(&wallet);
    hostile_shelve(&wallet);
    testpack_start(&test);
    wallet_pack(&wallet, &test, NULL, &pack);
    struct verify_grounds grounds = {
        .lists = pack, .shelf = &wallet.vocabulary.shelf, .policy = &policy, .now = &now};
    for (const struct hostile *hostile = hostile_all; hostile->name != NULL; hostile++) {
        char name[96];
        payload.len = 0;
        hostile_write(hostile, &wallet, &payload);
        double ms = measure(room_span(&payload), &grounds, &arena, &verdicts);
        const char *cause = err_name(verdicts.list[0].cause);
        snprintf(name, sizeof name, "hostile: %s (%s)", hostile->name, cause);
        bench_report(name, ms, "ms", NULL, 0);
        worst_ms = ms > worst_ms ? ms : worst_ms;
    }
    bench_report("hostile: the worst", worst_ms, "ms", "what is allowed", 200);
    forge_release(&payload);
    pack_close(pack);
    testpack_stop(&test);
    wallet_close(&wallet);
    free(arena.base);
    return 0;
}
