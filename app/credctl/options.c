/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    const struct option_spec *table;
    size_t count;
    int argc, at;
    char **argv;
    struct options *out;
    char *wrong;
};

static bool complain(struct reading *reading, const char *what, const char *word) {
    snprintf(reading->wrong, 200, "%s: %.120s", what, word);
    return false;
}

static const struct option_spec *find(const struct reading *reading, const char *name, size_t len,
                                      char letter) {
    for (size_t i = 0; i < reading->count; i++) {
        const struct option_spec *spec = &reading->table[i];
        bool by_name = letter == 0 && strlen(spec->name) == len && memcmp(spec->name, name, len) == 0;
        if (by_name || (letter != 0 && spec->letter == letter)) {
            return spec;
        }
    }
    return NULL;
}

static bool take_option(struct reading *reading, const struct option_spec *spec, const char *value) {
    const char *word = reading->argv[reading->at];
    if (spec->value == NULL && value != NULL) {
        return complain(reading, "this option takes no value", word);
    }
    if (spec->value != NULL && value == NULL) {
        if (reading->at + 1 >= reading->argc) {
            return complain(reading, "this option needs a value", word);
        }
        value = reading->argv[++reading->at];
    }
    if ((spec->how & OPTION_MANY) == 0 && options_has(reading->out, spec->name)) {
        return complain(reading, "this option stands twice", word);
    }
    if (reading->out->given_count == OPTIONS_MAX) {
        return complain(reading, "too many options", word);
    }
    size_t n = reading->out->given_count++;
    reading->out->given[n].spec = spec;
    reading->out->given[n].value = value;
    return true;
}

static bool take_word(struct reading *reading, bool *options_end) {
    const char *word = reading->argv[reading->at];
    if (*options_end || word[0] != '-' || word[1] == 0) {
        reading->argv[reading->out->operand_count++] = reading->argv[reading->at];
        reading->out->operands = (const char *const *)reading->argv;
        return true;
    }
    if (strcmp(word, "--") == 0) {
        *options_end = true;
        return true;
    }
    if (word[1] != '-') {
        const struct option_spec *spec = find(reading, NULL, 0, word[1]);
        return spec == NULL ? complain(reading, "no such option", word)
                            : take_option(reading, spec, word[2] != 0 ? word + 2 : NULL);
    }
    const char *equals = strchr(word, '=');
    size_t len = equals == NULL ? strlen(word + 2) : (size_t)(equals - word) - 2;
    const struct option_spec *spec = find(reading, word + 2, len, 0);
    return spec == NULL ? complain(reading, "no such option", word)
                        : take_option(reading, spec, equals == NULL ? NULL : equals + 1);
}

static bool all_required(struct reading *reading) {
    for (size_t i = 0; i < reading->count; i++) {
        if ((reading->table[i].how & OPTION_REQUIRED) != 0 &&
            !options_has(reading->out, reading->table[i].name)) {
            return complain(reading, "this option is missing", reading->table[i].name);
        }
    }
    return true;
}

bool options_parse(const struct option_spec *table, size_t count, int argc, char **argv, struct options *out,
                   char wrong[200]) {
    struct reading reading = {table, count, argc, 0, argv, out, wrong};
    bool options_end = false;
    *out = (struct options){0};
    for (; reading.at < argc; reading.at++) {
        if (!take_word(&reading, &options_end)) {
            return false;
        }
    }
    return all_required(&reading);
}

const char *options_nth(const struct options *options, const char *name, size_t n) {
    for (size_t i = 0; i < options->given_count; i++) {
        if (strcmp(options->given[i].spec->name, name) == 0 && n-- == 0) {
            return options->given[i].value;
        }
    }
    return NULL;
}

bool options_has(const struct options *options, const char *name) {
    for (size_t i = 0; i < options->given_count; i++) {
        if (strcmp(options->given[i].spec->name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *options_value(const struct options *options, const char *name) {
    return options_nth(options, name, 0);
}

const char *options_or(const struct options *options, const char *name, const char *otherwise) {
    const char *value = options_value(options, name);
    return value == NULL ? otherwise : value;
}

bool options_number(const struct options *options, const char *name, int64_t min, int64_t max,
                    int64_t otherwise, int64_t *out) {
    const char *text = options_value(options, name);
    if (text == NULL) {
        *out = otherwise;
        return true;
    }
    char *end = NULL;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    bool digits = text[0] >= '0' && text[0] <= '9';
    bool signed_digits = text[0] == '-' && text[1] >= '0' && text[1] <= '9';
    if ((!digits && !signed_digits) || *end != 0 || errno != 0 || number < min || number > max) {
        return false;
    }
    *out = number;
    return true;
}
