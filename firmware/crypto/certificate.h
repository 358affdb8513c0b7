/* certificate: X.509 certificates (RFC 5280), of which lists of trusted entities name keys and by which they are
 * signed. No chain is followed further than from one certificate to the one that issued it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_CERTIFICATE_H
#define CRYPTO_CERTIFICATE_H

#include "base/err.h"
#include "base/room.h"
#include "crypto/crypto.h"

/* Addresses that one certificate may carry as names of its subject. */
#define CERTIFICATE_URIS_MAX 4u

/* What a certificate says. Spans point into the DER it was read from. All zero is none. */
struct certificate {
    struct span der;
    struct crypto_key key;                   /* of kind RSA, P256, P384 or P521 */
    int64_t valid_from_s, valid_until_s;     /* both ends belong to the time it is valid */
    uint8_t thumbprint[CRYPTO_SHA256_BYTES]; /* of the DER: x5t#S256 (RFC 7515 section 4.1.8) */
    struct span subject, issuer;             /* Name in DER */
    struct span key_id;                      /* subject key identifier, or empty */
    struct span uris[CERTIFICATE_URIS_MAX];  /* of the subject alternative name; further ones are left out */
    size_t uri_count;
    bool may_sign;  /* the key may sign data (section 4.2.1.3: no key usage, or one that says so) */
    bool may_issue; /* it is a CA whose key may sign certificates */
};

/*
 * Read a certificate.
 *
 * der  exactly one certificate in DER; must outlive out
 *
 * ERR_CERTIFICATE      larger than LIMIT_CERTIFICATE_BYTES, no certificate, or something behind it
 * ERR_CERTIFICATE_EXTENSION  an extension that is critical and not known, or malformed
 * ERR_KEY_UNSUPPORTED  a key that is neither RSA nor on P-256, P-384 or P-521, or an RSA modulus whose bits are no
 *                      multiple of eight
 * ERR_KEY_WEAK         an RSA key as jwk_read refuses it
 * ERR_KEY_SHAPE        the key is none of its kind
 * ERR_CRYPTO_FAILED    the library failed, for want of memory
 */
MUST_USE enum err certificate_read(struct span der, struct certificate *out);

/*
 * Find the next certificate of a PEM text (RFC 7468) and append its DER to out; other blocks and what stands
 * around them is passed over.
 *
 * text  the whole text
 * at    where to go on; begins at 0, moved behind the certificate
 *
 * ERR_CERTIFICATE_NONE  no further certificate
 * ERR_BASE64            a block that is not base64, or has no end
 * ERR_NO_ROOM
 */
MUST_USE enum err certificate_next_pem(struct span text, size_t *at, struct room *out);

/*
 * Each certificate of a file: of a PEM text all, one at least; of anything that begins as DER does, itself.
 *
 * text  the whole file; borrowed for the call
 * take  called with the DER of each, which lives until it returns, and with ctx; its first error ends it
 *
 * ERR_CERTIFICATE_NONE  a text without any
 * ERR_NO_ROOM           longer than LIMIT_CERTIFICATE_BYTES
 * and those of certificate_next_pem and take
 */
MUST_USE enum err certificate_each(struct span text, enum err (*take)(void *ctx, struct span der), void *ctx);

/*
 * Append a Name as text (RFC 4514): "CN=Example,O=Example Academy,C=EE". Values that are no plain text are written
 * as their DER in hexadecimal digits.
 *
 * ERR_CERTIFICATE  no Name
 * ERR_NO_ROOM
 */
MUST_USE enum err certificate_name(struct span name, struct room *out);

/*
 * Append the value of a Name's first attribute of a type, where it is plain text.
 *
 * attribute  last number of 2.5.4.x: 3 common name, 10 organisation
 *
 * ERR_CERTIFICATE_NONE  there is none; ERR_CERTIFICATE  no Name; ERR_NO_ROOM
 */
MUST_USE enum err certificate_name_value(struct span name, uint8_t attribute, struct room *out);

/*
 * The certificate is signed by the key of `issuer`, which may issue it. Their dates are not looked at.
 *
 * ERR_CERTIFICATE_ISSUER  it is not, or by a hash or key that is too weak (below SHA-256, P-256, RSA of 2,048 bits)
 * ERR_CERTIFICATE, ERR_CRYPTO_FAILED
 */
MUST_USE enum err certificate_check_issuer(const struct certificate *certificate,
                                           const struct certificate *issuer);

/*
 * Check a signature that stands in a file of its own, as `openssl dgst -sign` makes it: ECDSA-Sig-Value in DER with
 * SHA-256, SHA-384 or SHA-512 for a key on P-256, P-384 or P-521; PKCS #1 v1.5 with SHA-256 for RSA.
 *
 * ERR_KEY_USE          the certificate's key may not sign data
 * ERR_SIGNATURE_SHAPE  no ECDSA-Sig-Value in DER, or one with numbers that no such key makes
 * and those of crypto_verify
 */
MUST_USE enum err certificate_check_detached(const struct certificate *certificate, struct span signed_bytes,
                                             struct span signature);

#endif
