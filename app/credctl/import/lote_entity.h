/* lote_entity: a trusted entity of ETSI TS 119 602 as an issuer of a workspace. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_LOTE_ENTITY_H
#define CREDCTL_IMPORT_LOTE_ENTITY_H

#include <jansson.h>

#include "base/err.h"
#include "base/span.h"

/* How an entity without a name that credentials use is called: by its first certificate's thumbprint in base64url. */
#define LOTE_ENTITY_BY_CERTIFICATE "did:x509:0:sha256:"

/* How credentials can name the entity. */
enum lote_entity_named {
    LOTE_ENTITY_UNNAMED = 0, /* not at all, and it has no certificate either, or no key: there is no issuer */
    LOTE_ENTITY_BY_IDENTIFIERS, /* by its identifiers */
    LOTE_ENTITY_BY_ANCHORS      /* by a certificate that they carry, and that one of its own signed */
};

/* What became of an entity. All zero is nothing. */
struct lote_entity {
    enum lote_entity_named named;
    json_t *issuer;     /* as issuer_file.h has it, or NULL; owned: json_decref it */
    size_t passed_over; /* keys, certificates and services that are not judged here */
};

/* The entity's name, in English where it has one, else its first; empty where it has none. Points into the entity. */
struct span lote_entity_name(const json_t *entity);

/*
 * Read an entity of a list.
 *
 * entity     an entry of TrustedEntitiesList, of any form
 * territory  of the scheme: for an entity whose address has no country of two capitals
 *
 * ERR_IMPORT_SHAPE, ERR_LOTE_EXTENSION, ERR_NO_MEMORY
 * and those of lote_service_read and issuer_file_add_key
 */
MUST_USE enum err lote_entity_read(const json_t *entity, struct span territory, struct lote_entity *out);

#endif
