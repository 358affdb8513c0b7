/* child: one of face's processes: started with a socket, watched, ended. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_CHILD_H
#define KIOSK_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/span.h"

/* A child that has been at work for so long is well, whatever happened before. */
#define CHILD_WELL_MS 2000

/* A running process. All zero is none. */
struct child {
    bool open;
    bool ready; /* it said so */
    pid_t pid;
    int socket; /* non-blocking, close-on-exec */
    int64_t started_ms, heard_ms;
};

/* How a process ended: by itself with a status, or by a signal (0: by itself). */
struct child_ending {
    int status, signal;
};

/* Room for killed children that have not gone; while half of it is taken none is started, and the others fit. */
#define CHILD_LEFT_MAX 8u
/* Children that were killed and have not gone: the kernel may hold one for long, as in a read of a broken
 * device. */
struct child_left {
    size_t count;
    pid_t pids[CHILD_LEFT_MAX];
};

/* When the next one may be started: at once after a first failure, then later and later up to a second. */
struct child_retry {
    unsigned failures;
    int64_t next_ms;
    enum err cause; /* of the last failure */
};

/* Milliseconds of a clock that never goes back. */
int64_t child_now_ms(void);

/*
 * Start FOLDER/PROGRAM with its end of a socket pair as descriptor MESSAGES_SOCKET. Of the environment it
 * inherits what sandbox_extra names: nothing when shipping.
 *
 * ERR_CHILD_START  no sockets left, or the program cannot be started
 */
MUST_USE enum err child_start(const char *folder, const char *program, struct child *out);

/* Kill it if it still runs, wait for its end as long as a program that ends itself may, close the socket and zero
 * it. Takes one that is not open. */
struct child_ending child_end(struct child *child);
/* Likewise for a loop that must go on: one that does not go at once is noted in *left, as ended by SIGKILL. */
struct child_ending child_end_soon(struct child *child, struct child_left *left);
/* Forget those that have gone by now; waits for none. */
void child_reap(struct child_left *left);

/* Memory that it holds, in bytes; 0 where that cannot be read. */
size_t child_resident_bytes(const struct child *child);

/* Note a failure and its cause, and that all is well again. */
void child_retry_failed(struct child_retry *retry, int64_t now_ms, enum err cause);
void child_retry_well(struct child_retry *retry);

#endif
