/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/pins.h"

#include <stdlib.h>

#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "credctl/import/statement.h"
#include "crypto/jwk.h"

static struct span id_of(const json_t *json) {
    return jsontext_span(json_object_get(json, "id"));
}

/* A text of one thumbprint, and of nothing else. */
static bool read_thumbprint(struct span text, struct pins_file *file) {
    struct span line = statement_text(text);
    struct room room = room_over(file->thumbprint, sizeof file->thumbprint);
    return line.len == BASE64URL_CHARS(CRYPTO_SHA256_BYTES) && base64url_decode(line, &room) == ERR_OK &&
           room.len == sizeof file->thumbprint;
}

static enum err read_pin(struct span text, struct pins_file *file) {
    if (read_thumbprint(text, file)) {
        return ERR_OK;
    }
    TRY(jsontext_parse(text, &file->json));
    file->keys = calloc(1, sizeof *file->keys);
    return file->keys == NULL ? ERR_NO_MEMORY
                              : key_file_read(file->json, id_of(file->json), CRYPTO_RS256, file->keys);
}

enum err pins_read(const struct import_job *job, struct pins *out) {
    *out = (struct pins){0};
    for (size_t i = 0;; i++) {
        bool given = false;
        struct room text = {0};
        TRY(import_option_file(job, "pin", i, &given, &text));
        if (!given) {
            return ERR_OK;
        }
        enum err err =
            i < PINS_FILES_MAX ? read_pin(room_span(&text), &out->files[out->file_count++]) : ERR_IMPORT_PIN;
        file_release(&text);
        TRY(err);
    }
}

const json_t *pins_document(const struct pins *pins, struct span did) {
    for (size_t i = 0; did.len > 0 && i < pins->file_count; i++) {
        if (span_equal(id_of(pins->files[i].json), did)) {
            return pins->files[i].json;
        }
    }
    return NULL;
}

enum err pins_name_key(const struct pins *pins, const struct crypto_key *key, bool *named) {
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    *named = false;
    TRY(jwk_thumbprint(key, thumbprint));
    for (size_t i = 0; i < pins->file_count; i++) {
        const struct pins_file *file = &pins->files[i];
        *named =
            *named || (file->json == NULL && memcmp(file->thumbprint, thumbprint, sizeof thumbprint) == 0);
    }
    return ERR_OK;
}

/* The n-th key among the files that `issuer` lets count; empty: all do. */
static bool next(struct pins *pins, struct span issuer, size_t n, struct span *kid, enum crypto_alg *alg,
                 struct crypto_key *key) {
    for (size_t i = 0; i < pins->file_count; i++) {
        struct span owner = id_of(pins->files[i].json);
        const struct key_file *file = pins->files[i].keys;
        if (file == NULL) {
            continue;
        }
        if (issuer.len > 0 && owner.len > 0 && !span_equal(owner, issuer)) {
            continue;
        }
        if (n < file->count) {
            *kid = file->keys[n].kid;
            *alg = file->keys[n].method.revoked_s == 0 ? file->keys[n].alg : CRYPTO_ALG_NONE;
            *key = file->keys[n].key;
            return true;
        }
        n -= file->count;
    }
    return false;
}

static bool next_of_all(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                        struct crypto_key *key) {
    return next(ctx, (struct span){0}, index, kid, alg, key);
}

static bool next_of_one(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                        struct crypto_key *key) {
    struct pins_of *of = ctx;
    return next(of->pins, of->issuer, index, kid, alg, key);
}

struct statuslist_keys pins_keys(struct pins *pins) {
    return (struct statuslist_keys){pins, next_of_all};
}

struct statuslist_keys pins_keys_of(struct pins_of *of) {
    return (struct statuslist_keys){of, next_of_one};
}

void pins_close(struct pins *pins) {
    for (size_t i = 0; i < pins->file_count; i++) {
        json_decref(pins->files[i].json);
        free(pins->files[i].keys);
    }
    *pins = (struct pins){0};
}
