/* sandbox_extra: system calls and variables that a build's own tools need beside a process's list. Chosen when linking. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_SANDBOX_EXTRA_H
#define KIOSK_SANDBOX_EXTRA_H

#include <stddef.h>

/* Numbers of system calls that are allowed, and of those that answer EACCES instead of killing. */
struct sandbox_extra {
    const int *allow;
    size_t allow_count;
    const int *deny;
    size_t deny_count;
    size_t memory_times; /* how many times LIMIT_CHILD_BYTES a child may hold beside: 0 when shipping */
    const char *const *environment; /* names of variables that a child inherits */
    size_t environment_count;
};

/* Empty when shipping; tests/lib/sandbox_extra.c lists what AddressSanitizer needs to report. */
extern const struct sandbox_extra sandbox_extra;

#endif
