/* command: what credctl can do, one file a command, and how each of them ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_COMMAND_H
#define CREDCTL_COMMAND_H

#include "base/err.h"
#include "credctl/options.h"

/* A command: "credctl GROUP NAME ..." or, where name is NULL, "credctl GROUP ...". */
struct command {
    const char *group;
    const char *name;
    const char
        *operands; /* how the words beside the options are called in the help, "FILE..."; "" for none */
    size_t operands_min, operands_max;
    const char *sentence;   /* what it does, one sentence */
    const char *more;       /* further help, or NULL */
    void (*describe)(void); /* prints what comes between the options and that, or NULL */
    const struct option_spec *options;
    size_t option_count;
    /* Do it. Returns the exit status: 0, or one of sysexits.h (verify has its own below 64). */
    int (*run)(const struct options *options);
};

/* Each line of commands.def is a command that lives in a file of its own. */
#define COMMAND(name) extern const struct command command_##name;
#include "credctl/commands.def"
#undef COMMAND

/* "credctl: " and a message on standard error; gives back the status, for `return command_fail(...)`. */
int command_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for an error: "credctl: WHAT: the error's sentence", with the fitting status of sysexits.h. */
int command_fail_err(enum err err, const char *what);

/* The status of sysexits.h that fits an error; 0 for ERR_OK. */
int command_status(enum err err);

#endif
