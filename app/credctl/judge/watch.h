/* watch: pictures shown to the reader one after the other, and all that it says of each. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_JUDGE_WATCH_H
#define CREDCTL_JUDGE_WATCH_H

#include "base/err.h"
#include "frame/frame.h"
#include "kiosk/child.h"
#include "kiosk/messages.h"
#include "symbol/symbol.h"

/* What one picture holds. Payloads point into the watch and hold until the next picture. */
struct watch_picture {
    enum err fault;                   /* why it could not be looked at: ERR_FRAME_..., or ERR_OK */
    uint32_t cpu_us;                  /* processor time of the reader: decoding and reading */
    char pass[MESSAGES_PASS_MAX + 1]; /* which way of looking found a code, or "" */
    enum guidance sees;               /* what it shows of codes */
    size_t count;
    struct span payloads[SYMBOL_MAX];
};

/* A reader that is shown pictures. All zero is none. */
struct watch {
    struct child child;
    bool open;
    int camera; /* our end of what the reader takes for a camera */
    uint64_t frames, dropped;
    uint8_t *memory;
};

/*
 * Start a reader. watch_stop it.
 *
 * alone  where the first look at a picture finds nothing, all other ways are tried on it; else they take turns
 *        from picture to picture, as with a camera's frames
 *
 * ERR_SIGHT_START  there is no reader, or it does not start
 * ERR_SIGHT_SILENT, ERR_NO_MEMORY
 */
MUST_USE enum err watch_start(bool alone, struct watch *out);

/*
 * Show it a picture.
 *
 * A picture that is damaged, or too large, is an answer: out->fault says so.
 *
 * ERR_SIGHT_SILENT  it died over this picture, or does not answer; it must not be shown another
 */
MUST_USE enum err watch_show(struct watch *watch, const struct frame *frame, struct watch_picture *out);

/* End it; takes one that is all zero. */
void watch_stop(struct watch *watch);

#endif
