/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/roll.h"

#include <stdlib.h>
#include <string.h>

#include "crypto/crypto.h"

#define FIRST_PLACES 64u

/* A name's hash; all zero is an empty place, which no name's hash is. */
struct roll_name {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
};

static const struct roll_name nobody;

/* Where a hash is, or would be: SHA-256 leaves nobody a choice of the place. */
static struct roll_name *place_of(const struct roll *roll, const struct roll_name *name) {
    uint64_t at = 0;
    memcpy(&at, name->sha256, sizeof at);
    for (;; at++) {
        struct roll_name *place = &roll->names[at % roll->places];
        if (memcmp(place, name, sizeof *name) == 0 || memcmp(place, &nobody, sizeof nobody) == 0) {
            return place;
        }
    }
}

/* At most half of the places are taken. */
static enum err make_places(struct roll *roll) {
    if (roll->count < roll->places / 2) {
        return ERR_OK;
    }
    struct roll wider = {.count = roll->count, .places = roll->places == 0 ? FIRST_PLACES : roll->places * 2};
    wider.names = calloc(wider.places, sizeof *wider.names);
    if (wider.names == NULL) {
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < roll->places; i++) {
        if (memcmp(&roll->names[i], &nobody, sizeof nobody) != 0) {
            *place_of(&wider, &roll->names[i]) = roll->names[i];
        }
    }
    free(roll->names);
    *roll = wider;
    return ERR_OK;
}

enum err roll_call(struct roll *roll, struct span name, enum err twice) {
    struct roll_name called;
    TRY(crypto_sha256(name, called.sha256));
    TRY(make_places(roll));
    struct roll_name *place = place_of(roll, &called);
    if (memcmp(place, &called, sizeof called) == 0) {
        return twice;
    }
    if (roll->count == ROLL_NAMES_MAX) {
        return ERR_JSON_TOO_MANY;
    }
    *place = called;
    roll->count++;
    return ERR_OK;
}

void roll_close(struct roll *roll) {
    free(roll->names);
    *roll = (struct roll){0};
}
