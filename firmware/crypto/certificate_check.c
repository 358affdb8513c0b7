/* SPDX-License-Identifier: Apache-2.0 */
/* What certificates are for: who issued another one, and whether their key signed a file. */
#include "base/limits.h"
#include "base/room.h"
#include "crypto/certificate.h"
#include "crypto/certificate_parse.h"
#include "crypto/der.h"

/* Longest r or s: of P-521. */
#define NUMBER_BYTES_MAX 66u

static const mbedtls_x509_crt_profile strong = {
    MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA256) | MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA384) |
        MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA512),
    MBEDTLS_X509_ID_FLAG(MBEDTLS_PK_RSA) | MBEDTLS_X509_ID_FLAG(MBEDTLS_PK_ECKEY) |
        MBEDTLS_X509_ID_FLAG(MBEDTLS_PK_ECDSA) | MBEDTLS_X509_ID_FLAG(MBEDTLS_PK_RSASSA_PSS),
    MBEDTLS_X509_ID_FLAG(MBEDTLS_ECP_DP_SECP256R1) | MBEDTLS_X509_ID_FLAG(MBEDTLS_ECP_DP_SECP384R1) |
        MBEDTLS_X509_ID_FLAG(MBEDTLS_ECP_DP_SECP521R1),
    LIMIT_RSA_BITS_MIN,
};

/* The library looks at its machine's clock; whoever calls has the time that counts. */
#define CLOCK_FLAGS ((uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE))

static enum err verify(mbedtls_x509_crt *crt, mbedtls_x509_crt *issuer) {
    uint32_t flags = 0;
    int code = mbedtls_x509_crt_verify_with_profile(crt, issuer, NULL, &strong, NULL, &flags, NULL, NULL);
    if (code != 0 && code != MBEDTLS_ERR_X509_CERT_VERIFY_FAILED) {
        return ERR_CRYPTO_FAILED;
    }
    return (flags & ~CLOCK_FLAGS) == 0 ? ERR_OK : ERR_CERTIFICATE_ISSUER;
}

enum err certificate_check_issuer(const struct certificate *certificate, const struct certificate *issuer) {
    if (!issuer->may_issue || !span_equal(certificate->issuer, issuer->subject)) {
        return ERR_CERTIFICATE_ISSUER;
    }
    mbedtls_x509_crt below, above;
    mbedtls_x509_crt_init(&below);
    mbedtls_x509_crt_init(&above);
    enum err err = ERR_CERTIFICATE;
    if (certificate_parse(certificate->der, &below) == ERR_OK &&
        certificate_parse(issuer->der, &above) == ERR_OK) {
        err = verify(&below, &above);
    }
    mbedtls_x509_crt_free(&below);
    mbedtls_x509_crt_free(&above);
    return err;
}

/* Append a number of a signature in `len` bytes. Its DER is the shortest one of a number above 0. */
static enum err put_number(struct span number, size_t len, struct room *out) {
    static const uint8_t zeros[NUMBER_BYTES_MAX] = {0};
    if (number.len > 1 && number.ptr[0] == 0 && number.ptr[1] >= 0x80) {
        number = span_slice(number, 1, number.len);
    } else if (number.len == 0 || number.ptr[0] == 0 || number.ptr[0] >= 0x80) {
        return ERR_SIGNATURE_SHAPE;
    }
    if (number.len > len) {
        return ERR_SIGNATURE_SHAPE;
    }
    TRY(room_put(out, span_of_bytes(zeros, len - number.len)));
    return room_put(out, number);
}

/* ECDSA-Sig-Value (RFC 5753 section 7.2): SEQUENCE {r, s}; to r || s. */
static enum err numbers_of(struct span der, size_t len, struct room *out) {
    struct span parts, r, s;
    if (!der_take(&der, DER_SEQUENCE, &parts) || der.len != 0 || !der_take(&parts, DER_INTEGER, &r) ||
        !der_take(&parts, DER_INTEGER, &s) || parts.len != 0) {
        return ERR_SIGNATURE_SHAPE;
    }
    TRY(put_number(r, len, out));
    return put_number(s, len, out);
}

static enum err check_ecdsa(enum crypto_alg alg, size_t len, const struct crypto_key *key,
                            struct span signed_bytes, struct span signature) {
    uint8_t numbers[2 * NUMBER_BYTES_MAX];
    struct room room = room_over(numbers, sizeof numbers);
    TRY(numbers_of(signature, len, &room));
    return crypto_verify(alg, key, signed_bytes, room_span(&room));
}

enum err certificate_check_detached(const struct certificate *certificate, struct span signed_bytes,
                                    struct span signature) {
    const struct crypto_key *key = &certificate->key;
    if (!certificate->may_sign) {
        return ERR_KEY_USE;
    }
    switch (key->kind) {
    case CRYPTO_KEY_P256:
        return check_ecdsa(CRYPTO_ES256, 32, key, signed_bytes, signature);
    case CRYPTO_KEY_P384:
        return check_ecdsa(CRYPTO_ES384, 48, key, signed_bytes, signature);
    case CRYPTO_KEY_P521:
        return check_ecdsa(CRYPTO_ES512, NUMBER_BYTES_MAX, key, signed_bytes, signature);
    default:
        return crypto_verify(CRYPTO_RS256, key, signed_bytes, signature);
    }
}
