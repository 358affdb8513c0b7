/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/sandbox_extra.h"

#include <sys/syscall.h>

/* What AddressSanitizer calls while it writes a report and ends the process. */
static const int allow[] = {
    SYS_sigaltstack, SYS_getpid,      SYS_gettid, SYS_rt_sigaction, SYS_rt_sigprocmask,
    SYS_tgkill,      SYS_sched_yield, SYS_prctl,  SYS_ioctl,        SYS_close,
    SYS_prlimit64,   SYS_pipe2,       SYS_write,  SYS_mprotect,     SYS_madvise,
#ifdef SYS_pipe
    SYS_pipe,
#endif
};

/* What it tries, and does without. */
static const int deny[] = {
    SYS_openat, SYS_newfstatat, SYS_readlinkat,
#ifdef SYS_open
    SYS_open,   SYS_stat,       SYS_lstat,      SYS_readlink,
#endif
};

/* Where it writes, and how it exits. */
static const char *const environment[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS"};

const struct sandbox_extra sandbox_extra = {
    .allow = allow,
    .allow_count = sizeof allow / sizeof *allow,
    .deny = deny,
    .deny_count = sizeof deny / sizeof *deny,
    .memory_times = 7, /* its shadow and quarantine */
    .environment = environment,
    .environment_count = sizeof environment / sizeof *environment,
};
