/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/hash.h"

#include <endian.h>

/* An odd constant whose bits are those of the golden ratio. */
#define SPREAD 0x9E3779B97F4A7C15u

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * SPREAD;
    return hash ^ hash >> 29;
}

/* Eight bytes, the first lowest on every machine. */
static uint64_t word_of(const uint8_t *bytes) {
    uint64_t word = 0;
    memcpy(&word, bytes, sizeof word);
    return le64toh(word);
}

uint64_t hash_text(struct span text) {
    uint64_t hash = text.len * SPREAD;
    size_t at = 0;
    for (; text.len - at >= 8; at += 8) {
        hash = mix(hash, word_of(text.ptr + at));
    }
    uint64_t last = 0;
    for (size_t i = at; i < text.len; i++) {
        last |= (uint64_t)text.ptr[i] << 8 * (i - at);
    }
    hash = mix(hash, last);
    return mix(hash, hash >> 32);
}

uint32_t hash_slots(uint32_t count) {
    uint32_t slots = 8;
    while (slots < 2 * (uint64_t)count && slots < 1u << 30) {
        slots *= 2;
    }
    return slots;
}
