/* lote_identity: the keys of one service of a trusted entity (ETSI TS 119 602, ServiceDigitalIdentity). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_LOTE_IDENTITY_H
#define CREDCTL_IMPORT_LOTE_IDENTITY_H

#include <jansson.h>

#include "base/limits.h"
#include "crypto/certificate.h"

/* Keys and certificates of one service. */
#define LOTE_IDENTITY_MAX 64u

/* A key. Times are seconds since 1970 UTC, 0 where it has no such end. */
struct lote_identity_key {
    struct crypto_key key;
    enum crypto_alg alg;
    struct span kid; /* points into the JSON, or empty */
    int64_t valid_from_s, valid_until_s;
};

/* What a service is known by. All zero is nothing. Large: not for the stack. */
struct lote_identity {
    size_t key_count, certificate_count;
    struct lote_identity_key keys[LOTE_IDENTITY_MAX];
    struct certificate certificates[LOTE_IDENTITY_MAX]; /* point into `der` */
    uint8_t der[LOTE_IDENTITY_MAX][LIMIT_CERTIFICATE_BYTES];
    size_t passed_over; /* keys and certificates of kinds that are not judged here */
};

/*
 * Read X509Certificates and PublicKeyValues. A certificate gives its key, unless it may not sign data, for as long as it is valid;
 * several of one key join their times. A JWK gives its own, between its "nbf" and "exp" where it has them; one that a certificate
 * has too is bound by both. X509SKIs and X509SubjectNames name keys that stand elsewhere, and give none.
 *
 * identity  has its shape; must outlive out
 *
 * ERR_LOTE_MANY     more than LOTE_IDENTITY_MAX
 * ERR_IMPORT_SHAPE  a "kid", "nbf" or "exp" of another type
 * and those of base64_decode, certificate_read and jwk_read, but for keys and extensions that are not judged
 */
MUST_USE enum err lote_identity_read(const json_t *identity, struct lote_identity *out);

#endif
