/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/root_keys.h"

#include <stdio.h>
#include <unistd.h>

#include "credctl/build/packer.h"
#include "credctl/build/workspace.h"

/* Characters of a key's id that its file is named by. */
#define KID_CHARS 8

enum crypto_alg root_keys_alg(const char *name) {
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    bool known = crypto_alg_from_name(span_of_text(name), &alg) == ERR_OK;
    return known && (alg == CRYPTO_ES256 || alg == CRYPTO_ES384 || alg == CRYPTO_EDDSA) ? alg
                                                                                        : CRYPTO_ALG_NONE;
}

enum err root_keys_make(enum crypto_alg alg, size_t count, struct root_keys *out) {
    if (count > LIMIT_ROOT_KEYS) {
        return ERR_NO_ROOM;
    }
    while (out->count < count) {
        TRY(signer_make(alg, &out->list[out->count]));
        out->count++;
    }
    return ERR_OK;
}

static enum err path_of(const struct signer *signer, const char *folder, const char *name,
                        char out[PATH_MAX]) {
    uint8_t kid[PACKER_KID_BYTES];
    struct room room = room_over(kid, sizeof kid);
    TRY(packer_kid(signer_public(signer), &room));
    int length = snprintf(out, PATH_MAX, "%s/keys/%s-%.*s.jwk", folder, name, KID_CHARS, (const char *)kid);
    return length > 0 && length < PATH_MAX ? ERR_OK : ERR_NO_ROOM;
}

static void unlink_first(const struct root_keys *keys, size_t count, const char *folder, const char *name) {
    for (size_t i = 0; i < count; i++) {
        char path[PATH_MAX];
        if (path_of(keys->list[i], folder, name, path) == ERR_OK) {
            unlink(path);
        }
    }
}

enum err root_keys_save(const struct root_keys *keys, const char *folder, const char *name) {
    for (size_t i = 0; i < keys->count; i++) {
        char path[PATH_MAX];
        enum err err = path_of(keys->list[i], folder, name, path);
        err = err == ERR_OK ? signer_save(keys->list[i], path) : err;
        if (err != ERR_OK) {
            unlink_first(keys, i, folder, name);
            return err;
        }
    }
    return ERR_OK;
}

void root_keys_unlink(const struct root_keys *keys, const char *folder, const char *name) {
    unlink_first(keys, keys->count, folder, name);
}

void root_keys_close(struct root_keys *keys) {
    for (size_t i = 0; i < keys->count; i++) {
        signer_close(keys->list[i]);
    }
    *keys = (struct root_keys){0};
}
