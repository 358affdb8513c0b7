/* SPDX-License-Identifier: Apache-2.0 */
/* evidence: samples of codes, each a size, what is to be done with it, and bytes that make its brightness: measured,
 * added up, equalised and read. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "symbol/bitstream.h"
#include "symbol/canonical.h"
#include "symbol/equaliser.h"
#include "symbol/evidence.h"
#include "symbol/version.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes of one sample: size, orders, brightness. */
#define SAMPLE_BYTES 42u
/* Most codes are small, for many runs a second. */
#define LARGE_FROM 240
/* Orders. */
#define INVERTED 1
#define SAME     2 /* of the same picture as the one before */
#define FORGET   4
#define SHIFT    8 /* brightness goes through all bits of its bytes */

struct door {
    struct evidence evidence;
    struct evidence_picture picture;
    struct relief contrast;
    struct equaliser equaliser;
    struct canonical canonical;
    struct bitstream bitstream;
    struct segments segments;
    float brightness[SAMPLING_MODULES], relief[SAMPLING_MODULES], sum[SAMPLING_MODULES],
        clear[SAMPLING_MODULES];
    uint8_t modules[SAMPLING_MODULES];
    float margins[SAMPLING_MODULES];
};

static void expect_numbers(const float *values, int size) {
    for (int k = 0; k < size * size; k++) {
        if (!isfinite(values[k])) {
            abort();
        }
    }
}

static void sample(struct door *door, const uint8_t *bytes, int size, int orders) {
    unsigned count = SAMPLE_BYTES - 2;
    for (int k = 0; k < size * size; k++) {
        unsigned at = (unsigned)k * (1 + bytes[1] % 8) / 8;
        uint8_t byte = bytes[2 + at % count];
        door->brightness[k] = (orders & SHIFT) != 0 ? (byte >> k % 8 & 1) != 0 ? 200 : 50 : byte;
    }
    relief_measure(&door->contrast, door->brightness, size, door->relief);
    expect_numbers(door->relief, size);
}

/* What comes out is a sum of numbers, of pictures before this one as well. */
static void add(struct door *door, int size, int orders) {
    unsigned before = door->picture.samples;
    if (evidence_add(&door->evidence, &door->picture, door->relief, size, (orders & INVERTED) != 0,
                     door->sum)) {
        if (door->picture.samples != before + 1 || door->picture.number < 2) {
            abort();
        }
        expect_numbers(door->sum, size);
        equaliser_apply(&door->equaliser, door->sum, size, door->clear);
        expect_numbers(door->clear, size);
        relief_light(door->clear, 1, size, door->clear);
        canonical_modules(&door->canonical, door->clear, size, 0, door->modules, door->margins);
        if (bitstream_read(&door->bitstream, door->modules, door->margins, size, &door->segments) == ERR_OK &&
            door->segments.len > sizeof door->segments.bytes) {
            abort();
        }
    }
    if (door->picture.samples > EVIDENCE_SAMPLES) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct door door;
    door.evidence = (struct evidence){0};
    evidence_begin(&door.evidence, &door.picture);
    for (; size >= SAMPLE_BYTES; data += SAMPLE_BYTES, size -= SAMPLE_BYTES) {
        int side = version_size(data[0] < LARGE_FROM ? 1 + data[0] % 7 : 1 + data[0] % VERSION_MAX);
        int orders = data[1] >> 4;
        if ((orders & FORGET) != 0 && (orders & SAME) != 0) {
            evidence_forget(&door.evidence);
        }
        if ((orders & SAME) == 0) {
            evidence_begin(&door.evidence, &door.picture);
        }
        sample(&door, data, side, orders);
        add(&door, side, orders);
    }
    return 0;
}
