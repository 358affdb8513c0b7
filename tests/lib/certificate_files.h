/* certificate_files: the certificates of tests/lib/certificates, made for tests alone, by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_CERTIFICATE_FILES_H
#define TESTS_LIB_CERTIFICATE_FILES_H

#include "base/limits.h"
#include "crypto/certificate.h"

/* A certificate and the memory its spans point into. */
struct certificate_file {
    uint8_t bytes[LIMIT_CERTIFICATE_BYTES];
    struct span der;
    struct certificate certificate;
};

/*
 * The DER of NAME.pem: "ca" (P-384, a CA), "caold" (the same, until February 2026), "ca2" (another one of the same name), "leaf" (P-256, issued by ca),
 * "p521", "rsa" (no extension), "enc" (of the same key, for encryption alone), "seal" (nonRepudiation alone), "crit"
 * (an unknown critical extension), "qc" (critical qualified statements), "rsa1024", "ed" (Ed25519), "k1" (secp256k1), "sha1" (issued by ca with SHA-1),
 * "under" (issued by leaf). All but "under" and "leaf" and "sha1" are their own issuers. Fails the test otherwise.
 */
void certificate_files_der(const char *name, struct certificate_file *out);

/* The same, read. */
void certificate_files_read(const char *name, struct certificate_file *out);

#endif
