/* locate: every code of a picture, found and sampled: the steps between a camera's pixels and a decoder, in order. Start reading here. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_LOCATE_H
#define SYMBOL_LOCATE_H

#include "symbol/alignment.h"
#include "symbol/bent.h"
#include "symbol/canonical.h"
#include "symbol/equaliser.h"
#include "symbol/evidence.h"
#include "symbol/finders.h"
#include "symbol/geometry.h"
#include "symbol/sampling.h"
#include "symbol/threshold.h"
#include "symbol/triples.h"

/* Ways in which codes of one picture are sampled and then not read. Each costs at most three decodings. */
#define LOCATE_FAILURES_MAX 6
/* Codes read of one picture. */
#define LOCATE_CODES_MAX 8

/*
 * Decode a sampled code, not mirrored.
 *
 * modules  size x size, row after row, 1 is dark
 * margins  size x size: how far each module's brightness is from its threshold, 0 to 255; the less, the less sure
 *
 * Returns whether it was read.
 */
typedef bool locate_decode(void *ctx, const uint8_t *modules, const float *margins, int size);

/* Working memory of all steps, about 3 MB; too large for a stack. */
struct locate {
    struct threshold threshold;
    struct finders finders;
    struct triple triples[TRIPLES_MAX];
    int failures; /* how often what looked like a code was sampled and not read */
    struct geometry geometry;
    struct warp warp;
    struct mesh mesh;
    struct mesh bent_mesh;
    struct bent bent;
    float brightness[SAMPLING_MODULES];
    struct canonical canonical;
    uint8_t modules[SAMPLING_MODULES];
    float margins[SAMPLING_MODULES];
    struct relief contrast;
    struct equaliser equaliser;
    float relief[SAMPLING_MODULES]; /* of the brightness */
    float tried[SAMPLING_MODULES];
    struct evidence *evidence;       /* of pictures before; NULL: this one stands alone */
    struct evidence_picture picture; /* this one */
};

/*
 * Find the codes of a view, of either polarity, any rotation, seen from the front or in a mirror, and hand the
 * modules of each to `decode`, up to three times with more or less sharpening; then the same for paper that is bent.
 *
 * Work is bounded by the account of the view (symbol/effort.h), which `decode` charges for itself, and by counts:
 * FINDERS_LOOKS_MAX, TRIPLES_MAX, LOCATE_FAILURES_MAX, LOCATE_CODES_MAX.
 *
 * Returns how many were read.
 */
int locate_codes(struct locate *memory, const struct view *view, locate_decode *decode, void *ctx);

#endif
