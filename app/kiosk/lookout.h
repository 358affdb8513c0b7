/* lookout: the reader's threads. One makes grey pictures of frames, one or two look for codes in them, and the newest
 * always wins: nothing queues. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_LOOKOUT_H
#define KIOSK_LOOKOUT_H

#include <stdbool.h>

#include "base/err.h"
#include "frame/decode.h"
#include "kiosk/preview.h"
#include "symbol/symbol.h"

/*
 *     main thread          decoder                lookers
 *     offer ---> [frame] ---> grey, preview ---> [picture] ---> codes
 *     take  <-------------------- results <---------------------'
 *
 * Each box holds one, and what comes next replaces what nobody has taken yet. Memory is two frames, and a picture
 * for each thread and box; it grows to what the largest frame needs, within LIMIT_FRAME_BYTES each, and no further.
 * A thread waits with its result until the main thread has released it, so results are borrowed, never copied.
 */

/* Threads that look for codes. More would starve the screen, and each holds memory for a picture and its passes. */
#define LOOKOUT_LOOKERS_MAX 2u

/* A camera's frame, and what is wanted of it. */
struct lookout_frame {
    struct frame frame;
    uint64_t number; /* from 1, rising */
    int64_t captured_us;
    uint32_t flags; /* for the look, handed through */
    bool ordered;   /* the first looker takes it, whoever is free: same frames, same answers */
};

/* What became of a frame. Borrowed until it is released. */
struct lookout_result {
    uint64_t number;
    int64_t captured_us;
    enum err err; /* why it could not be decoded or looked at, or ERR_OK */
    uint32_t width_px, height_px;
    uint32_t cpu_us; /* processor time of all threads that worked on it */
    struct symbols symbols;
    unsigned thread; /* who holds it; lookout's own */
};

/*
 * Look for codes in a picture, on thread `looker` (from 0); calls of different lookers run at once.
 *
 * flags  of the frame
 * out    points to what holds until the looker's next call
 *
 * Any error ends the reader, as it is no picture's fault.
 */
typedef enum err lookout_look(void *ctx, unsigned looker, const struct grey *picture, uint32_t flags,
                              struct symbols *out);

/* The threads and their memory. Opaque. */
struct lookout;

/* How many lookers suit a machine of so many cores (at least 1). */
unsigned lookout_lookers(long cores);

/*
 * Start the threads and wait until each is at its place, so that a process which locks itself in afterwards needs
 * no system call of their beginning.
 *
 * lookers  1 to LOOKOUT_LOOKERS_MAX
 * ctx      for `look`, the caller's
 *
 * ERR_NO_MEMORY  no memory, descriptor or thread is left
 */
MUST_USE enum err lookout_start(unsigned lookers, lookout_look *look, void *ctx, struct lookout **out);

/* A descriptor that can be read while a result may wait: for poll; lookout_take empties it. */
int lookout_descriptor(const struct lookout *lookout);

/* Write decoded pictures there from now on, at most every PREVIEW_EVERY_MS; NULL: nowhere. Only while none is in
 * work. */
void lookout_show(struct lookout *lookout, struct preview *preview);

/*
 * Hand over the newest frame, whose bytes are copied. One that still waits is skipped.
 *
 * ERR_FRAME_TOO_LARGE  more than LIMIT_FRAME_BYTES
 * ERR_NO_MEMORY
 */
MUST_USE enum err lookout_offer(struct lookout *lookout, const struct lookout_frame *frame);

/* The oldest frame that is done. False: none is. */
bool lookout_take(struct lookout *lookout, struct lookout_result *out);

/* Give the result back; its thread goes on. */
void lookout_release(struct lookout *lookout, const struct lookout_result *result);

/* Anything waits, is in work, or was not taken or released yet. */
bool lookout_is_busy(struct lookout *lookout);

/* Frames and pictures that newer ones replaced. */
uint64_t lookout_skipped(struct lookout *lookout);

/* For how long, in milliseconds, the slowest thread has been at one frame or picture, or has not come for it; 0: all
 * wait. */
int64_t lookout_longest_ms(struct lookout *lookout);

/* Let the threads finish what they are at, join them, release all; NULL is fine. */
void lookout_stop(struct lookout *lookout);

#endif
