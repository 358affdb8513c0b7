/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/lookout.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/limits.h"
#include "kiosk/lookout_threads.h"

unsigned lookout_lookers(long cores) {
    return cores >= 2 ? LOOKOUT_LOOKERS_MAX : 1;
}

/* ---- start and end */

static bool start_worker(struct lookout *lookout, unsigned index) {
    struct lookout_worker *worker = &lookout->workers[index];
    worker->lookout = lookout;
    worker->index = index;
    if (pthread_cond_init(&worker->wake, NULL) != 0) {
        return false;
    }
    if (pthread_create(&worker->thread, NULL, lookout_threads_work, worker) != 0) {
        pthread_cond_destroy(&worker->wake);
        return false;
    }
    lookout->started++;
    return true;
}

static void await_all(struct lookout *lookout) {
    pthread_mutex_lock(&lookout->lock);
    while (lookout->placed < lookout->started) {
        pthread_cond_wait(&lookout->at_place, &lookout->lock);
    }
    pthread_mutex_unlock(&lookout->lock);
}

enum err lookout_start(unsigned lookers, lookout_look *look, void *ctx, struct lookout **out) {
    struct lookout *lookout = calloc(1, sizeof *lookout);
    int descriptor = lookout == NULL ? -1 : eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (descriptor < 0) {
        free(lookout);
        return ERR_NO_MEMORY;
    }
    lookout->descriptor = descriptor;
    lookout->lookers = lookers;
    lookout->look = look;
    lookout->ctx = ctx;
    pthread_mutex_init(&lookout->lock, NULL);
    pthread_cond_init(&lookout->at_place, NULL);
    bool started = true;
    for (unsigned i = 0; i <= lookers && started; i++) {
        started = start_worker(lookout, i);
    }
    await_all(lookout);
    if (!started) {
        lookout_stop(lookout);
        return ERR_NO_MEMORY;
    }
    *out = lookout;
    return ERR_OK;
}

static void end_workers(struct lookout *lookout) {
    pthread_mutex_lock(&lookout->lock);
    lookout->ending = true;
    for (unsigned i = 0; i < lookout->started; i++) {
        pthread_cond_signal(&lookout->workers[i].wake);
    }
    pthread_mutex_unlock(&lookout->lock);
    for (unsigned i = 0; i < lookout->started; i++) {
        pthread_join(lookout->workers[i].thread, NULL);
        pthread_cond_destroy(&lookout->workers[i].wake);
    }
}

void lookout_stop(struct lookout *lookout) {
    if (lookout == NULL) {
        return;
    }
    end_workers(lookout);
    pthread_cond_destroy(&lookout->at_place);
    pthread_mutex_destroy(&lookout->lock);
    close(lookout->descriptor);
    decode_close(&lookout->decoder);
    free(lookout->frame.bytes);
    free(lookout->parcel.bytes);
    free(lookout->picture.pixels);
    for (unsigned i = 0; i < LOOKOUT_LOOKERS_MAX; i++) {
        free(lookout->sheets[i].pixels);
    }
    free(lookout);
}

/* ---- frames in */

void lookout_show(struct lookout *lookout, struct preview *preview) {
    pthread_mutex_lock(&lookout->lock);
    lookout->preview = preview;
    lookout->shown_ms = 0;
    pthread_mutex_unlock(&lookout->lock);
}

/* What waits in it is skipped; until it is full again nobody else looks at it. */
static struct lookout_parcel *empty_frame(struct lookout *lookout) {
    pthread_mutex_lock(&lookout->lock);
    lookout->skipped += lookout->frame.full ? 1 : 0;
    lookout->frame.full = false;
    pthread_mutex_unlock(&lookout->lock);
    return &lookout->frame;
}

static enum err make_room(struct lookout_parcel *parcel, size_t size) {
    if (parcel->size >= size) {
        return ERR_OK;
    }
    uint8_t *bytes = malloc(size);
    if (bytes == NULL) {
        return ERR_NO_MEMORY;
    }
    free(parcel->bytes);
    parcel->bytes = bytes;
    parcel->size = size;
    return ERR_OK;
}

enum err lookout_offer(struct lookout *lookout, const struct lookout_frame *frame) {
    struct span bytes = frame->frame.bytes;
    if (bytes.len > LIMIT_FRAME_BYTES) {
        return ERR_FRAME_TOO_LARGE;
    }
    struct lookout_parcel *parcel = empty_frame(lookout);
    TRY(make_room(parcel, bytes.len));
    if (bytes.len > 0) {
        memcpy(parcel->bytes, bytes.ptr, bytes.len);
    }
    parcel->what = *frame;
    parcel->what.frame.bytes = span_of_bytes(parcel->bytes, bytes.len);
    pthread_mutex_lock(&lookout->lock);
    parcel->full = true;
    lookout_threads_call(&lookout->workers[lookout->lookers]);
    pthread_mutex_unlock(&lookout->lock);
    return ERR_OK;
}

/* ---- results out */

int lookout_descriptor(const struct lookout *lookout) {
    return lookout->descriptor;
}

/* With the lock: who is done with the oldest frame, or NULL. */
static struct lookout_worker *oldest_done(struct lookout *lookout) {
    struct lookout_worker *oldest = NULL;
    for (unsigned i = 0; i <= lookout->lookers; i++) {
        struct lookout_worker *worker = &lookout->workers[i];
        bool waits = worker->stand == LOOKOUT_DONE && !worker->taken;
        if (waits && (oldest == NULL || worker->result.number < oldest->result.number)) {
            oldest = worker;
        }
    }
    return oldest;
}

bool lookout_take(struct lookout *lookout, struct lookout_result *out) {
    uint64_t count;
    (void)!read(lookout->descriptor, &count, sizeof count);
    pthread_mutex_lock(&lookout->lock);
    struct lookout_worker *worker = oldest_done(lookout);
    if (worker != NULL) {
        worker->taken = true;
        *out = worker->result;
    }
    pthread_mutex_unlock(&lookout->lock);
    return worker != NULL;
}

void lookout_release(struct lookout *lookout, const struct lookout_result *result) {
    struct lookout_worker *worker = &lookout->workers[result->thread];
    pthread_mutex_lock(&lookout->lock);
    worker->stand = LOOKOUT_WAITS;
    lookout_threads_call(worker);
    pthread_mutex_unlock(&lookout->lock);
}

/* ---- how it goes */

bool lookout_is_busy(struct lookout *lookout) {
    pthread_mutex_lock(&lookout->lock);
    bool busy = lookout->frame.full || lookout->picture.full;
    for (unsigned i = 0; i <= lookout->lookers; i++) {
        enum lookout_stand stand = lookout->workers[i].stand;
        busy = busy || stand == LOOKOUT_WORKS || stand == LOOKOUT_DONE;
    }
    pthread_mutex_unlock(&lookout->lock);
    return busy;
}

uint64_t lookout_skipped(struct lookout *lookout) {
    pthread_mutex_lock(&lookout->lock);
    uint64_t skipped = lookout->skipped;
    pthread_mutex_unlock(&lookout->lock);
    return skipped;
}

int64_t lookout_longest_ms(struct lookout *lookout) {
    int64_t now_ms = lookout_threads_now_ms(), longest_ms = 0;
    pthread_mutex_lock(&lookout->lock);
    for (unsigned i = 0; i <= lookout->lookers; i++) {
        const struct lookout_worker *worker = &lookout->workers[i];
        bool owes = worker->stand == LOOKOUT_CALLED || worker->stand == LOOKOUT_WORKS;
        int64_t spent_ms = owes ? now_ms - worker->began_ms : 0;
        longest_ms = spent_ms > longest_ms ? spent_ms : longest_ms;
    }
    pthread_mutex_unlock(&lookout->lock);
    return longest_ms;
}
