/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/eye_tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bench.h"

enum eye_outcome eye_tally_judge(const struct eye_answer *answer, struct span payload) {
    enum eye_outcome outcome = EYE_MISSED;
    for (size_t i = 0; i < answer->count; i++) {
        if (payload.len == 0 || !span_equal(answer->payloads[i], payload)) {
            return EYE_WRONG;
        }
        outcome = EYE_READ;
    }
    return outcome;
}

static struct eye_record *add(struct eye_tally *tally) {
    if (tally->count == tally->cap) {
        tally->cap = tally->cap * 2 + 64;
        struct eye_record *larger = realloc(tally->records, tally->cap * sizeof *larger);
        if (larger == NULL) {
            abort();
        }
        tally->records = larger;
    }
    return &tally->records[tally->count++];
}

/* A line for each picture, for whoever wants to know which are missed. */
static void list(const struct eye_tally *tally, const struct eye_record *record, const char *name) {
    const char *path = getenv("EYE_LIST");
    FILE *out = path == NULL ? NULL : fopen(path, "a");
    if (out == NULL) {
        return;
    }
    fprintf(out, "%s\t%s", record->condition, name);
    for (unsigned i = 0; i < tally->eye_count; i++) {
        fprintf(out, "\t%c %.1f", "-+!"[record->outcome[i]], record -> cpu_ms[i]);
    }
    fprintf(out, "\n");
    fclose(out);
}

void eye_tally_show(struct eye_tally *tally, const char *condition, const char *name,
                    const struct grey *picture, struct span payload) {
    struct eye_record *record = add(tally);
    *record = (struct eye_record){.condition = condition};
    tally->codes += payload.len > 0;
    for (unsigned i = 0; i < tally->eye_count; i++) {
        struct eye_answer answer;
        eye_forget(&tally->eyes[i]);
        eye_look(&tally->eyes[i], picture, &answer);
        record->cpu_ms[i] = answer.cpu_ms;
        record->outcome[i] = (unsigned char)eye_tally_judge(&answer, payload);
    }
    list(tally, record, name);
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sum_times(struct eye_sum *sum, double *times) {
    qsort(times, sum->pictures, sizeof *times, by_value);
    for (size_t i = 0; i < sum->pictures; i++) {
        sum->mean_ms += times[i] / (double)sum->pictures;
    }
    if (sum->pictures > 0) {
        sum->p95_ms = times[(sum->pictures * 95 - 1) / 100];
        sum->worst_ms = times[sum->pictures - 1];
    }
}

struct eye_sum eye_tally_sum(const struct eye_tally *tally, unsigned eye, const char *condition) {
    struct eye_sum sum = {0};
    double *times = calloc(tally->count + 1, sizeof *times);
    for (size_t i = 0; i < tally->count; i++) {
        const struct eye_record *record = &tally->records[i];
        if (condition == NULL || strcmp(condition, record->condition) == 0) {
            times[sum.pictures++] = record->cpu_ms[eye];
            sum.read += record->outcome[eye] == EYE_READ;
            sum.wrong += record->outcome[eye] == EYE_WRONG;
        }
    }
    sum_times(&sum, times);
    free(times);
    return sum;
}

/* One line: for each eye the percentage read and the times. */
static void print_line(const struct eye_tally *tally, const char *condition) {
    struct eye_sum first = eye_tally_sum(tally, 0, condition);
    printf("  %-22s %4zu", condition == NULL ? "all" : condition, first.pictures);
    for (unsigned i = 0; i < tally->eye_count; i++) {
        struct eye_sum sum = eye_tally_sum(tally, i, condition);
        double percent = sum.pictures == 0 ? 0 : 100.0 * (double)sum.read / (double)sum.pictures;
        printf(" | %5.1f %3zu %5.1f %5.1f %6.1f", percent, sum.wrong, sum.mean_ms, sum.p95_ms, sum.worst_ms);
    }
    printf("\n");
}

static bool is_first(const struct eye_tally *tally, size_t at) {
    for (size_t i = 0; i < at; i++) {
        if (strcmp(tally->records[i].condition, tally->records[at].condition) == 0) {
            return false;
        }
    }
    return true;
}

static double percent_read(const struct eye_sum *sum) {
    return sum->pictures == 0 ? 0 : 100.0 * (double)sum->read / (double)sum->pictures;
}

static double mean_of(const struct eye_sum *sum) {
    return sum->mean_ms;
}

static void report(const struct eye_tally *tally, const char *set, const char *what, const char *unit,
                   double (*value)(const struct eye_sum *sum)) {
    char name[80];
    snprintf(name, sizeof name, "eye, %s: %s", set, what);
    struct eye_sum ours = eye_tally_sum(tally, 0, NULL);
    for (unsigned i = 1; i < tally->eye_count; i++) {
        struct eye_sum theirs = eye_tally_sum(tally, i, NULL);
        bench_report(name, value(&ours), unit, tally->eyes[i].name, value(&theirs));
    }
}

/* Where there are codes, how many are read; of all, what is wrong and how long it takes. */
static void report_all(const struct eye_tally *tally, const char *set) {
    char name[80];
    struct eye_sum ours = eye_tally_sum(tally, 0, NULL);
    if (tally->codes > 0) {
        report(tally, set, "read", "%", percent_read);
    }
    report(tally, set, "mean CPU", "ms", mean_of);
    snprintf(name, sizeof name, "eye, %s: 95th percentile", set);
    bench_report(name, ours.p95_ms, "ms", NULL, 0);
    snprintf(name, sizeof name, "eye, %s: worst", set);
    bench_report(name, ours.worst_ms, "ms", NULL, 0);
    snprintf(name, sizeof name, "eye, %s: wrong payloads", set);
    bench_report(name, (double)ours.wrong, "", NULL, 0);
}

void eye_tally_print(const struct eye_tally *tally, const char *set) {
    if (tally->count == 0) {
        return;
    }
    printf("\n%s: of each eye %% read, payloads that are wrong, CPU ms a picture: mean, 95th percentile, "
           "worst\n  %-27s",
           set, "");
    for (unsigned i = 0; i < tally->eye_count; i++) {
        printf(" | %-28s", tally->eyes[i].name);
    }
    printf("\n");
    for (size_t i = 0; i < tally->count; i++) {
        if (is_first(tally, i)) {
            print_line(tally, tally->records[i].condition);
        }
    }
    print_line(tally, NULL);
    report_all(tally, set);
}

void eye_tally_close(struct eye_tally *tally) {
    free(tally->records);
    *tally = (struct eye_tally){0};
}
