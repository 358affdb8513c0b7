/* published_keys: keys that an issuer publishes, as an issuer of a list. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_PUBLISHED_KEYS_H
#define CREDCTL_IMPORT_PUBLISHED_KEYS_H

#include "credctl/import/import.h"

/*
 * Add the issuer whose keys a file's JSON holds (key_file.h): a JWK, a JWKS, or its own DID document. Such files have no name for
 * it: the identifier is its name until somebody gives it one by hand.
 *
 * ERR_IMPORT_NAMED  no DID or https address: --issuer names one
 * ERR_NO_MEMORY, and those of key_file_read, issuer_file_add_key and import_add
 */
MUST_USE enum err published_keys_add(struct import_job *job, const json_t *json, struct span issuer);

#endif
