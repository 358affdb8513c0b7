/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kiosk/messages.h"
#include "kiosk/sandbox_extra.h"

/* What each Landlock ABI can deny (linux/landlock.h of newer kernels): file accesses as the lowest bits. */
#define FS_BITS_ABI1 13
#define FS_BITS_ABI2 14
#define FS_BITS_ABI3 15
#define FS_BITS_ABI5 16
#define NET_ABI      4
#define NET_BITS     2
#define SCOPE_ABI    6
#define SCOPE_BITS   2

/* struct landlock_ruleset_attr as of ABI 6; older kernels take its beginning. */
struct ruleset {
    uint64_t fs, net, scope;
};

void sandbox_begin(void) {
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)syscall(SYS_close_range, MESSAGES_SOCKET + 1u, ~0u, 0u);
}

static uint64_t low_bits(unsigned count) {
    return (UINT64_C(1) << count) - 1;
}

static uint64_t fs_of_abi(long abi) {
    if (abi >= 5) {
        return low_bits(FS_BITS_ABI5);
    }
    return low_bits(abi >= 3 ? FS_BITS_ABI3 : abi == 2 ? FS_BITS_ABI2 : FS_BITS_ABI1);
}

/* Everything but executing, beneath the installer's folder. */
static bool allow_folder(int ruleset, int folder, uint64_t fs) {
    struct landlock_path_beneath_attr rule = {
        .allowed_access = fs & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE,
        .parent_fd = folder,
    };
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

/* The ABI that is in force afterwards; 0 where the kernel has none. */
static uint32_t lock_landlock(int folder) {
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1) {
        return 0;
    }
    struct ruleset rules = {.fs = fs_of_abi(abi)};
    size_t size = sizeof rules.fs;
    if (abi >= NET_ABI) {
        rules.net = low_bits(NET_BITS);
        size += sizeof rules.net;
    }
    if (abi >= SCOPE_ABI) {
        rules.scope = low_bits(SCOPE_BITS);
        size += sizeof rules.scope;
    }
    long ruleset = syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0) {
        return 0;
    }
    bool locked = (folder < 0 || allow_folder((int)ruleset, folder, rules.fs)) &&
                  syscall(SYS_landlock_restrict_self, (int)ruleset, 0) == 0;
    close((int)ruleset);
    return locked ? (uint32_t)abi : 0;
}

static int add_call(scmp_filter_ctx filter, const struct sandbox_call *call) {
    switch (call->answer) {
    case SANDBOX_ALLOW:
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call->number, 0);
    case SANDBOX_ALLOW_WHEN:
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call->number, 1,
                                SCMP_CMP(call->argument, SCMP_CMP_MASKED_EQ, 0xFFFFFFFFu, call->value));
    case SANDBOX_DENY:
        return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call->number, 0);
    case SANDBOX_KILL:
        break;
    }
    return -EINVAL;
}

static bool in_rules(const struct sandbox_rules *rules, int number) {
    for (size_t i = 0; i < rules->count; i++) {
        if (rules->calls[i].number == number) {
            return true;
        }
    }
    return false;
}

/* What this build's own tools need beside: nothing when shipping. */
static int add_extra(scmp_filter_ctx filter, const struct sandbox_rules *rules) {
    int failed = 0;
    for (size_t i = 0; i < sandbox_extra.allow_count; i++) {
        struct sandbox_call call = {sandbox_extra.allow[i], SANDBOX_ALLOW, 0, 0};
        failed |= add_call(filter, &call);
    }
    for (size_t i = 0; i < sandbox_extra.deny_count; i++) {
        struct sandbox_call call = {sandbox_extra.deny[i], SANDBOX_DENY, 0, 0};
        failed |= in_rules(rules, call.number) ? 0 : add_call(filter, &call);
    }
    return failed;
}

enum err sandbox_lock_calls(const struct sandbox_rules *rules) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == NULL) {
        return ERR_SANDBOX;
    }
    int failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    for (size_t i = 0; i < rules->count; i++) {
        failed |= add_call(filter, &rules->calls[i]);
    }
    failed |= add_extra(filter, rules);
    if (failed == 0) {
        failed = seccomp_load(filter);
    }
    seccomp_release(filter);
    return failed == 0 ? ERR_OK : ERR_SANDBOX;
}

enum err sandbox_lock_files(int folder, struct sandbox_report *out) {
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_DUMPABLE, 0) != 0) {
        return ERR_SANDBOX;
    }
    *out = (struct sandbox_report){.landlock_abi = lock_landlock(folder)};
    return ERR_OK;
}

enum err sandbox_lock(const struct sandbox_rules *rules, int folder, struct sandbox_report *out) {
    struct sandbox_report report;
    TRY(sandbox_lock_files(folder, &report));
    TRY(sandbox_lock_calls(rules));
    *out = report;
    return ERR_OK;
}
