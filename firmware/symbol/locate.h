/* locate: every code of a picture, found, sampled and drawn anew: the steps between a camera's pixels and a
 * decoder, in order. Start reading here. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_LOCATE_H
#define SYMBOL_LOCATE_H

#include "symbol/alignment.h"
#include "symbol/canonical.h"
#include "symbol/drift.h"
#include "symbol/finders.h"
#include "symbol/geometry.h"
#include "symbol/sampling.h"
#include "symbol/threshold.h"
#include "symbol/triples.h"

/* Codes of one picture that are drawn and then not read. Each costs at most six drawings and decodings. */
#define LOCATE_FAILURES_MAX 6
/* Codes read of one picture. */
#define LOCATE_CODES_MAX 8

/*
 * Decode a drawn code: `side` x `side` pixels, black on white.
 *
 * Returns whether it was read.
 */
typedef bool locate_decode(void *ctx, const uint8_t *pixels, int side);

/* Working memory of all steps, about 3 MB; too large for a stack. */
struct locate {
    struct threshold threshold;
    struct finders finders;
    struct triple triples[TRIPLES_MAX];
    struct geometry geometry;
    struct warp warp;
    struct drift drift;
    float brightness[SAMPLING_MODULES];
    struct canonical canonical;
    uint8_t modules[SAMPLING_MODULES];
    uint8_t picture[CANONICAL_SIDE_MAX * CANONICAL_SIDE_MAX];
};

/*
 * Find the codes of a view, of either polarity, any rotation, seen from the front or in a mirror, and hand each to
 * `decode` as a perfect picture, up to three times with more or less sharpening; then the same for paper that is bent.
 *
 * Work is bounded by counts: FINDERS_LOOKS_MAX, TRIPLES_MAX, LOCATE_FAILURES_MAX, LOCATE_CODES_MAX.
 *
 * Returns how many were read.
 */
int locate_codes(struct locate *memory, const struct view *view, locate_decode *decode, void *ctx);

#endif
