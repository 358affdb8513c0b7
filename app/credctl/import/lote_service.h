/* lote_service: the keys and certificates of a trusted entity's services, and what each of them is for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_LOTE_SERVICE_H
#define CREDCTL_IMPORT_LOTE_SERVICE_H

#include <jansson.h>

#include "credctl/import/lote_identity.h"

/* Keys of one entity, and the names by which credentials may call it; real ones have a handful. */
#define LOTE_SERVICE_KEYS_MAX  256u
#define LOTE_SERVICE_NAMES_MAX 64u

/* A key, and what its services say of it. */
struct lote_service_key {
    struct lote_identity_key key;
    int64_t withdrawn_at_s; /* 0: it is not */
    bool for_status;
    bool past;           /* it stands in the history alone */
    bool barred;         /* by a status or type that is none of those: for nothing */
    const json_t *scope; /* of LOTE_EXTENSION_SCOPE, or NULL: all; points into the entity's JSON */
};

/* All that the services of an entity give. All zero is nothing. Large: not for the stack. */
struct lote_service_all {
    size_t key_count;
    struct lote_service_key keys[LOTE_SERVICE_KEYS_MAX];
    json_t *names;                 /* an array of identifiers that credentials may name; owned */
    json_t *anchors;               /* an object of "certificates" alone, as issuer_anchor.h has them; owned */
    size_t passed_over;            /* keys, certificates and services that are not judged here */
    struct lote_identity identity; /* the one being read */
};

/*
 * Read the services of an entity that has its shape. By status and type of the service:
 *   granted and the like, or without a status       keys from StatusStartingTime on, certificates as anchors
 *   withdrawn and the like                          keys, withdrawn at StatusStartingTime; no anchors
 *   revocation, status, OCSP, CRL                   keys for status lists alone; no anchors
 *   other types of ETSI than issuing attestations   nothing
 *   another status                                  nothing
 * ServiceHistory gives keys that no service has any more: good ones until the state that followed, withdrawn ones withdrawn.
 * Names are DIDs and https addresses: OtherIds, ServiceUniqueIdentifier, the DID of a JWK's key id, and the URIs of certificates
 * that are no CA's.
 *
 * services  TrustedEntityServices; must outlive out
 * out       all zero; lote_service_close it, after an error too
 *
 * ERR_LOTE_EXTENSION  as lote_extension_check finds it
 * ERR_LOTE_MANY       more keys or names than are read
 * ERR_IMPORT_SHAPE    withdrawn at an unsaid time, one key with two scopes, an identifier that is no text
 * ERR_NO_MEMORY, and those of lote_identity_read and issuer_anchor_add
 */
MUST_USE enum err lote_service_read(const json_t *services, struct lote_service_all *out);

/* Release it. */
void lote_service_close(struct lote_service_all *all);

#endif
