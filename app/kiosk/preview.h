/* preview: grey pictures in memory that the reader fills and face copies from, sealed so that neither can be
 * tricked by its size. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_PREVIEW_H
#define KIOSK_PREVIEW_H

#include <stdbool.h>

#include "base/err.h"
#include "frame/frame.h"

/* Pictures in turn: while face copies one, the reader writes another. */
#define PREVIEW_SLOTS 3u
/* The largest preview of a screen (720 x 540 in portrait) and some room. */
#define PREVIEW_SIDE_MAX 1024u
/* Face draws it every 66 ms at most: what the reader wrote more often would not be seen. */
#define PREVIEW_EVERY_MS 60

/* One side's view of the memory. All zero is none. */
struct preview {
    uint8_t *base;
    size_t bytes;
    uint32_t width_px, height_px;
    uint32_t written; /* pictures written by this side */
    uint32_t seen;    /* number of the picture last copied by this side */
};

/*
 * Face: make the memory, sealed against shrinking, growing and further seals, and map it read-only.
 *
 * descriptor  what the reader is given; the caller's to close
 *
 * ERR_PREVIEW  a side is 0 or above PREVIEW_SIDE_MAX, or the system refuses
 */
MUST_USE enum err preview_create(uint32_t width_px, uint32_t height_px, struct preview *out, int *descriptor);

/* Reader: map memory of that picture size for writing; the descriptor stays the caller's. ERR_PREVIEW: not
 * sealed, or of another size. */
MUST_USE enum err preview_attach(int descriptor, uint32_t width_px, uint32_t height_px, struct preview *out);

/* Reader: put a picture of any size into the next slot, scaled to cover it and cut at the edges. */
void preview_write(struct preview *preview, const struct grey *picture);

/* Face: copy the newest picture, width_px * height_px bytes, where it is another than the last one copied.
 * False: none, or it changed while it was copied; try again later. */
bool preview_read(struct preview *preview, uint8_t *pixels);

/* Unmap it; takes one all zero. */
void preview_close(struct preview *preview);

#endif
