/* pins: the keys that headquarters knows to sign a list: what --pin names. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_PINS_H
#define CREDCTL_IMPORT_PINS_H

#include "credctl/build/statuslist_keys.h"
#include "credctl/build/key_file.h"
#include "credctl/import/import.h"

/* Files of one import that --pin may name. */
#define PINS_FILES_MAX 16u

/* Pinned keys. All zero is none. */
struct pins {
    size_t file_count;
    struct pins_file {
        json_t *json; /* a JWK, a JWK Set or a DID document; owned; NULL where a thumbprint is pinned */
        struct key_file *keys;                   /* owned; they point into json */
        uint8_t thumbprint[CRYPTO_SHA256_BYTES]; /* of a key, where there is no json */
    } files[PINS_FILES_MAX];
};

/*
 * Read what --pin names: JWKs, JWK Sets, DID documents, and RFC 7638 thumbprints in base64url.
 *
 * out  pins_close it, whatever comes back
 *
 * ERR_IMPORT_PIN  more than PINS_FILES_MAX
 * and those of import_option_file, jsontext_parse and key_file_read
 */
MUST_USE enum err pins_read(const struct import_job *job, struct pins *out);

/* Is it a key whose thumbprint is pinned? Where the list itself brings its key, that says that it is the right one. Errors of
 * jwk_thumbprint. */
MUST_USE enum err pins_name_key(const struct pins *pins, const struct crypto_key *key, bool *named);

/* The pinned DID document of a DID; NULL where none is pinned. */
const json_t *pins_document(const struct pins *pins, struct span did);

/* The pinned keys, as signatures are checked by them; they live as long as the pins stay where they are. */
struct statuslist_keys pins_keys(struct pins *pins);

/*
 * The keys of one issuer alone: those of its pinned DID document, and of pins that name nobody.
 *
 * pins, issuer  borrowed as long as the keys are used
 */
struct pins_of {
    struct pins *pins;
    struct span issuer;
};
struct statuslist_keys pins_keys_of(struct pins_of *of);

/* Release it. */
void pins_close(struct pins *pins);

#endif
