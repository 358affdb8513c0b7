/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kiosk/sandbox.h"
#include "kiosk/sandbox_extra.h"

#define LOCK_FAILED 90
#define TRIED       91

/* Run `act` in a child that locked itself in; its wait status. */
static int locked(const struct sandbox_rules *rules, int (*act)(void)) {
    pid_t child = fork();
    if (child == 0) {
        struct sandbox_report report;
        _exit(sandbox_lock(rules, -1, &report) == ERR_OK ? act() : LOCK_FAILED);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void assert_exit(int status, int code) {
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), code);
}

static void assert_sigsys(int status) {
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSYS);
    assert_false(WCOREDUMP(status));
}

static int does_nothing(void) {
    return TRIED;
}

static int opens_a_socket(void) {
    syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
    return TRIED;
}

static int starts_a_program(void) {
    char *none[] = {NULL};
    syscall(SYS_execve, "/bin/true", none, none);
    return TRIED;
}

static int makes_a_process(void) {
    syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    return TRIED;
}

static int signals_its_parent(void) {
    syscall(SYS_kill, 1, 0);
    return TRIED;
}

static int opens_a_file(void) {
    long file = syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
    return file < 0 && errno == EACCES ? TRIED : 0;
}

static int makes_memory_runnable(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? 1 : TRIED;
}

static int asks_a_terminal(void) {
    syscall(SYS_ioctl, 0, 0x5401, 0); /* TCGETS */
    return TRIED;
}

static int asks_a_camera(void) {
    syscall(SYS_ioctl, -1, 0x80685600, 0); /* VIDIOC_QUERYCAP */
    return TRIED;
}

static int allocates_and_asks_the_time(void) {
    struct timespec now;
    void *memory = malloc(1 << 20);
    int fine = memory != NULL && clock_gettime(CLOCK_MONOTONIC, &now) == 0;
    free(memory);
    return fine ? TRIED : 0;
}

static void a_locked_child_still_works(void **state) {
    (void)state;
    const struct sandbox_rules *all[] = {&sandbox_reader, &sandbox_verifier, &sandbox_installer};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_exit(locked(all[i], does_nothing), TRIED);
        assert_exit(locked(all[i], allocates_and_asks_the_time), TRIED);
        assert_exit(locked(all[i], makes_memory_runnable), TRIED);
    }
}

static void network_programs_and_processes_kill(void **state) {
    (void)state;
    const struct sandbox_rules *all[] = {&sandbox_reader, &sandbox_verifier, &sandbox_installer};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_sigsys(locked(all[i], opens_a_socket));
        assert_sigsys(locked(all[i], starts_a_program));
        assert_sigsys(locked(all[i], makes_a_process));
        assert_sigsys(locked(all[i], signals_its_parent));
    }
}

static void files_answer_the_reader_with_refusal_and_kill_a_verifier(void **state) {
    (void)state;
    assert_exit(locked(&sandbox_reader, opens_a_file), TRIED);
    if (sandbox_extra.deny_count > 0) {
        assert_exit(locked(&sandbox_verifier, opens_a_file), TRIED);
    } else {
        assert_sigsys(locked(&sandbox_verifier, opens_a_file));
    }
}

static void ioctl_is_for_cameras_alone(void **state) {
    (void)state;
    assert_exit(locked(&sandbox_reader, asks_a_camera), TRIED);
    if (sandbox_extra.allow_count > 0) {
        skip(); /* AddressSanitizer asks for its terminal */
    }
    assert_sigsys(locked(&sandbox_reader, asks_a_terminal));
    assert_sigsys(locked(&sandbox_verifier, asks_a_camera));
}

static int reads_its_limits(void) {
    struct rlimit core = {1, 1};
    if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0) {
        return 1;
    }
    return prctl(PR_GET_DUMPABLE) == 0 && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? TRIED : 2;
}

static void a_child_leaves_no_core_and_gains_nothing(void **state) {
    (void)state;
    static const struct sandbox_call calls[] = {{SYS_prlimit64, SANDBOX_ALLOW, 0, 0},
                                                {SYS_prctl, SANDBOX_ALLOW, 0, 0},
                                                {SYS_exit_group, SANDBOX_ALLOW, 0, 0}};
    struct sandbox_rules rules = {calls, sizeof calls / sizeof *calls};
    assert_exit(locked(&rules, reads_its_limits), TRIED);
}

/* What cannot be locked in must not go on: a list that libseccomp does not take. */
static void a_list_that_cannot_be_loaded_is_an_error(void **state) {
    (void)state;
    static const struct sandbox_call calls[] = {{SYS_read, SANDBOX_KILL, 0, 0}};
    struct sandbox_rules rules = {calls, sizeof calls / sizeof *calls};
    pid_t child = fork();
    if (child == 0) {
        struct sandbox_report report = {0};
        _exit(sandbox_lock(&rules, -1, &report) == ERR_SANDBOX ? TRIED : 0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_exit(status, TRIED);
}

static int opens_beneath(int folder, const char *path, int flags) {
    pid_t child = fork();
    if (child == 0) {
        struct sandbox_report report = {0};
        if (sandbox_lock(&sandbox_installer, folder, &report) != ERR_OK) {
            _exit(LOCK_FAILED);
        }
        _exit(report.landlock_abi == 0 ? 77 : syscall(SYS_openat, AT_FDCWD, path, flags, 0600) >= 0 ? 1 : 0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void landlock_leaves_the_installer_its_folder_alone(void **state) {
    (void)state;
    char folder[] = "/tmp/sandbox-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char inside[64];
    snprintf(inside, sizeof inside, "%s/file", folder);
    int opened = open(folder, O_PATH | O_DIRECTORY);
    int in = opens_beneath(opened, inside, O_CREAT | O_RDWR);
    int out = opens_beneath(opened, "/etc/passwd", O_RDONLY);
    close(opened);
    unlink(inside);
    rmdir(folder);
    if (in == 77) {
        skip();
    }
    assert_int_equal(in, 1);
    assert_int_equal(out, 0);
}

/* ---- threads: Landlock before they begin, seccomp when they run */

/* What a thread does once the process is locked in. */
struct waiting_thread {
    sem_t begun, locked;
    int (*act)(void);
    int result;
};

static void *wait_and_act(void *ctx) {
    struct waiting_thread *thread = ctx;
    sem_post(&thread->begun);
    sem_wait(&thread->locked);
    thread->result = thread->act();
    return NULL;
}

/* In a child: files, a thread, calls, and the thread acts; 77 without Landlock. */
static _Noreturn void lock_around_a_thread(const struct sandbox_rules *rules, bool files, int (*act)(void)) {
    struct sandbox_report report = {0};
    struct waiting_thread waiting = {.act = act};
    pthread_t thread;
    sem_init(&waiting.locked, 0, 0);
    sem_init(&waiting.begun, 0, 0);
    if ((files && sandbox_lock_files(-1, &report) != ERR_OK) ||
        pthread_create(&thread, NULL, wait_and_act, &waiting) != 0) {
        _exit(LOCK_FAILED);
    }
    sem_wait(&waiting.begun); /* its beginning takes calls of its own */
    if (sandbox_lock_calls(rules) != ERR_OK) {
        _exit(LOCK_FAILED);
    }
    sem_post(&waiting.locked);
    pthread_join(thread, NULL);
    _exit(files && report.landlock_abi == 0 ? 77 : waiting.result);
}

static int locked_with_a_thread(const struct sandbox_rules *rules, bool files, int (*act)(void)) {
    pid_t child = fork();
    if (child == 0) {
        lock_around_a_thread(rules, files, act);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

/* The lock is made by the main thread, and a call that it does not allow by the other one. */
static void a_thread_that_was_there_before_is_locked_in_with_the_others(void **state) {
    (void)state;
    assert_sigsys(locked_with_a_thread(&sandbox_reader, true, opens_a_socket));
    assert_sigsys(locked_with_a_thread(&sandbox_reader, true, starts_a_program));
    assert_sigsys(locked_with_a_thread(&sandbox_reader, true, makes_a_process));
    assert_sigsys(locked_with_a_thread(&sandbox_reader, true, signals_its_parent));
}

static int starts_a_thread(void) {
    syscall(SYS_clone3, NULL, 0);
    return TRIED;
}

static void no_thread_begins_after_the_lock(void **state) {
    (void)state;
    assert_sigsys(locked(&sandbox_reader, starts_a_thread));
    assert_sigsys(locked_with_a_thread(&sandbox_reader, true, starts_a_thread));
}

static int opens_a_file_at_all(void) {
    return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY) >= 0 ? 1 : errno == EACCES ? TRIED : 2;
}

/* With a list that lets files be opened and threads end, as the question is what Landlock does to the thread. */
static void landlock_holds_for_threads_that_begin_after_it(void **state) {
    (void)state;
    static const struct sandbox_call calls[] = {
        {SYS_openat, SANDBOX_ALLOW, 0, 0},     {SYS_futex, SANDBOX_ALLOW, 0, 0},
        {SYS_exit, SANDBOX_ALLOW, 0, 0},       {SYS_rt_sigprocmask, SANDBOX_ALLOW, 0, 0},
        {SYS_madvise, SANDBOX_ALLOW, 0, 0},    {SYS_munmap, SANDBOX_ALLOW, 0, 0},
        {SYS_exit_group, SANDBOX_ALLOW, 0, 0}, {SYS_mmap, SANDBOX_ALLOW, 0, 0}};
    struct sandbox_rules rules = {calls, sizeof calls / sizeof *calls};
    int status = locked_with_a_thread(&rules, true, opens_a_file_at_all);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        skip();
    }
    assert_exit(status, TRIED);
    assert_exit(locked_with_a_thread(&rules, false, opens_a_file_at_all), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_locked_child_still_works),
        cmocka_unit_test(network_programs_and_processes_kill),
        cmocka_unit_test(files_answer_the_reader_with_refusal_and_kill_a_verifier),
        cmocka_unit_test(ioctl_is_for_cameras_alone),
        cmocka_unit_test(a_child_leaves_no_core_and_gains_nothing),
        cmocka_unit_test(a_list_that_cannot_be_loaded_is_an_error),
        cmocka_unit_test(a_thread_that_was_there_before_is_locked_in_with_the_others),
        cmocka_unit_test(no_thread_begins_after_the_lock),
        cmocka_unit_test(landlock_holds_for_threads_that_begin_after_it),
        cmocka_unit_test(landlock_leaves_the_installer_its_folder_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
