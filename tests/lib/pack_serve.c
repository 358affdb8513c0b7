/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/pack_serve.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kiosk/child.h"
#include "kiosk/messages.h"
#include "tests/lib/check.h"

#define STARTS    21
#define ANSWER_MS 10000

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double private_kb(pid_t pid) {
    char path[64], line[256];
    double total = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        const char *colon = strchr(line, ':');
        bool counts = strncmp(line, "Private_", 8) == 0 && colon != NULL;
        total += counts ? (double)strtol(colon + 1, NULL, 10) : 0;
    }
    fclose(file);
    return total;
}

static struct pack_serve_cost start_one(const struct pack_serve *serve, const struct pack_receipt *receipt) {
    const char *programs = getenv("BIN");
    static uint8_t bytes[MESSAGES_BODY_MAX], small[MESSAGES_SMALL_ROOM];
    struct room body = room_over(bytes, sizeof bytes), buffer = room_over(small, sizeof small);
    struct message_rules rules = {
        .root = room_span(&serve->root), .now = interval_at((int64_t)time(NULL)), .receipt = *receipt};
    struct child child = {0};
    struct message message = {0};
    struct message_ready ready = {0};
    assert_ok(messages_put_rules(&rules, &body));
    double from_ms = now_ms();
    assert_ok(child_start(programs != NULL ? programs : "build/release/bin", "credkiosk-verifier", &child));
    assert_ok(messages_send(child.socket, MESSAGE_VERIFIER_START, room_span(&body), serve->files, 3));
    struct pollfd poller = {.fd = child.socket, .events = POLLIN};
    assert_int_equal(poll(&poller, 1, ANSWER_MS), 1);
    assert_ok(messages_receive(child.socket, MESSAGES_BIT(MESSAGE_READY), &buffer, &message));
    assert_ok(messages_get_ready(message.body, &ready));
    assert_ok(ready.lists);
    struct pack_serve_cost cost = {now_ms() - from_ms, private_kb(child.pid)};
    (void)child_end(&child);
    return cost;
}

static int by_time(const void *a, const void *b) {
    double left = ((const struct pack_serve_cost *)a)->ms, right = ((const struct pack_serve_cost *)b)->ms;
    return (left > right) - (left < right);
}

struct pack_serve_cost pack_serve_start(const struct pack_serve *serve, const struct pack_receipt *receipt) {
    struct pack_serve_cost costs[STARTS];
    for (size_t i = 0; i < STARTS; i++) {
        costs[i] = start_one(serve, receipt);
    }
    qsort(costs, STARTS, sizeof *costs, by_time);
    return costs[STARTS / 2];
}
