/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox_rules: which system calls each child may make once it is locked in. */
#include <fcntl.h>
#include <linux/videodev2.h>
#include <seccomp.h>

#include "kiosk/sandbox.h"

#define ALLOW(name)                                                                                          \
    { SCMP_SYS(name), SANDBOX_ALLOW, 0, 0 }
#define ALLOW_WHEN(name, arg, number)                                                                        \
    { SCMP_SYS(name), SANDBOX_ALLOW_WHEN, arg, (uint32_t)(number) }
#define DENY(name)                                                                                           \
    { SCMP_SYS(name), SANDBOX_DENY, 0, 0 }
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Memory, messages with face, leaving. write: to standard error, or what was opened before the lock. */
#define COMMON                                                                                               \
    ALLOW(read), ALLOW(write), ALLOW(mmap), ALLOW(munmap), ALLOW(mremap), ALLOW(brk), ALLOW(madvise),        \
        ALLOW(futex), ALLOW(clock_gettime), ALLOW(clock_nanosleep), ALLOW(sendto), ALLOW(recvfrom),          \
        ALLOW(sendmsg), ALLOW(recvmsg), ALLOW(poll), ALLOW(ppoll), ALLOW(close), ALLOW(exit_group),          \
        ALLOW(rt_sigreturn), ALLOW(restart_syscall), ALLOW(lseek), ALLOW(pread64),                           \
        ALLOW_WHEN(fcntl, 1, F_GET_SEALS)

/* zbar tries to open character set modules (EACCES), qsort asks sysinfo; a camera speaks V4L2 by ioctl. */
static const struct sandbox_call reader_calls[] = {
    COMMON,
    ALLOW(sysinfo),
    DENY(openat),
    DENY(newfstatat),
    ALLOW_WHEN(ioctl, 1, VIDIOC_QUERYCAP),
    ALLOW_WHEN(ioctl, 1, VIDIOC_ENUM_FMT),
    ALLOW_WHEN(ioctl, 1, VIDIOC_G_FMT),
    ALLOW_WHEN(ioctl, 1, VIDIOC_S_FMT),
    ALLOW_WHEN(ioctl, 1, VIDIOC_TRY_FMT),
    ALLOW_WHEN(ioctl, 1, VIDIOC_G_PARM),
    ALLOW_WHEN(ioctl, 1, VIDIOC_S_PARM),
    ALLOW_WHEN(ioctl, 1, VIDIOC_REQBUFS),
    ALLOW_WHEN(ioctl, 1, VIDIOC_QUERYBUF),
    ALLOW_WHEN(ioctl, 1, VIDIOC_QBUF),
    ALLOW_WHEN(ioctl, 1, VIDIOC_DQBUF),
    ALLOW_WHEN(ioctl, 1, VIDIOC_STREAMON),
    ALLOW_WHEN(ioctl, 1, VIDIOC_STREAMOFF),
    ALLOW_WHEN(ioctl, 1, VIDIOC_QUERYCTRL),
    ALLOW_WHEN(ioctl, 1, VIDIOC_G_CTRL),
    ALLOW_WHEN(ioctl, 1, VIDIOC_S_CTRL),
};

static const struct sandbox_call verifier_calls[] = {
    COMMON,
    ALLOW(getrandom),
};

/* Files beneath the data folder, which Landlock bounds, and what SQLite asks of them. */
static const struct sandbox_call installer_calls[] = {
    COMMON,           ALLOW(getrandom), ALLOW(openat),     ALLOW(newfstatat),
    ALLOW(fstat),
#ifdef __NR_stat
    ALLOW(stat),      ALLOW(lstat),     ALLOW(access),     ALLOW(readlink),
    ALLOW(unlink),    ALLOW(mkdir),     ALLOW(rename),     ALLOW(rmdir),
    ALLOW(open),
#endif
    ALLOW(fcntl),     ALLOW(pwrite64),  ALLOW(ftruncate),  ALLOW(fsync),
    ALLOW(fdatasync), ALLOW(mkdirat),   ALLOW(renameat),   ALLOW(renameat2),
    ALLOW(unlinkat),  ALLOW(faccessat), ALLOW(readlinkat), ALLOW(getdents64),
    ALLOW(geteuid),   ALLOW(getpid),    ALLOW(getcwd),     ALLOW(fchmod),
    ALLOW(statx),     ALLOW(sysinfo),
};

/* Files of a stick are open already; copies are made beneath the data folder, which Landlock bounds. */
static const struct sandbox_call stick_calls[] = {
    ALLOW(read),       ALLOW(write),   ALLOW(close),     ALLOW(openat),       ALLOW(newfstatat),
    ALLOW(fstat),      ALLOW(fstatfs), ALLOW(fsync),     ALLOW(unlinkat),     ALLOW(mkdirat),
    ALLOW(renameat),   ALLOW(fcntl),   ALLOW(mmap),      ALLOW(munmap),       ALLOW(brk),
    ALLOW(exit_group), ALLOW(lseek),   ALLOW(renameat2), ALLOW(rt_sigreturn), ALLOW(restart_syscall),
};

const struct sandbox_rules sandbox_reader = {reader_calls, COUNT(reader_calls)};
const struct sandbox_rules sandbox_verifier = {verifier_calls, COUNT(verifier_calls)};
const struct sandbox_rules sandbox_installer = {installer_calls, COUNT(installer_calls)};
const struct sandbox_rules sandbox_stick = {stick_calls, COUNT(stick_calls)};
