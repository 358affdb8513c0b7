/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/since.h"

#include <stdlib.h>

#include "crypto/jwk.h"

/* Of the hash of identifier and thumbprint: nobody finds two keys with the same 128 bits. */
#define NAME_BYTES 16u

struct since_entry {
    uint8_t name[NAME_BYTES];
    int64_t time_s;
};

static enum err name_of(struct span identifier, const struct crypto_key *key, uint8_t out[NAME_BYTES]) {
    uint8_t thumbprint[CRYPTO_SHA256_BYTES], digest[CRYPTO_SHA256_BYTES];
    struct crypto_hash *hash = NULL;
    TRY(jwk_thumbprint(key, thumbprint));
    TRY(crypto_hash_start(&hash));
    enum err err = crypto_hash_add(hash, span_of_bytes(thumbprint, sizeof thumbprint));
    if (err == ERR_OK) {
        err = crypto_hash_add(hash, identifier);
    }
    if (err != ERR_OK) {
        crypto_hash_close(hash);
        return err;
    }
    TRY(crypto_hash_finish(hash, digest));
    memcpy(out, digest, NAME_BYTES);
    return ERR_OK;
}

static enum err make_room(struct since *since) {
    if (since->count < since->room) {
        return ERR_OK;
    }
    size_t room = since->room == 0 ? 64 : since->room * 2;
    if (since->count >= SINCE_KEYS_MAX) {
        return ERR_NO_ROOM;
    }
    struct since_entry *entries = realloc(since->entries, room * sizeof *entries);
    if (entries == NULL) {
        return ERR_NO_MEMORY;
    }
    since->entries = entries;
    since->room = room;
    return ERR_OK;
}

enum err since_note(struct since *since, struct span identifier, const struct crypto_key *key,
                    int64_t time_s) {
    struct since_entry entry = {.time_s = time_s};
    TRY(name_of(identifier, key, entry.name));
    TRY(make_room(since));
    since->entries[since->count++] = entry;
    since->sorted = false;
    return ERR_OK;
}

/* By name, then by time: the earliest of one name comes first. */
static int compare(const void *a, const void *b) {
    const struct since_entry *one = a, *other = b;
    int order = memcmp(one->name, other->name, NAME_BYTES);
    return order != 0 ? order : (one->time_s > other->time_s) - (one->time_s < other->time_s);
}

enum err since_find(struct since *since, struct span identifier, const struct crypto_key *key,
                    int64_t otherwise, int64_t *out) {
    struct since_entry sought = {.time_s = INT64_MIN};
    TRY(name_of(identifier, key, sought.name));
    if (!since->sorted && since->count > 0) {
        qsort(since->entries, since->count, sizeof *since->entries, compare);
    }
    since->sorted = true;
    size_t low = 0, high = since->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&since->entries[middle], &sought) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < since->count && memcmp(since->entries[low].name, sought.name, NAME_BYTES) == 0;
    *out = found ? since->entries[low].time_s : otherwise;
    return ERR_OK;
}

void since_close(struct since *since) {
    free(since->entries);
    *since = (struct since){0};
}
