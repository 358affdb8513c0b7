/* vci_revocations: which cards the issuers of the VCI Directory have revoked, key by key (SMART Health Cards, revocation). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_VCI_REVOCATIONS_H
#define CREDCTL_IMPORT_VCI_REVOCATIONS_H

#include "credctl/import/entry.h"

/*
 * Keep an issuer's revocation lists with it, as "revocations": [{"kid", "method": "rid", "ctr", "rids": ["ID" or
 * "ID.SECONDS"]}], and count them in the job. Kiosks do not judge these cards yet, so no pack has them.
 *
 * crls  an array, or NULL where there is none
 *
 * ERR_IMPORT_REVOCATIONS  not of that form, another method, or an id of other characters than base64url has
 * ERR_NO_MEMORY
 */
MUST_USE enum err vci_revocations_keep(struct entry *entry, const json_t *crls);

#endif
