/* lookout_threads: what the threads of a lookout share, and do. For lookout.c alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_LOOKOUT_THREADS_H
#define KIOSK_LOOKOUT_THREADS_H

#include <pthread.h>

#include "kiosk/lookout.h"

/* A frame's bytes and their memory. */
struct lookout_parcel {
    bool full;
    struct lookout_frame what;
    uint8_t *bytes;
    size_t size;
};

/* A grey picture and its memory. */
struct lookout_sheet {
    bool full;
    struct lookout_frame what; /* its frame, without bytes */
    uint32_t cpu_us;
    struct grey picture;
    uint8_t *pixels;
    size_t size;
};

/* Where a thread stands. Called: there is something to do, or there was until another took it. Done: its result waits to
 * be taken and released. */
enum lookout_stand { LOOKOUT_WAITS = 0, LOOKOUT_CALLED, LOOKOUT_WORKS, LOOKOUT_DONE };

/* A thread. */
struct lookout_worker {
    struct lookout *lookout;
    unsigned index; /* of a looker; the decoder's is the number of lookers */
    pthread_t thread;
    pthread_cond_t wake;
    enum lookout_stand stand;
    bool taken;       /* the main thread has its result */
    int64_t began_ms; /* since it was called, or works */
    struct lookout_result result;
};

/* `lock` guards all but what a thread at work has taken for itself: `parcel` and `decoder` are the decoder's,
 * sheets[i] is looker i's, and the main thread fills `frame` while that is not full. */
struct lookout {
    pthread_mutex_t lock;
    pthread_cond_t at_place;
    unsigned lookers, started, placed;
    bool ending;
    int descriptor;
    lookout_look *look;
    void *ctx;
    uint64_t skipped;
    struct lookout_parcel frame, parcel;
    struct lookout_sheet picture, sheets[LOOKOUT_LOOKERS_MAX];
    struct decoder decoder;
    struct preview *preview;
    int64_t shown_ms;
    struct lookout_worker workers[LOOKOUT_LOOKERS_MAX + 1];
};

/* A monotonic clock. */
int64_t lookout_threads_now_ms(void);

/* With the lock: there is something to do for a thread that waits. */
void lookout_threads_call(struct lookout_worker *worker);

/* What a thread does, given its struct lookout_worker, until the lookout ends. Returns NULL. */
void *lookout_threads_work(void *worker);

#endif
