/* certificate_pins: certificates that are known to sign a published list (--pin). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_CERTIFICATE_PINS_H
#define CREDCTL_IMPORT_CERTIFICATE_PINS_H

#include "credctl/import/import.h"
#include "crypto/certificate.h"

/* Certificates of all --pin together: one that signs today, one that will sign next. */
#define CERTIFICATE_PINS_MAX 16u

/* The pinned certificates. All zero is none. */
struct certificate_pins {
    size_t count;
    struct certificate certificates[CERTIFICATE_PINS_MAX];
    uint8_t *der[CERTIFICATE_PINS_MAX]; /* where they point to; owned */
};

/*
 * Read the files that --pin names: certificates in PEM, one or several, or one in DER.
 *
 * out  certificate_pins_close it, after an error too
 *
 * ERR_LOTE_MANY  more than CERTIFICATE_PINS_MAX
 * ERR_NO_MEMORY, and those of file_read, certificate_each and certificate_read
 */
MUST_USE enum err certificate_pins_read(const struct import_job *job, struct certificate_pins *out);

/* Release them. */
void certificate_pins_close(struct certificate_pins *pin);

#endif
