/* evidence: what several pictures show of one code, added up, so that a code is read that no single picture can give. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_EVIDENCE_H
#define SYMBOL_EVIDENCE_H

#include "symbol/lock.h"
#include "symbol/relief.h"

/* Codes remembered: the one that is shown, another beside or before it, and one that was found by chance. */
#define EVIDENCE_CODES 3
/* A code that was not sampled in so many pictures is forgotten: a third of a second at 30 a second. */
#define EVIDENCE_PICTURES 12
/* Samples taken of one picture: a code found in two ways, and another. */
#define EVIDENCE_SAMPLES 3

/* One code's modules. All zero: none. */
struct evidence_code {
    int size; /* modules a side; 0: unused */
    bool inverted;
    unsigned pictures;           /* that were added */
    uint64_t last;               /* picture that was added last */
    float weight;                /* of all that was added */
    float sum[SAMPLING_MODULES]; /* above 0 for light, below for dark */
};

/* One picture while it is looked at. */
struct evidence_picture {
    uint64_t number;
    unsigned samples;               /* taken of it */
    double marks[EVIDENCE_SAMPLES]; /* what tells them apart */
};

/*
 * What is remembered, about 0.4 MB. All zero: nothing, and one thread. With a lock, several threads may add to it,
 * each its own pictures: every function below takes the lock and leaves it.
 *
 * Why no sum of pictures gives a payload that no code holds. What is read is decided by the error correction of each
 * block of a code, as of a single picture: a sum of one code's pictures has fewer wrong modules than each of them, a
 * sum of what is no code is as far from any code as noise is. What is left is a sum of two codes, whose blocks might
 * be corrected to the one here and to the other there. Codes that have little in common are not added up, since their
 * modules do not go together (evidence_add). Two that have much in common differ, in each block that differs at all,
 * in more codewords than are corrected, and blocks are interleaved over the whole of a code: where the one outweighs
 * the other, it does so in all blocks alike, and where neither does, all blocks are beyond correction. Of such twins the
 * second is read as soon as it outweighs the first, within about ten pictures.
 */
struct evidence {
    struct lock lock;
    uint64_t pictures;
    struct evidence_code codes[EVIDENCE_CODES];
    uint8_t data[SAMPLING_MODULES]; /* 1 where a module of size `data_size` holds data */
    int data_size;
};

/* Begin another picture; what was not seen for EVIDENCE_PICTURES is forgotten. */
void evidence_begin(struct evidence *evidence, struct evidence_picture *out);

/* Forget all: the next picture is of another scene. */
void evidence_forget(struct evidence *evidence);

/*
 * Add a sampled code that was not read to what is known of it: to the sum of a code of the same size and polarity whose
 * data go together with its own far more than by chance. One that is like none begins a sum of its own and spoils none;
 * it takes the place of the one of the fewest pictures. A sample that was taken of this picture before adds nothing.
 *
 * picture   that the sample was taken of
 * relief    size x size, see relief_measure
 * size      modules a side, a version's
 * inverted  the code's polarity
 * out       size x size: the mean of all pictures of the code; may be `relief`
 *
 * Returns whether pictures before this one were of the same code; otherwise `out` is as before.
 */
bool evidence_add(struct evidence *evidence, struct evidence_picture *picture, const float *relief, int size,
                  bool inverted, float *out);

#endif
