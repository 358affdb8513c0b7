/* SPDX-License-Identifier: Apache-2.0 */
/* spare_bench: what a verifier takes from its start until it waits, locked in, with and without a vocabulary. */
#include "tests/lib/check.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "kiosk/child.h"
#include "kiosk/messages.h"
#include "tests/lib/bench.h"
#include "vocabulary/vocabulary.h"

#define STARTS    41
#define ANSWER_MS 10000

struct start {
    double ms, private_kb;
};

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Memory that is this process's alone. */
static double private_kb(pid_t pid) {
    char path[64], line[256];
    double total = 0;
    long value = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *colon = strchr(line, ':');
        bool counts = strncmp(line, "Private_", 8) == 0 && colon != NULL;
        value = counts ? strtol(colon + 1, NULL, 10) : 0;
        total += (double)value;
    }
    fclose(file);
    return total;
}

static void start_one(struct span vocabulary, struct start *out) {
    const char *programs = getenv("BIN");
    static uint8_t bytes[MESSAGES_BODY_MAX], small[MESSAGES_SMALL_ROOM];
    struct room body = room_over(bytes, sizeof bytes), buffer = room_over(small, sizeof small);
    struct message_rules rules = {.vocabulary = vocabulary};
    struct child child = {0};
    struct message message = {0};
    assert_ok(messages_put_rules(&rules, &body));
    double from_ms = now_ms();
    assert_ok(child_start(programs != NULL ? programs : "build/release/bin", "credkiosk-verifier", &child));
    assert_ok(messages_send(child.socket, MESSAGE_VERIFIER_START, room_span(&body), NULL, 0));
    struct pollfd poller = {.fd = child.socket, .events = POLLIN};
    assert_int_equal(poll(&poller, 1, ANSWER_MS), 1);
    assert_ok(messages_receive(child.socket, MESSAGES_BIT(MESSAGE_READY), &buffer, &message));
    out->ms = now_ms() - from_ms;
    out->private_kb = private_kb(child.pid);
    (void)child_end(&child);
}

static int by_time(const void *a, const void *b) {
    double left = ((const struct start *)a)->ms, right = ((const struct start *)b)->ms;
    return (left > right) - (left < right);
}

static void measure(const char *what, struct span vocabulary) {
    struct start starts[STARTS];
    char name[96];
    for (size_t i = 0; i < STARTS; i++) {
        start_one(vocabulary, &starts[i]);
    }
    qsort(starts, STARTS, sizeof *starts, by_time);
    snprintf(name, sizeof name, "a verifier, started until it waits, %s", what);
    bench_report(name, starts[STARTS / 2].ms, "ms", NULL, 0);
    snprintf(name, sizeof name, "a verifier that waits, %s: memory of its own", what);
    bench_report(name, starts[STARTS / 2].private_kb, "kB", NULL, 0);
}

static void load(void *ctx) {
    struct vocabulary vocabulary = {0};
    assert_ok(vocabulary_open(*(const struct span *)ctx, &vocabulary));
    vocabulary_close(&vocabulary);
}

static void spares(void **state) {
    (void)state;
    struct room bundle = {0};
    struct vocabulary_complaint why = {""};
    assert_ok(vocabulary_read("assets/contexts", &bundle, &why));
    struct span text = room_span(&bundle);
    bench_report("the vocabulary: read its tables and compile them", bench_median_us(load, &text, 9), "us",
                 NULL, 0);
    measure("without a vocabulary", (struct span){0});
    measure("with the vocabulary that ships", text);
    vocabulary_release(&bundle);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(spares)};
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
