/* options: the words after a command: options from its table, and operands. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_OPTIONS_H
#define CREDCTL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Options that one call may hold, counted as often as they stand there. */
#define OPTIONS_MAX 256u

enum option_how { OPTION_ONCE = 0, OPTION_REQUIRED = 1, OPTION_MANY = 2 };

/* An option that a command takes: "--name VALUE", "--name=VALUE", "-l VALUE"; a flag has no value. */
struct option_spec {
    const char *name;     /* without its dashes */
    char letter;          /* of the short form, or 0 */
    const char *value;    /* how the help calls its value; NULL for a flag */
    const char *sentence; /* for the help */
    unsigned how;         /* enum option_how, or-ed */
};

/* What was given. All zero: nothing was. Words point into argv, whose operands come to stand first. */
struct options {
    size_t given_count;
    struct {
        const struct option_spec *spec;
        const char *value;
    } given[OPTIONS_MAX];
    size_t operand_count;
    const char *const *operands; /* the first words of argv */
};

/*
 * Read the words. "--" ends the options; "-" alone is an operand. argv is put into another order: operands first. On a mistake, what is wrong stands in
 * `wrong`, and false comes back.
 *
 * table, count  the command's options
 * wrong         a sentence for the person, with terminator
 */
bool options_parse(const struct option_spec *table, size_t count, int argc, char **argv, struct options *out,
                   char wrong[200]);

/* Was it given? */
bool options_has(const struct options *options, const char *name);

/* Its value, or NULL where it was not given. */
const char *options_value(const struct options *options, const char *name);

/* Its value, or another. */
const char *options_or(const struct options *options, const char *name, const char *otherwise);

/* The value of its n-th occurrence, n from 0; NULL past the last. */
const char *options_nth(const struct options *options, const char *name, size_t n);

/*
 * Its value as a whole number from min to max, or `otherwise` where it was not given. False: not such a
 * number; out stays as it was.
 */
bool options_number(const struct options *options, const char *name, int64_t min, int64_t max,
                    int64_t otherwise, int64_t *out);

#endif
