/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/progress.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DRAW_EVERY_MS 100

/* To the line's beginning, and nothing behind it. */
static const char clear[] = "\r\033[K";

static int64_t now_ms(void) {
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void draw(struct progress *progress, uint64_t done, uint64_t of) {
    progress->shown_ms = now_ms();
    if (of > 0) {
        fprintf(stderr, "%scredctl: %s, %" PRIu64 " %%", clear, progress->what,
                done >= of ? 100 : done / (of / 100 + 1));
    } else if (done > 0) {
        fprintf(stderr, "%scredctl: %s, %" PRIu64, clear, progress->what, done);
    } else {
        fprintf(stderr, "%scredctl: %s", clear, progress->what);
    }
    fflush(stderr);
}

void progress_begin(struct progress *progress, const char *what) {
    progress->shows = isatty(STDERR_FILENO) == 1;
    progress->what = what;
    if (progress->shows) {
        draw(progress, 0, 0);
    }
}

static bool is_interrupted(void) {
    sigset_t waiting;
    sigemptyset(&waiting);
    (void)sigpending(&waiting);
    return sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1 ||
           sigismember(&waiting, SIGHUP) == 1;
}

enum err progress_step(void *ctx, uint64_t done, uint64_t of) {
    struct progress *progress = ctx;
    if (progress->shows && now_ms() - progress->shown_ms >= DRAW_EVERY_MS) {
        draw(progress, done, of);
    }
    return is_interrupted() ? ERR_INTERRUPTED : ERR_OK;
}

void progress_clear(struct progress *progress) {
    if (progress->shows) {
        fputs(clear, stderr);
        fflush(stderr);
    }
}

/* Only what a signal handler may do. */
static void end(int number) {
    static const char word[] = "credctl: interrupted\n";
    if (isatty(STDERR_FILENO) == 1) {
        (void)!write(STDERR_FILENO, clear, sizeof clear - 1);
    }
    (void)!write(STDERR_FILENO, word, sizeof word - 1);
    _exit(128 + number);
}

void progress_end_by_signals(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action = {0};
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
            memset(&action, 0, sizeof action);
            action.sa_handler = end;
            (void)sigaction(numbers[i], &action, NULL);
        }
    }
}
