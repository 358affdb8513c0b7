/* certificate_parse: certificates by mbedTLS, in one way for all who look at them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_CERTIFICATE_PARSE_H
#define CRYPTO_CERTIFICATE_PARSE_H

#include <mbedtls/x509_crt.h>

#include "base/err.h"
#include "base/span.h"

/*
 * Parse one certificate without a copy.
 *
 * der  must outlive crt
 * crt  initialised; the caller's to free, after an error too
 *
 * ERR_CERTIFICATE, ERR_CERTIFICATE_EXTENSION, ERR_KEY_UNSUPPORTED, ERR_KEY_SHAPE, ERR_CRYPTO_FAILED  as certificate_read
 */
MUST_USE enum err certificate_parse(struct span der, mbedtls_x509_crt *crt);

#endif
