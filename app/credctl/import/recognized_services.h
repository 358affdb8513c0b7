/* recognized_services: lists of service providers, as the examples of the Recognized Entities draft have them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_RECOGNIZED_SERVICES_H
#define CREDCTL_IMPORT_RECOGNIZED_SERVICES_H

#include "credctl/import/recognized_list.h"

/*
 * Read ListOperatorInformation (TSLSequenceNumber, IssuedAt, NextUpdate, ListTerritory) and each provider of
 * TrustServiceProviderList that has an active service of the type .../trusted_issuer and a DID. ServiceIssuedCredentialTypes are
 * the types that it may issue. Services that verify, or are not active, and certificates are passed over.
 *
 * ERR_IMPORT_SHAPE    another form
 * ERR_IMPORT_EXPIRED  NextUpdate is past
 * ERR_IMPORT_AHEAD, ERR_DATETIME, and those of entry_* and dids_add_keys
 */
MUST_USE enum err recognized_services_read(struct recognized_list *list);

#endif
