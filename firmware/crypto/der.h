/* der: the elements of ASN.1's Distinguished Encoding Rules (ITU-T X.690), one after the other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_DER_H
#define CRYPTO_DER_H

#include "base/span.h"

/* Tags that are read here. */
#define DER_BOOLEAN      0x01
#define DER_INTEGER      0x02
#define DER_BIT_STRING   0x03
#define DER_OCTET_STRING 0x04
#define DER_OID          0x06
#define DER_UTF8         0x0C
#define DER_PRINTABLE    0x13
#define DER_IA5          0x16
#define DER_SEQUENCE     0x30
#define DER_SET          0x31

/* An element; points into what it was read from. */
struct der {
    uint8_t tag;
    struct span contents;
    struct span whole; /* with tag and length */
};

/*
 * Take the first element of what is left. Tags of one byte, and lengths of up to two bytes in their shortest form:
 * nothing read here is longer.
 *
 * rest  moved behind it; as before where false is given
 */
bool der_next(struct span *rest, struct der *out);

/* As der_next, where the element has this tag; gives its contents. */
bool der_take(struct span *rest, uint8_t tag, struct span *contents);

#endif
