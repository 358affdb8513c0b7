/* pin: certificates that are known to sign a published list (--pin). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_PIN_H
#define CREDCTL_IMPORT_PIN_H

#include "credctl/import/import.h"
#include "crypto/certificate.h"

/* Certificates of all --pin together: one that signs today, one that will sign next. */
#define PIN_MAX 16u

/* The pinned certificates. All zero is none. */
struct pin {
    size_t count;
    struct certificate certificates[PIN_MAX];
    uint8_t *der[PIN_MAX]; /* where they point to; owned */
};

/*
 * Read the files that --pin names: certificates in PEM, one or several, or one in DER.
 *
 * out  pin_close it, after an error too
 *
 * ERR_LOTE_MANY  more than PIN_MAX
 * ERR_NO_MEMORY, and those of file_read, certificate_next_pem and certificate_read
 */
MUST_USE enum err pin_read(const struct import_job *job, struct pin *out);

/* Release them. */
void pin_close(struct pin *pin);

#endif
