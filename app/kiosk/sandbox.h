/* sandbox: a child locks itself in before the first untrusted byte: seccomp, Landlock, no core dumps. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_SANDBOX_H
#define KIOSK_SANDBOX_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* What happens at a system call; one in no list kills the process (SIGSYS). */
enum sandbox_answer { SANDBOX_KILL = 0, SANDBOX_ALLOW, SANDBOX_ALLOW_WHEN, SANDBOX_DENY };

/* A line of a process's list. ALLOW_WHEN: argument `argument` (from 0), its lower 32 bits, equals `value`.
 * DENY answers EACCES. */
struct sandbox_call {
    int number;
    enum sandbox_answer answer;
    unsigned argument;
    uint32_t value;
};

/* A process's list of system calls. */
struct sandbox_rules {
    const struct sandbox_call *calls;
    size_t count;
};

/* The lists of the three children and of credkiosk-stick (sandbox_rules.c). */
extern const struct sandbox_rules sandbox_reader;
extern const struct sandbox_rules sandbox_verifier;
extern const struct sandbox_rules sandbox_installer;
extern const struct sandbox_rules sandbox_stick;

/* What the lock could do. */
struct sandbox_report {
    uint32_t landlock_abi; /* 0: this kernel has no Landlock, which the journal says */
};

/* First thing in a child: die with face, close what was inherited above MESSAGES_SOCKET, write no core. */
void sandbox_begin(void);

/*
 * Lock the process in for good: no new privileges, not dumpable, no core, Landlock without any access to
 * files, network or other processes, then seccomp for all threads. Libraries that open files on first use
 * must have done so.
 *
 * folder  a folder beneath which files may still be read, made and removed (installer); -1 for none
 *
 * ERR_SANDBOX  seccomp is missing or refuses: the process must not go on
 */
MUST_USE enum err sandbox_lock(const struct sandbox_rules *rules, int folder, struct sandbox_report *out);

/*
 * The same in two steps, for a process with threads. Landlock holds for the calling thread and those that it starts
 * later, and seccomp for all that run, but allows none to be started: so files first, then threads, then calls.
 *
 * ERR_SANDBOX  as above; from calls also where a thread of the process cannot be locked in
 */
MUST_USE enum err sandbox_lock_files(int folder, struct sandbox_report *out);
MUST_USE enum err sandbox_lock_calls(const struct sandbox_rules *rules);

#endif
