/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/hash.h"

/* An odd constant whose bits are those of the golden ratio. */
#define SPREAD 0x9E3779B97F4A7C15u

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * SPREAD;
    return hash ^ hash >> 29;
}

/* Up to eight bytes, the first lowest. */
static uint64_t word_of(const uint8_t *bytes, size_t count) {
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++) {
        word |= (uint64_t)bytes[i] << 8 * i;
    }
    return word;
}

uint64_t hash_text(struct span text) {
    uint64_t hash = text.len * SPREAD;
    size_t at = 0;
    for (; text.len - at >= 8; at += 8) {
        hash = mix(hash, word_of(text.ptr + at, 8)); /* compilers read it as one word */
    }
    hash = mix(hash, word_of(text.ptr == NULL ? NULL : text.ptr + at, text.len - at));
    return mix(hash, hash >> 32);
}

uint32_t hash_slots(uint32_t count) {
    uint32_t slots = 8;
    while (slots < 2 * (uint64_t)count && slots < 1u << 30) {
        slots *= 2;
    }
    return slots;
}
