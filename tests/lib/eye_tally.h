/* eye_tally: how often eyes read what was shown, how long they took, and tables of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_EYE_TALLY_H
#define TESTS_LIB_EYE_TALLY_H

#include "tests/lib/eye.h"

/* One picture's worth of each eye. */
struct eye_record {
    const char *condition; /* static, or as long as the tally */
    double cpu_ms[EYES_MAX];
    unsigned char outcome[EYES_MAX];
};

enum eye_outcome { EYE_MISSED = 0, EYE_READ, EYE_WRONG };

/* All records of one set. All zero is empty; the eyes are the caller's. */
struct eye_tally {
    const struct eye *eyes;
    unsigned eye_count;
    struct eye_record *records;
    size_t count, cap;
    size_t codes; /* pictures with a known payload */
};

/* What a set amounts to for one eye. */
struct eye_sum {
    size_t pictures, read, wrong;
    double mean_ms, p95_ms, worst_ms;
};

/* Exactly this payload: READ, even when it was read twice; anything else beside or instead of it is WRONG. */
enum eye_outcome eye_tally_judge(const struct eye_answer *answer, struct span payload);

/* Show a picture, unrelated to the last, to all eyes, and take note; with the
 * environment's EYE_LIST, also as a line of that file: condition, name, and for each eye + (read), - (missed) or
 * ! (wrong) and its milliseconds. payload: empty where there is no code. */
void eye_tally_show(struct eye_tally *tally, const char *condition, const char *name,
                    const struct grey *picture, struct span payload);

/* The sum of all records, or of a condition's where that is not NULL. */
struct eye_sum eye_tally_sum(const struct eye_tally *tally, unsigned eye, const char *condition);

/* Print a table, a line for each condition, and report the sums of the first eye beside each other's. */
void eye_tally_print(const struct eye_tally *tally, const char *set);

/* Release it. */
void eye_tally_close(struct eye_tally *tally);

#endif
