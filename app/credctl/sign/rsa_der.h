/* rsa_der: an RSA private key as PKCS#1 DER, and as the numbers that a JWK names (RFC 8017 A.1.2). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_SIGN_RSA_DER_H
#define CREDCTL_SIGN_RSA_DER_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* The numbers of RSAPrivateKey behind its version, in their order there. */
enum rsa_number { RSA_N, RSA_E, RSA_D, RSA_P, RSA_Q, RSA_DP, RSA_DQ, RSA_QI, RSA_NUMBERS };

/* Longest RSAPrivateKey that is read or written: 4,096 bits take 2,350 bytes. */
#define RSA_DER_BYTES 2400u

/*
 * Take RSAPrivateKey apart. The numbers are big endian without leading zeros, and point into der.
 *
 * ERR_KEY_SHAPE  not that structure, version 0, or anything behind it
 */
MUST_USE enum err rsa_der_read(struct span der, struct span numbers[RSA_NUMBERS]);

/* Append RSAPrivateKey of these numbers (leading zeros are dropped). ERR_NO_ROOM, ERR_KEY_SHAPE (an empty
 * number). */
MUST_USE enum err rsa_der_write(const struct span numbers[RSA_NUMBERS], struct room *out);

#endif
