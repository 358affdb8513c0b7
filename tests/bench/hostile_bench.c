/* SPDX-License-Identifier: Apache-2.0 */
/* What it costs to refuse what was made to be slow: the slowest of all attacks on sealed credentials. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/bench.h"
#include "tests/lib/sealed_attacks.h"
#include "tests/lib/sealed_presented.h"

#define ROUNDS  3
#define MOST_MS 200

/* The attack at hand, how many there were, and the slowest so far. */
struct slowest {
    unsigned count;
    struct world world;
    struct span payload;
    double us;
    char name[128];
};

static void judge(void *ctx) {
    static const struct policy no_rules = {0};
    static struct verdicts verdicts;
    struct slowest *s = ctx;
    struct interval now = interval_at(WORLD_NOW_S);
    struct verify_grounds grounds = {
        .lists = s->world.pack, .shelf = &s->world.vocabulary.shelf, .policy = &no_rules, .now = &now};
    verify(s->payload, &grounds, &s->world.arena, &verdicts);
}

static void measure_presented(void *ctx, const struct sealed_presented *presented) {
    struct slowest *s = ctx;
    s->payload = presented->payload;
    bench_report(presented->name, bench_median_us(judge, s, ROUNDS) / 1000, "ms", "what any may cost",
                 MOST_MS);
}

static void measure(void *ctx, const struct sealed_attack *attack) {
    struct slowest *s = ctx;
    s->payload = attack->payload;
    s->count++;
    double us = bench_median_us(judge, s, ROUNDS);
    if (us > s->us) {
        s->us = us;
        snprintf(s->name, sizeof s->name, "slowest attack: %s", attack->name);
    }
}

int main(void) {
    struct slowest *s = calloc(1, sizeof *s);
    world_start(&s->world, false);
    sealed_attacks_shelve(&s->world);
    sealed_attacks_each(&s->world, measure, s);
    bench_report("attacks on sealed credentials, judged", s->count, "attacks", NULL, 0);
    bench_report(s->name, s->us / 1000, "ms", "what any may cost", MOST_MS);
    sealed_presented_each(&s->world, measure_presented, s);
    world_stop(&s->world);
    free(s);
    return 0;
}
