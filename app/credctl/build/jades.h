/* jades: lists signed with a certificate: compact JAdES signatures of level B-B (ETSI TS 119 182-1). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_JADES_H
#define CREDCTL_BUILD_JADES_H

#include "base/arena.h"
#include "base/interval.h"
#include "credctl/sign/signer.h"
#include "crypto/certificate.h"

/* Certificates of one header; the first one is the signer's, and the others of no use here. */
#define JADES_CHAIN_MAX 8u
/* Bytes of a header: each certificate of a chain takes 4 kB at most, in practice. */
#define JADES_HEADER_BYTES 65536u

/* By what a signature is believed. */
struct jades_rules {
    const struct certificate *pins;
    size_t pin_count;
    struct interval now;
};

/* A signature that was checked and is right. Spans point into the arena. All zero is none. */
struct jades {
    struct span payload;
    struct certificate signer;
    int64_t signed_at_s; /* as the signer says; seconds since 1970 UTC */
};

/*
 * Check a signature, and give what was signed.
 *
 * The signer's certificate is the first of x5c, or the pinned one that x5t#S256 names. It is believed where it is a pinned one
 * itself, or where a pinned one is a CA that issued it: pin a CA only where everybody whom it certifies may sign lists. It must be
 * in force now and at the time that the signer claims (iat, or sigT), and may sign data; the pinned CA must be in force now. Of
 * extensions, "crit" may name sigT alone. No other certificate of the chain is looked at, and no revocation.
 *
 * text   compact JWS; must outlive out
 * arena  receives the decoded parts; as large as the text and JADES_HEADER_BYTES suffices
 *
 * ERR_JADES_SIGNER  the certificate is none of the pinned ones, and was issued by none of them
 * ERR_JADES_NAMED   the header does not name its certificate, or x5c and x5t#S256 name two
 * ERR_JADES_TIME    no claimed time, one to come, or a certificate that is not in force
 * ERR_KEY_USE       the certificate's key may not sign data
 * ERR_JWS_HEADER    a member of the header has another form than it should have, or one of those of other levels stands there
 * and those of jws_split_understanding, crypto_alg_from_name, base64_decode, certificate_read and crypto_verify
 */
MUST_USE enum err jades_read(struct span text, const struct jades_rules *rules, struct arena *arena,
                             struct jades *out);

/*
 * Sign, and append the signature: alg, x5c, x5t#S256 and iat in its header.
 *
 * certificate  of the signer's key
 * signed_at_s  seconds since 1970 UTC
 *
 * ERR_KEY_MISMATCH  it is another key's; ERR_KEY_USE: its key may not sign data; ERR_JADES_TIME: it is not in force at that time
 * ERR_NO_ROOM, ERR_NO_MEMORY, and those of signer_sign and crypto_verify
 */
MUST_USE enum err jades_sign(const struct signer *signer, const struct certificate *certificate,
                             int64_t signed_at_s, struct span payload, struct room *out);

#endif
