/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/bench.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/lib/check.h"

#define ROUND_US   5000.0
#define ROUNDS_MAX 501

static double now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double time_calls(bench_work *work, void *ctx, long calls) {
    double start = now_us();
    for (long i = 0; i < calls; i++) {
        work(ctx);
    }
    return (now_us() - start) / (double)calls;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median_us(bench_work *work, void *ctx, int rounds) {
    static const double at_least_us = 0.01;
    double times[ROUNDS_MAX];
    double once = time_calls(work, ctx, 1);
    once = once > at_least_us ? once : at_least_us;
    long calls = (long)(ROUND_US / once) + 1;
    rounds = rounds < ROUNDS_MAX ? rounds : ROUNDS_MAX;
    (void)time_calls(work, ctx, calls);
    for (int i = 0; i < rounds; i++) {
        times[i] = time_calls(work, ctx, calls);
    }
    qsort(times, (size_t)rounds, sizeof *times, by_value);
    return times[rounds / 2];
}

struct ed25519 {
    uint8_t key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES], message[64];
    int result;
};

static void check_signature(void *ctx) {
    struct ed25519 *s = ctx;
    s->result = crypto_sign_verify_detached(s->signature, s->message, sizeof s->message, s->key);
}

double bench_ed25519_us(int rounds) {
    struct ed25519 s = {.message = {1, 2, 3}};
    uint8_t secret[crypto_sign_SECRETKEYBYTES];
    assert_int_equal(crypto_sign_keypair(s.key, secret), 0);
    assert_int_equal(crypto_sign_detached(s.signature, NULL, s.message, sizeof s.message, secret), 0);
    double us = bench_median_us(check_signature, &s, rounds);
    assert_int_equal(s.result, 0);
    return us;
}

void bench_report(const char *name, double value, const char *unit, const char *peer, double peer_value) {
    printf("%-52s %12.3f %-5s", name, value, unit);
    if (peer != NULL) {
        printf("  %-28s %12.3f", peer, peer_value);
    }
    if (peer != NULL && peer_value != 0) {
        printf("  ratio %.3f", value / peer_value);
    }
    printf("\n");
    fflush(stdout);
    const char *path = getenv("BENCH_OUT");
    FILE *out = path == NULL ? NULL : fopen(path, "a");
    if (out == NULL) {
        return;
    }
    fprintf(out, "{\"name\":\"%s\",\"value\":%.4f,\"unit\":\"%s\"", name, value, unit);
    if (peer != NULL) {
        fprintf(out, ",\"peer\":\"%s\",\"peer_value\":%.4f", peer, peer_value);
    } else {
        fprintf(out, ",\"peer\":null,\"peer_value\":null");
    }
    if (peer != NULL && peer_value != 0) {
        fprintf(out, ",\"ratio\":%.4f", value / peer_value);
    } else {
        fprintf(out, ",\"ratio\":null");
    }
    fprintf(out, "}\n");
    fclose(out);
}
