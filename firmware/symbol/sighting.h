/* sighting: whether a code was just brought before the camera, is still there, or stands beside another. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_SIGHTING_H
#define SYMBOL_SIGHTING_H

#include "base/limits.h"
#include "base/span.h"
#include "symbol/symbol.h"

/* A code has left when it was missing in this many pictures and for this long: one blurred picture, or a
 * stalled camera, is no departure. */
#define SIGHTING_ABSENT_PICTURES 4u
#define SIGHTING_ABSENT_MS       1200
/* Codes remembered as in view; when one more comes, the one seen longest ago is forgotten. */
#define SIGHTING_MEMORY 4u

/* What one picture says. */
enum sighting_kind {
    SIGHTING_NONE = 0, /* no code */
    SIGHTING_SAME,     /* one code, which was judged when it came into view */
    SIGHTING_NEW,      /* one code, to be judged */
    SIGHTING_TWO_CODES /* different codes at once: nobody can know which is meant */
};

/* A code in view. */
struct sighting_code {
    size_t len; /* 0: unused */
    int64_t last_ms;
    uint64_t last_picture;
    uint8_t bytes[LIMIT_JOINED_BYTES];
};

/* What is in view. All zero: nothing. */
struct sighting {
    uint64_t pictures;
    struct sighting_code codes[SIGHTING_MEMORY];
};

/*
 * Take note of one picture's codes.
 *
 * now_ms   time of the picture, a clock that never goes back
 * payload  for SAME and NEW: the code, pointing into `symbols`; otherwise empty
 */
enum sighting_kind sighting_note(struct sighting *sighting, const struct symbols *symbols, int64_t now_ms,
                                 struct span *payload);

/* Take note of a picture that is older than one which was noted already: the codes that are remembered stay in view,
 * none is new, and none has left. now_ms as above. */
void sighting_note_late(struct sighting *sighting, const struct symbols *symbols, int64_t now_ms);

#endif
