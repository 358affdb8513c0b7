/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/name_index.h"

#include <stdlib.h>

#include "crypto/crypto.h"

#define HASH_BYTES 16u
#define FIRST_ROOM 1024u

struct name_index_place {
    uint8_t hash[HASH_BYTES];
    uint32_t number; /* and one; 0: the place is free */
};

static enum err hash_of(struct span name, uint8_t out[HASH_BYTES]) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    TRY(crypto_sha256(name, sha256));
    memcpy(out, sha256, HASH_BYTES);
    return ERR_OK;
}

/* Where a hash stands, or the free place where it would. The room is a power of two and never full. */
static struct name_index_place *place_of(struct name_index_place *places, uint32_t room,
                                         const uint8_t hash[HASH_BYTES]) {
    uint32_t at = 0;
    memcpy(&at, hash, sizeof at);
    for (at &= room - 1; places[at].number != 0; at = (at + 1) & (room - 1)) {
        if (memcmp(places[at].hash, hash, HASH_BYTES) == 0) {
            break;
        }
    }
    return &places[at];
}

enum err name_index_find(const struct name_index *index, struct span name, bool *found, uint32_t *out) {
    uint8_t hash[HASH_BYTES];
    TRY(hash_of(name, hash));
    *found = false;
    if (index->room == 0) {
        return ERR_OK;
    }
    const struct name_index_place *place = place_of(index->places, index->room, hash);
    *found = place->number != 0;
    if (*found) {
        *out = place->number - 1;
    }
    return ERR_OK;
}

/* Half of the places stay free. */
static enum err make_room(struct name_index *index) {
    if (index->count < index->room / 2) {
        return ERR_OK;
    }
    uint32_t room = index->room == 0 ? FIRST_ROOM : index->room * 2;
    if (index->count >= NAME_INDEX_MAX) {
        return ERR_NO_ROOM;
    }
    struct name_index_place *places = calloc(room, sizeof *places);
    if (places == NULL) {
        return ERR_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->room; i++) {
        if (index->places[i].number != 0) {
            *place_of(places, room, index->places[i].hash) = index->places[i];
        }
    }
    free(index->places);
    index->places = places;
    index->room = room;
    return ERR_OK;
}

enum err name_index_put(struct name_index *index, struct span name, uint32_t number) {
    uint8_t hash[HASH_BYTES];
    TRY(hash_of(name, hash));
    TRY(make_room(index));
    struct name_index_place *place = place_of(index->places, index->room, hash);
    if (place->number == 0) {
        memcpy(place->hash, hash, HASH_BYTES);
        place->number = number + 1;
        index->count++;
    }
    return ERR_OK;
}

void name_index_close(struct name_index *index) {
    free(index->places);
    *index = (struct name_index){0};
}
