/* freshener: signs freshness tokens. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_FRESHENER_H
#define CREDCTL_BUILD_FRESHENER_H

#include "credctl/sign/signer.h"
#include "pack/fresh.h"

/* What a token says. Times are seconds since 1970 UTC. */
struct freshener_claims {
    struct span scheme; /* borrowed */
    uint64_t root_version, seq;
    uint8_t id[CRYPTO_SHA256_BYTES]; /* pack_info.id of the pack that it confirms */
    int64_t iat_s, next_update_s;
    const struct fresh_revocation *revoked; /* as_of_s is not used; borrowed */
    size_t count;
};

/* "issuer", "key" or "credential"; NULL for nothing. Static. */
const char *freshener_kind_name(enum fresh_kind kind);

/* Append a hash as 64 hexadecimal digits. ERR_NO_ROOM. */
MUST_USE enum err freshener_put_hex(const uint8_t sha256[CRYPTO_SHA256_BYTES], struct room *out);

/* Append a token, signed by a release key. ERR_NO_ROOM, ERR_NO_MEMORY, and those of signer_jws. */
MUST_USE enum err freshener_sign(const struct freshener_claims *claims, const struct signer *release,
                                 struct room *out);

#endif
