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

#define ROUNDS 3

/* The attack at hand, how many there were, and the slowest so far. */
struct slowest {
    unsigned count;
    struct world world;
    struct span payload;
    double us;
    char name[128];
};

static void judge(void *ctx) {
    struct slowest *s = ctx;
    struct verdict verdict;
    world_verify(&s->world, s->payload, &verdict);
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
    bench_report(s->name, s->us / 1000, "ms", "what any may cost", 200);
    world_stop(&s->world);
    free(s);
    return 0;
}
