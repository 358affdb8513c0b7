/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/certificate.h"

#include "base/datetime.h"
#include "base/limits.h"
#include "crypto/certificate_parse.h"
#include "crypto/der.h"
#include "crypto/rsakey.h"

#define CONTEXT_URI 0x86 /* [6] of GeneralName (RFC 5280 section 4.2.1.6) */

/* Object identifiers, as their DER has them behind tag and length. */
#define OID(name, ...) static const uint8_t name[] = {__VA_ARGS__}
OID(oid_rsa, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01);
OID(oid_ec, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01);
OID(oid_p256, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07);
OID(oid_p384, 0x2B, 0x81, 0x04, 0x00, 0x22);
OID(oid_p521, 0x2B, 0x81, 0x04, 0x00, 0x23);
OID(oid_qc_statements, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x03);
OID(oid_key_id, 0x55, 0x1D, 0x0E);
OID(oid_alternative, 0x55, 0x1D, 0x11);
OID(oid_constraints, 0x55, 0x1D, 0x13);
#define IS(span, oid) span_equal(span, span_of_bytes(oid, sizeof(oid)))

/* The library's answer has a cause above and one below; that above tells what is wrong. */
static enum err err_of(int code) {
    switch (-(-code & 0x7F80)) {
    case 0:
        return code == 0 ? ERR_OK : ERR_CERTIFICATE;
    case MBEDTLS_ERR_PK_UNKNOWN_PK_ALG:
    case MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE:
    case MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE:
    case MBEDTLS_ERR_X509_UNKNOWN_SIG_ALG:
        return ERR_KEY_UNSUPPORTED;
    case MBEDTLS_ERR_X509_INVALID_EXTENSIONS:
        return ERR_CERTIFICATE_EXTENSION;
    case MBEDTLS_ERR_PK_INVALID_PUBKEY:
        return ERR_KEY_SHAPE;
    case MBEDTLS_ERR_PK_ALLOC_FAILED:
    case MBEDTLS_ERR_X509_ALLOC_FAILED:
        return ERR_CRYPTO_FAILED;
    default:
        return ERR_CERTIFICATE;
    }
}

/* Extensions that the library does not know. What kind of certificate a European authority calls it (ETSI EN 319 412-5) takes
 * nothing away from what its key may do here. */
static int judge_extension(void *ctx, const mbedtls_x509_crt *crt, const mbedtls_x509_buf *oid, int critical,
                           const unsigned char *from, const unsigned char *to) {
    (void)ctx, (void)crt, (void)critical, (void)from, (void)to;
    return IS(span_of_bytes(oid->p, oid->len), oid_qc_statements) ? 0 : MBEDTLS_ERR_X509_INVALID_EXTENSIONS;
}

enum err certificate_parse(struct span der, mbedtls_x509_crt *crt) {
    if (der.len == 0 || der.len > LIMIT_CERTIFICATE_BYTES) {
        return ERR_CERTIFICATE;
    }
    TRY(err_of(mbedtls_x509_crt_parse_der_with_ext_cb(crt, der.ptr, der.len, 0, judge_extension, NULL)));
    return crt->raw.len == der.len ? ERR_OK : ERR_CERTIFICATE;
}

static struct span span_of(const mbedtls_x509_buf *buf) {
    return span_of_bytes(buf->p, buf->len);
}

static int64_t seconds_of(const mbedtls_x509_time *when) {
    return datetime_seconds(
        (struct datetime){when->year, when->mon, when->day, when->hour, when->min, when->sec});
}

static enum crypto_key_kind kind_of(struct span algorithm, struct span curve, size_t *len) {
    *len = 0;
    if (IS(algorithm, oid_rsa)) {
        return CRYPTO_KEY_RSA;
    }
    if (!IS(algorithm, oid_ec)) {
        return CRYPTO_KEY_NONE;
    }
    enum crypto_key_kind kind = IS(curve, oid_p256)   ? CRYPTO_KEY_P256
                                : IS(curve, oid_p384) ? CRYPTO_KEY_P384
                                : IS(curve, oid_p521) ? CRYPTO_KEY_P521
                                                      : CRYPTO_KEY_NONE;
    *len = kind == CRYPTO_KEY_P256 ? 65 : kind == CRYPTO_KEY_P384 ? 97 : 133;
    return kind;
}

/* SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7): {algorithm {OID, curve}, BIT STRING}. */
static enum err read_key(struct span info, struct crypto_key *out) {
    struct span parts, algorithm, name, curve = {0}, bits;
    if (!der_take(&info, DER_SEQUENCE, &parts) || !der_take(&parts, DER_SEQUENCE, &algorithm) ||
        !der_take(&algorithm, DER_OID, &name) || !der_take(&parts, DER_BIT_STRING, &bits) || bits.len == 0 ||
        bits.ptr[0] != 0) {
        return ERR_KEY_SHAPE;
    }
    (void)der_take(&algorithm, DER_OID, &curve); /* RSA has none */
    size_t len = 0;
    struct crypto_key key = {.kind = kind_of(name, curve, &len)};
    struct span public = span_slice(bits, 1, bits.len);
    if (key.kind == CRYPTO_KEY_NONE) {
        return ERR_KEY_UNSUPPORTED;
    }
    if (public.len > CRYPTO_KEY_BYTES) {
        return key.kind == CRYPTO_KEY_RSA ? ERR_KEY_WEAK : ERR_KEY_SHAPE;
    }
    memcpy(key.bytes, public.ptr, public.len);
    key.len = (uint16_t) public.len;
    if (key.kind == CRYPTO_KEY_RSA) {
        struct rsakey numbers = {0};
        TRY(rsakey_read(&key, &numbers));
    } else if (key.len != len || key.bytes[0] != 0x04) {
        return ERR_KEY_SHAPE;
    }
    *out = key;
    return ERR_OK;
}

static bool read_uris(struct span value, struct certificate *out) {
    struct span names;
    struct der name = {0};
    if (!der_take(&value, DER_SEQUENCE, &names)) {
        return false;
    }
    while (names.len > 0) {
        if (!der_next(&names, &name)) {
            return false;
        }
        if (name.tag == CONTEXT_URI && out->uri_count < CERTIFICATE_URIS_MAX) {
            out->uris[out->uri_count++] = name.contents;
        }
    }
    return true;
}

/* BasicConstraints: SEQUENCE {cA BOOLEAN DEFAULT FALSE, ...}; may_issue then also asks for the key usage. */
static bool read_constraints(struct span value, struct certificate *out) {
    struct span parts, ca = {0};
    if (!der_take(&value, DER_SEQUENCE, &parts)) {
        return false;
    }
    out->may_issue = der_take(&parts, DER_BOOLEAN, &ca) && ca.len == 1 && ca.ptr[0] == 0xFF;
    return true;
}

/* Extension: SEQUENCE {OID, critical BOOLEAN DEFAULT FALSE, OCTET STRING}. */
static bool read_extension(struct span extension, struct certificate *out) {
    struct span name, critical, value;
    if (!der_take(&extension, DER_OID, &name)) {
        return false;
    }
    (void)der_take(&extension, DER_BOOLEAN, &critical);
    if (!der_take(&extension, DER_OCTET_STRING, &value)) {
        return false;
    }
    if (IS(name, oid_key_id)) {
        return der_take(&value, DER_OCTET_STRING, &out->key_id);
    }
    if (IS(name, oid_alternative)) {
        return read_uris(value, out);
    }
    return !IS(name, oid_constraints) || read_constraints(value, out);
}

static enum err read_extensions(struct span extensions, struct certificate *out) {
    struct span list, extension;
    if (extensions.len == 0) {
        return ERR_OK;
    }
    if (!der_take(&extensions, DER_SEQUENCE, &list)) {
        return ERR_CERTIFICATE;
    }
    while (list.len > 0) {
        if (!der_take(&list, DER_SEQUENCE, &extension) || !read_extension(extension, out)) {
            return ERR_CERTIFICATE;
        }
    }
    return ERR_OK;
}

static bool may(const mbedtls_x509_crt *crt, unsigned int usage) {
    return mbedtls_x509_crt_check_key_usage(crt, usage) == 0;
}

static enum err read(const mbedtls_x509_crt *crt, struct certificate *out) {
    out->der = span_of(&crt->raw);
    out->valid_from_s = seconds_of(&crt->valid_from);
    out->valid_until_s = seconds_of(&crt->valid_to);
    out->subject = span_of(&crt->subject_raw);
    out->issuer = span_of(&crt->issuer_raw);
    out->may_sign = may(crt, MBEDTLS_X509_KU_DIGITAL_SIGNATURE) || may(crt, MBEDTLS_X509_KU_NON_REPUDIATION);
    TRY(read_key(span_of(&crt->pk_raw), &out->key));
    TRY(read_extensions(span_of(&crt->v3_ext), out));
    out->may_issue = out->may_issue && may(crt, MBEDTLS_X509_KU_KEY_CERT_SIGN);
    return crypto_sha256(out->der, out->thumbprint);
}

enum err certificate_read(struct span der, struct certificate *out) {
    struct certificate certificate = {0};
    mbedtls_x509_crt crt;
    mbedtls_x509_crt_init(&crt);
    enum err err = certificate_parse(der, &crt);
    if (err == ERR_OK) {
        err = read(&crt, &certificate);
    }
    mbedtls_x509_crt_free(&crt);
    if (err == ERR_OK) {
        *out = certificate;
    }
    return err;
}
