/* lote_write: issuers of a workspace as a list of trusted entities (ETSI TS 119 602 v1.1.1), which lote_entity.h reads back. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_LOTE_WRITE_H
#define CREDCTL_IMPORT_LOTE_WRITE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

/* Types of our services: no type of ETSI's stands for badges. */
#define LOTE_WRITE_ISSUANCE   "urn:credkiosk:service:issuance"
#define LOTE_WRITE_REVOCATION "urn:credkiosk:service:revocation"
#define LOTE_WRITE_WITHDRAWN  "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn"

/* What a list says of itself. */
struct lote_write_scheme {
    struct span operator_name; /* in English */
    struct span territory;     /* two capitals, or empty */
    int64_t seq;               /* from 1 */
    int64_t issued_s, next_update_s;
};

/* What is taken over. All zero: what somebody signed, and what the standard's schema has a place for. */
struct lote_write_how {
    bool with_unsigned; /* keys that nobody signed, too */
    bool with_okp;      /* Ed25519 keys, too: the schema's JWK knows the types of RFC 7518 alone */
};

/* ListAndSchemeInformation; NULL: out of memory. */
json_t *lote_write_scheme_json(const struct lote_write_scheme *scheme);

/*
 * An issuer as an entry of TrustedEntitiesList. Keys of one scope, purpose and withdrawal are a service; certificates stand with
 * their key, or with their scope. A key's dates are its JWK's "nbf" and "exp"; a scope is a critical extension.
 *
 * issuer    in the form of issuer_file.h, fit to be listed
 * left_out  grows by each key that is left out
 * out       json_decref it; NULL where no key or certificate is left
 *
 * ERR_NO_MEMORY, and those of issuer_file_key and issuer_anchor_nth
 */
MUST_USE enum err lote_write_entity(const json_t *issuer, const struct lote_write_how *how,
                                    uint64_t *left_out, json_t **out);

#endif
