/* pack_json: what trust show says of a pack, as JSON values. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_PACK_JSON_H
#define CREDCTL_BUILD_PACK_JSON_H

#include <jansson.h>

#include "pack/pack_context.h"
#include "pack/pack_walk.h"

/* Each gives a new object, or NULL: out of memory. Absent times are null. */

/* The manifest: {"scheme", "seq", "root", "demo", "issued", "next_update", "expires", "band", "at" (the time by
 * which the band is told, where it was stated), "bytes", "sha256", "id", "sources"}. Takes `sources` over. */
json_t *pack_json_head(const struct pack_info *info, const struct interval *now, json_t *sources);

/* {"identifier", "name", "names": {language: name}, "territory", "unsigned", "keys"}. Takes `names` and `keys` over. */
json_t *pack_json_issuer(const struct pack_issuer *issuer, json_t *names, json_t *keys);

/* {"kid", "thumbprint" (RFC 7638, base64url), "alg", "jwk", "types", "achievements", "for_status", "unsigned", "valid_from",
 * "valid_until", "withdrawn_at"}. */
json_t *pack_json_key(const struct pack_walk_key *step);

/* {"sha256", "name" (of the issuer), "types", "achievements"}: a certificate. */
json_t *pack_json_anchor(const struct pack_walk_anchor *step);

/* {"address", "sha256", "source", "bytes"}: a JSON-LD context. */
json_t *pack_json_context(const struct pack_context *context);

/* {"address", "purpose", "kind", "issuer", "unsigned", "entries", "bits", "as_of", "expires"}. */
json_t *pack_json_status(const struct pack_walk_status *step);

#endif
