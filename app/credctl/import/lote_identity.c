/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/lote_identity.h"

#include "codec/base64.h"
#include "codec/jsontext.h"
#include "credctl/build/key_file.h"
#include "crypto/jwk.h"

/* What is read and understood, but of no use: the others of the list count all the same. */
static bool is_unjudged(enum err err) {
    return err == ERR_KEY_UNSUPPORTED || err == ERR_KEY_WEAK || err == ERR_KEY_USE ||
           err == ERR_CERTIFICATE_EXTENSION;
}

static struct lote_identity_key *find(struct lote_identity *all, const struct crypto_key *key) {
    for (size_t i = 0; i < all->key_count; i++) {
        if (crypto_key_equal(&all->keys[i].key, key)) {
            return &all->keys[i];
        }
    }
    return NULL;
}

static enum err append(struct lote_identity *all, const struct lote_identity_key *key) {
    if (all->key_count == LOTE_IDENTITY_MAX) {
        return ERR_LOTE_MANY;
    }
    all->keys[all->key_count++] = *key;
    return ERR_OK;
}

/* Zero says "no such end" everywhere: what ended before 1970 ends at its first second. */
static int64_t start_of(int64_t time_s) {
    return time_s > 0 ? time_s : 0;
}

static int64_t end_of(int64_t time_s) {
    return time_s > 0 ? time_s : 1;
}

/* The key of a certificate that may sign data. P-521 signs lists, and no credential. */
static enum err add_certificate_key(struct lote_identity *all, const struct certificate *certificate) {
    struct lote_identity_key key = {.key = certificate->key,
                                    .alg = key_file_alg(certificate->key.kind, CRYPTO_RS256),
                                    .valid_from_s = start_of(certificate->valid_from_s),
                                    .valid_until_s = end_of(certificate->valid_until_s)};
    if (!certificate->may_sign) {
        return ERR_OK;
    }
    if (key.alg == CRYPTO_ALG_NONE) {
        all->passed_over++;
        return ERR_OK;
    }
    struct lote_identity_key *there = find(all, &key.key);
    if (there == NULL) {
        return append(all, &key);
    }
    there->valid_from_s = key.valid_from_s < there->valid_from_s ? key.valid_from_s : there->valid_from_s;
    there->valid_until_s =
        key.valid_until_s > there->valid_until_s ? key.valid_until_s : there->valid_until_s;
    return ERR_OK;
}

static enum err read_certificate(struct lote_identity *all, struct span text) {
    size_t at = all->certificate_count;
    if (at == LOTE_IDENTITY_MAX) {
        return ERR_LOTE_MANY;
    }
    struct room room = room_over(all->der[at], sizeof all->der[at]);
    TRY(base64_decode(text, &room));
    enum err err = certificate_read(room_span(&room), &all->certificates[at]);
    if (is_unjudged(err)) {
        all->passed_over++;
        return ERR_OK;
    }
    TRY(err);
    all->certificate_count++;
    return add_certificate_key(all, &all->certificates[at]);
}

static enum err read_moment(const json_t *jwk, const char *member, int64_t *out) {
    *out = 0;
    return json_object_get(jwk, member) == NULL || jsontext_integer(jwk, member, out) == ERR_OK
               ? ERR_OK
               : ERR_IMPORT_SHAPE;
}

static enum err read_jwk(const json_t *jwk, struct lote_identity_key *out) {
    TRY(jwk_read(jwk, &out->key));
    out->alg = out->key.only != CRYPTO_ALG_NONE ? out->key.only : key_file_alg(out->key.kind, CRYPTO_RS256);
    if (jsontext_optional_string(jwk, "kid", &out->kid) != ERR_OK || out->kid.len > LIMIT_NAME_BYTES) {
        return ERR_IMPORT_SHAPE;
    }
    TRY(read_moment(jwk, "nbf", &out->valid_from_s));
    TRY(read_moment(jwk, "exp", &out->valid_until_s));
    out->valid_from_s = start_of(out->valid_from_s);
    out->valid_until_s = json_object_get(jwk, "exp") == NULL ? 0 : end_of(out->valid_until_s);
    return ERR_OK;
}

/* Two rules for one key: both hold. */
static void bind(struct lote_identity_key *key, const struct lote_identity_key *further) {
    bool earlier = further->valid_until_s != 0 &&
                   (key->valid_until_s == 0 || further->valid_until_s < key->valid_until_s);
    key->valid_from_s = further->valid_from_s > key->valid_from_s ? further->valid_from_s : key->valid_from_s;
    key->valid_until_s = earlier ? further->valid_until_s : key->valid_until_s;
    key->alg = further->alg;
    key->kid = key->kid.len != 0 ? key->kid : further->kid;
}

static enum err add_jwk(struct lote_identity *all, const json_t *jwk) {
    struct lote_identity_key key = {0};
    enum err err = read_jwk(jwk, &key);
    if (is_unjudged(err)) {
        all->passed_over++;
        return ERR_OK;
    }
    TRY(err);
    struct lote_identity_key *there = find(all, &key.key);
    if (there == NULL) {
        return append(all, &key);
    }
    bind(there, &key);
    return ERR_OK;
}

enum err lote_identity_read(const json_t *identity, struct lote_identity *out) {
    const json_t *certificates = json_object_get(identity, "X509Certificates");
    const json_t *jwks = json_object_get(identity, "PublicKeyValues");
    out->key_count = out->certificate_count = out->passed_over = 0;
    for (size_t i = 0; i < json_array_size(certificates); i++) {
        TRY(read_certificate(out, jsontext_span(json_object_get(json_array_get(certificates, i), "val"))));
    }
    for (size_t i = 0; i < json_array_size(jwks); i++) {
        TRY(add_jwk(out, json_array_get(jwks, i)));
    }
    return ERR_OK;
}
