/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/packer.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "codec/base64url.h"
#include "crypto/jwk.h"
#include "pack/manifest.h"
#include "pack/root.h"

/* Bytes copied and hashed at once. */
#define PIECE_BYTES 65536

enum err packer_kid(const struct crypto_key *key, struct room *out) {
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    TRY(jwk_thumbprint(key, thumbprint));
    return base64url_encode(span_of_bytes(thumbprint, sizeof thumbprint), out);
}

/* Append a key to an array, as a JWK of its required members. */
static enum err append_key(json_t *array, const struct crypto_key *key) {
    uint8_t text[2048];
    struct room room = room_over(text, sizeof text);
    TRY(jwk_write(key, &room));
    return json_array_append_new(array, json_loadb((const char *)text, room.len, 0, NULL)) == 0
               ? ERR_OK
               : ERR_NO_MEMORY;
}

static enum err sign_text(struct span text, const char *typ, const struct signer *signer, struct room *out) {
    uint8_t kid[PACKER_KID_BYTES];
    struct room kid_room = room_over(kid, sizeof kid);
    TRY(packer_kid(signer_public(signer), &kid_room));
    return signer_jws(signer, span_of_text(typ), room_span(&kid_room), text, out);
}

enum err packer_sign_claims(const json_t *claims, const char *typ, const struct signer *signer,
                            struct room *out) {
    char *text = json_dumps(claims, JSON_COMPACT | JSON_SORT_KEYS);
    if (text == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = sign_text(span_of_text(text), typ, signer, out);
    free(text);
    return err;
}

static enum err fill_root(const struct packer_root *root, json_t *claims) {
    json_t *keys = json_array(), *release = json_array();
    int failed = json_object_set_new(claims, "keys", keys) | json_object_set_new(claims, "release", release) |
                 json_object_set_new(claims, "scheme",
                                     json_stringn((const char *)root->scheme.ptr, root->scheme.len)) |
                 json_object_set_new(claims, "version", json_integer((json_int_t)root->version)) |
                 json_object_set_new(claims, "threshold", json_integer((json_int_t)root->threshold));
    if (root->demo) {
        failed |= json_object_set_new(claims, "demo", json_true());
    }
    if (failed != 0) {
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < root->key_count; i++) {
        TRY(append_key(keys, &root->keys[i]));
    }
    for (size_t i = 0; i < root->release_count; i++) {
        TRY(append_key(release, &root->release[i]));
    }
    return ERR_OK;
}

enum err packer_root_payload(const struct packer_root *root, struct room *out) {
    json_t *claims = json_object();
    enum err err = fill_root(root, claims);
    char *text = err == ERR_OK ? json_dumps(claims, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    if (err == ERR_OK) {
        err = text == NULL ? ERR_NO_MEMORY : room_put(out, span_of_text(text));
    }
    free(text);
    json_decref(claims);
    return err;
}

enum err packer_sign_payload(struct span payload, const struct signer *signer, struct room *out) {
    return sign_text(payload, ROOT_TYP, signer, out);
}

enum err packer_sign_root(const struct packer_root *root, const struct signer *const *signers, size_t count,
                          struct room *out) {
    uint8_t text[PACKER_ROOT_BYTES];
    struct room payload = room_over(text, sizeof text);
    TRY(packer_root_payload(root, &payload));
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            TRY(room_put_byte(out, ' '));
        }
        TRY(packer_sign_payload(room_span(&payload), signers[i], out));
    }
    return ERR_OK;
}

/* Give every piece of a file to `take`. */
static enum err each_piece(int file, enum err (*take)(void *ctx, struct span piece), void *ctx,
                           uint64_t *bytes) {
    uint8_t *piece = malloc(PIECE_BYTES);
    enum err err = piece == NULL ? ERR_NO_MEMORY : ERR_OK;
    uint64_t at = 0;
    while (err == ERR_OK) {
        ssize_t got = pread(file, piece, PIECE_BYTES, (off_t)at);
        if (got == 0) {
            break;
        }
        if (got < 0) {
            err = errno == EINTR ? ERR_OK : ERR_FILE_READ;
            continue;
        }
        at += (uint64_t)got;
        err = take(ctx, span_of_bytes(piece, (size_t)got));
    }
    free(piece);
    *bytes = at;
    return err;
}

static enum err take_for_hash(void *ctx, struct span piece) {
    return crypto_hash_add(ctx, piece);
}

static enum err take_for_draft(void *ctx, struct span piece) {
    return file_draft_append(ctx, piece);
}

static enum err hash_file(int file, uint64_t *bytes, uint8_t out[CRYPTO_SHA256_BYTES]) {
    struct crypto_hash *hash = NULL;
    TRY(crypto_hash_start(&hash));
    enum err err = each_piece(file, take_for_hash, hash, bytes);
    if (err != ERR_OK) {
        crypto_hash_close(hash);
        return err;
    }
    return crypto_hash_finish(hash, out);
}

static json_t *claims_object(const struct packer_claims *claims, uint64_t bytes,
                             const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    char hex[2 * CRYPTO_SHA256_BYTES + 1];
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        hex[2 * i] = "0123456789abcdef"[sha256[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[sha256[i] & 15];
    }
    hex[sizeof hex - 1] = '\0';
    json_t *object =
        json_pack("{s:s%,s:I,s:I,s:I,s:I,s:I,s:I,s:{s:I,s:s}}", "scheme", claims->scheme.ptr,
                  claims->scheme.len, "seq", (json_int_t)claims->seq, "iat", (json_int_t)claims->iat_s,
                  "next_update", (json_int_t)claims->next_update_s, "expires", (json_int_t)claims->expires_s,
                  "root", (json_int_t)claims->root_version, "min_app", (json_int_t)claims->min_app, "db",
                  "bytes", (json_int_t)bytes, "sha256", hex);
    int failed = object == NULL;
    if (claims->audience.len != 0) {
        failed |= json_object_set_new(object, "audience",
                                      json_stringn((const char *)claims->audience.ptr, claims->audience.len));
    }
    if (claims->sources != NULL) {
        failed |= json_object_set_new(object, "sources", json_deep_copy(claims->sources));
    }
    if (failed != 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

enum err packer_sign_manifest(const struct packer_claims *claims, int database, const struct signer *release,
                              struct room *out) {
    uint64_t bytes = 0;
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    TRY(hash_file(database, &bytes, sha256));
    json_t *object = claims_object(claims, bytes, sha256);
    if (object == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = packer_sign_claims(object, MANIFEST_TYP, release, out);
    json_decref(object);
    return err;
}

enum err packer_write(struct file_draft *draft, struct span manifest, struct span roots, int database) {
    uint64_t bytes = 0;
    const struct span line_feed = span_of_text("\n");
    TRY(file_draft_append(draft, manifest));
    TRY(file_draft_append(draft, line_feed));
    TRY(file_draft_append(draft, roots));
    TRY(file_draft_append(draft, line_feed));
    return each_piece(database, take_for_draft, draft, &bytes);
}
