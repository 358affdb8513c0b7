/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/key_file.h"

#include "codec/base58.h"
#include "codec/jsontext.h"
#include "crypto/ed25519.h"
#include "crypto/jwk.h"
#include "crypto/multikey.h"

enum crypto_alg key_file_alg(enum crypto_key_kind kind, enum crypto_alg rsa) {
    switch (kind) {
    case CRYPTO_KEY_RSA:
        return rsa;
    case CRYPTO_KEY_P256:
        return CRYPTO_ES256;
    case CRYPTO_KEY_P384:
        return CRYPTO_ES384;
    case CRYPTO_KEY_ED25519:
        return CRYPTO_EDDSA;
    default:
        return CRYPTO_ALG_NONE;
    }
}

static enum err read_jwk(const json_t *jwk, enum crypto_alg rsa, struct key_file_key *out) {
    struct span alg = {0};
    TRY(jwk_read(jwk, &out->key));
    if (jsontext_optional_string(jwk, "kid", &out->kid) != ERR_OK ||
        jsontext_optional_string(jwk, "alg", &alg) != ERR_OK) {
        return ERR_KEY_FILE;
    }
    out->alg = key_file_alg(out->key.kind, rsa);
    if (alg.len != 0) {
        TRY(crypto_alg_from_name(alg, &out->alg));
    }
    return crypto_alg_key_kind(out->alg) == out->key.kind ? ERR_OK : ERR_KEY_MISMATCH;
}

/* Where the next key goes. ERR_KEY_FILE: there are too many. */
static enum err room_for(struct key_file *file, struct key_file_key **out) {
    if (file->count == KEY_FILE_MAX) {
        return ERR_KEY_FILE;
    }
    *out = &file->keys[file->count];
    return ERR_OK;
}

/* A key was read, or it is of a kind that nobody here judges: the others of its file count all the same. */
static enum err count_key(struct key_file *file, enum err err) {
    if (err == ERR_KEY_UNSUPPORTED) {
        file->passed_over++;
        return ERR_OK;
    }
    file->count += err == ERR_OK;
    return err;
}

/* At least one, or why there is none. */
static enum err some_key(const struct key_file *file) {
    return file->count > 0 ? ERR_OK : file->passed_over > 0 ? ERR_KEY_UNSUPPORTED : ERR_KEY_FILE;
}

static enum err read_set(const json_t *keys, enum crypto_alg rsa, struct key_file *file) {
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *jwk = json_array_get(keys, i);
        struct key_file_key *key = NULL;
        if (span_equal_text(jsontext_span(json_object_get(jwk, "use")), "enc")) {
            continue;
        }
        TRY(room_for(file, &key));
        TRY(count_key(file, read_jwk(jwk, rsa, key)));
    }
    return some_key(file);
}

/* A raw Ed25519 key in base58, as its suite of 2018 has it. */
static enum err read_base58(struct span text, struct crypto_key *out) {
    uint8_t bytes[BASE58_CHARS_MAX];
    struct room room = room_over(bytes, sizeof bytes);
    TRY(base58_decode(text, &room));
    if (room.len != ED25519_KEY_BYTES) {
        return ERR_KEY_SHAPE;
    }
    *out = (struct crypto_key){.kind = CRYPTO_KEY_ED25519, .len = ED25519_KEY_BYTES};
    memcpy(out->bytes, bytes, ED25519_KEY_BYTES);
    return ERR_OK;
}

static enum err read_multikey(struct span text, struct crypto_key *out) {
    return multikey_read(text, out);
}

/* Where a kind of verification method has its key; a JWK is no text, and has no function here. */
struct material {
    const char *type, *member;
    enum err (*read)(struct span text, struct crypto_key *out);
    bool ed25519; /* no other key is one of its kind */
};

static const struct material materials[] = {
    {"Multikey", "publicKeyMultibase", read_multikey, false},
    {"JsonWebKey", "publicKeyJwk", NULL, false},
    {"JsonWebKey2020", "publicKeyJwk", NULL, false},
    {"Ed25519VerificationKey2018", "publicKeyBase58", read_base58, true},
    {"Ed25519VerificationKey2020", "publicKeyMultibase", read_multikey, true},
};

/* The key stands in one member, as the method's type says, and in no second one that may say another. */
static bool is_alone(const json_t *method, const char *member) {
    static const char *const members[] = {"publicKeyJwk", "publicKeyMultibase", "publicKeyBase58",
                                          "publicKeyHex", "publicKeyPem",       "publicKeyGpg"};
    bool alone = json_object_get(method, member) != NULL;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        alone = alone && (strcmp(members[i], member) == 0 || json_object_get(method, members[i]) == NULL);
    }
    return alone && json_object_get(method, "secretKeyJwk") == NULL &&
           json_object_get(method, "secretKeyMultibase") == NULL;
}

static enum err read_material(const json_t *method, enum crypto_alg rsa, struct key_file_key *out) {
    struct span type = jsontext_span(json_object_get(method, "type"));
    const struct material *material = NULL;
    for (size_t i = 0; i < sizeof materials / sizeof *materials; i++) {
        material = span_equal_text(type, materials[i].type) ? &materials[i] : material;
    }
    if (type.len == 0 || material == NULL) {
        return type.len == 0 ? ERR_KEY_FILE : ERR_KEY_UNSUPPORTED;
    }
    if (!is_alone(method, material->member)) {
        return ERR_KEY_FILE;
    }
    const json_t *value = json_object_get(method, material->member);
    if (material->read == NULL) {
        return read_jwk(value, rsa, out);
    }
    TRY(material->read(jsontext_span(value), &out->key));
    out->alg = key_file_alg(out->key.kind, rsa);
    return material->ed25519 && out->key.kind != CRYPTO_KEY_ED25519 ? ERR_KEY_MISMATCH : ERR_OK;
}

static enum err read_document(const json_t *json, struct span issuer, enum crypto_alg rsa,
                              struct key_file *file) {
    size_t count = did_document_methods(json);
    for (size_t i = 0; i < count; i++) {
        struct key_file_key *key = NULL;
        TRY(room_for(file, &key));
        TRY(did_document_method(json, issuer, i, &key->method));
        TRY(count_key(file, read_material(key->method.json, rsa, key)));
        key->kid = key->method.id;
    }
    return count == 0 && !span_equal(jsontext_span(json_object_get(json, "id")), issuer) ? ERR_KEY_FILE_OWNER
                                                                                         : some_key(file);
}

static enum err read_json(const json_t *json, struct span issuer, enum crypto_alg rsa, struct key_file *out) {
    if (json_object_get(json, "kty") != NULL) {
        TRY(read_jwk(json, rsa, &out->keys[0]));
        out->count = 1;
        return ERR_OK;
    }
    if (json_object_get(json, "keys") != NULL) {
        return read_set(json_object_get(json, "keys"), rsa, out);
    }
    bool document = json_object_get(json, "verificationMethod") != NULL ||
                    json_object_get(json, "assertionMethod") != NULL;
    return document ? read_document(json, issuer, rsa, out) : ERR_KEY_FILE;
}

enum err key_file_read(const json_t *json, struct span issuer, enum crypto_alg rsa, struct key_file *out) {
    out->count = 0;
    out->passed_over = 0;
    enum err err = read_json(json, issuer, rsa, out);
    out->count = err == ERR_OK ? out->count : 0;
    return err;
}
