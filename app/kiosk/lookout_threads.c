/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/lookout_threads.h"

#include <time.h>
#include <unistd.h>

int64_t lookout_threads_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Processor time of the calling thread. */
static int64_t cpu_us(void) {
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

void lookout_threads_call(struct lookout_worker *worker) {
    if (worker->stand == LOOKOUT_WAITS) {
        worker->stand = LOOKOUT_CALLED;
        worker->began_ms = lookout_threads_now_ms();
    }
    pthread_cond_signal(&worker->wake);
}

/* With the lock: a thread has a result. The descriptor's counter is never full. */
static void finish(struct lookout_worker *worker, const struct lookout_result *result) {
    const uint64_t one = 1;
    worker->result = *result;
    worker->result.thread = worker->index;
    worker->taken = false;
    worker->stand = LOOKOUT_DONE;
    (void)!write(worker->lookout->descriptor, &one, sizeof one);
}

/* With the lock: wait for something to do, and begin. False: it is over. */
static bool await(struct lookout_worker *worker, bool (*has_work)(const struct lookout_worker *)) {
    while (!worker->lookout->ending && (worker->stand == LOOKOUT_DONE || !has_work(worker))) {
        worker->stand = worker->stand == LOOKOUT_DONE ? LOOKOUT_DONE : LOOKOUT_WAITS;
        pthread_cond_wait(&worker->wake, &worker->lookout->lock);
    }
    if (worker->lookout->ending) {
        return false;
    }
    worker->stand = LOOKOUT_WORKS;
    worker->began_ms = lookout_threads_now_ms();
    return true;
}

/* ---- frames to pictures */

static bool has_frame(const struct lookout_worker *worker) {
    return worker->lookout->frame.full;
}

/* With the lock: a looker that waits, the first before the second, takes the picture. */
static void wake_looker(struct lookout *lookout) {
    unsigned count = lookout->picture.what.ordered ? 1 : lookout->lookers;
    for (unsigned i = 0; i < count; i++) {
        if (lookout->workers[i].stand == LOOKOUT_WAITS) {
            lookout_threads_call(&lookout->workers[i]);
            return;
        }
    }
}

/* With the lock: the decoder's picture becomes the newest; it gets the memory of the one before. */
static void put_picture(struct lookout *lookout, const struct grey *picture, uint32_t used_us) {
    struct decoder *decoder = &lookout->decoder;
    struct lookout_sheet before = lookout->picture;
    lookout->picture =
        (struct lookout_sheet){true, lookout->parcel.what, used_us, *picture, decoder->pixels, decoder->size};
    decoder->pixels = before.pixels;
    decoder->size = before.size;
    lookout->skipped += before.full ? 1 : 0;
    wake_looker(lookout);
}

/* With the lock: the preview, where one is due. */
static struct preview *due_preview(struct lookout *lookout) {
    int64_t now_ms = lookout_threads_now_ms();
    if (lookout->preview == NULL || now_ms - lookout->shown_ms < PREVIEW_EVERY_MS) {
        return NULL;
    }
    lookout->shown_ms = now_ms;
    return lookout->preview;
}

/* Without the lock. */
static enum err decode(struct lookout *lookout, struct preview *preview, struct grey *out) {
    TRY(decode_frame(&lookout->decoder, &lookout->parcel.what.frame, out));
    if (preview != NULL) {
        preview_write(preview, out);
    }
    return ERR_OK;
}

/* With the lock: the frame that waits becomes the decoder's own. */
static void take_frame(struct lookout *lookout) {
    struct lookout_parcel taken = lookout->frame;
    lookout->frame = lookout->parcel;
    lookout->frame.full = false;
    lookout->parcel = taken;
}

/* With the lock, which is given up meanwhile. */
static void decode_one(struct lookout_worker *worker) {
    struct lookout *lookout = worker->lookout;
    const struct lookout_frame *what = &lookout->parcel.what;
    take_frame(lookout);
    struct preview *preview = due_preview(lookout);
    pthread_mutex_unlock(&lookout->lock);
    struct grey picture = {0};
    int64_t before_us = cpu_us();
    enum err err = decode(lookout, preview, &picture);
    uint32_t used_us = (uint32_t)(cpu_us() - before_us);
    pthread_mutex_lock(&lookout->lock);
    if (err != ERR_OK) {
        finish(worker,
               &(struct lookout_result){what->number, what->captured_us, .err = err, .cpu_us = used_us});
        return;
    }
    worker->stand = LOOKOUT_WAITS;
    put_picture(lookout, &picture, used_us);
}

/* ---- pictures to codes */

static bool has_picture(const struct lookout_worker *worker) {
    const struct lookout_sheet *picture = &worker->lookout->picture;
    return picture->full && (worker->index == 0 || !picture->what.ordered);
}

/* With the lock: the newest picture becomes this looker's own. */
static const struct lookout_sheet *take_picture(struct lookout_worker *worker) {
    struct lookout *lookout = worker->lookout;
    struct lookout_sheet *own = &lookout->sheets[worker->index], taken = lookout->picture;
    lookout->picture = *own;
    lookout->picture.full = false;
    *own = taken;
    return own;
}

/* With the lock, which is given up meanwhile. */
static void look_at_one(struct lookout_worker *worker) {
    struct lookout *lookout = worker->lookout;
    const struct lookout_sheet *sheet = take_picture(worker);
    pthread_mutex_unlock(&lookout->lock);
    const struct grey *picture = &sheet->picture;
    struct lookout_result result = {sheet->what.number, sheet->what.captured_us,
                                    .width_px = picture->width_px, .height_px = picture->height_px};
    int64_t before_us = cpu_us();
    result.err = lookout->look(lookout->ctx, worker->index, picture, sheet->what.flags, &result.symbols);
    result.cpu_us = sheet->cpu_us + (uint32_t)(cpu_us() - before_us);
    pthread_mutex_lock(&lookout->lock);
    finish(worker, &result);
}

/* ---- both */

void *lookout_threads_work(void *ctx) {
    static const char *const names[] = {"looker 0", "looker 1"};
    struct lookout_worker *worker = ctx;
    struct lookout *lookout = worker->lookout;
    bool decodes = worker->index == lookout->lookers;
    pthread_setname_np(pthread_self(), decodes ? "decoder" : names[worker->index]);
    pthread_mutex_lock(&lookout->lock);
    lookout->placed++;
    pthread_cond_signal(&lookout->at_place);
    while (await(worker, decodes ? has_frame : has_picture)) {
        (decodes ? decode_one : look_at_one)(worker);
    }
    pthread_mutex_unlock(&lookout->lock);
    return NULL;
}
