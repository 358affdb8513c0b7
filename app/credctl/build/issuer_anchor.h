/* issuer_anchor: the X.509 certificates of an issuer's file: those that stand for it, or for those whom it certifies. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_ISSUER_ANCHOR_H
#define CREDCTL_BUILD_ISSUER_ANCHOR_H

#include <jansson.h>

#include "base/limits.h"
#include "credctl/build/issuer_file.h"
#include "crypto/certificate.h"

/* Certificates of one issuer: more are no list's, and each is compared with all. */
#define ISSUER_ANCHOR_MAX 256u

/* One of them. Spans point into the rooms. Large: not for the stack. */
struct issuer_anchor {
    struct certificate certificate;
    struct span types, achievements; /* names, one a line: what may be signed in its name; empty: all */
    uint8_t der[LIMIT_CERTIFICATE_BYTES];
    char types_room[ISSUER_FILE_SCOPE_BYTES], achievements_room[ISSUER_FILE_SCOPE_BYTES];
};

/* How many there are. */
size_t issuer_anchor_count(const json_t *issuer);

/* The n-th. ERR_ISSUER_FILE: malformed; ERR_BASE64, ERR_NO_ROOM, and those of certificate_read. */
MUST_USE enum err issuer_anchor_nth(const json_t *issuer, size_t n, struct issuer_anchor *out);

/* Add one, unless it is there. ERR_ISSUER_FILE: there are ISSUER_ANCHOR_MAX; ERR_NO_MEMORY. */
MUST_USE enum err issuer_anchor_add(json_t *issuer, const struct certificate *certificate, struct span types,
                                    struct span achievements);

/* Add those of another file of the same issuer. Errors as above. */
MUST_USE enum err issuer_anchor_join(json_t *issuer, const json_t *other);

/* Check them all, and write them into lists, unless those are NULL. Errors of issuer_anchor_nth and lists_add_anchor. */
MUST_USE enum err issuer_anchor_list(const json_t *issuer, struct lists *lists, int64_t row);

#endif
