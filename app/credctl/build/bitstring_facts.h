/* bitstring_facts: a status list credential put together from signed statements, and from nothing else. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_BITSTRING_FACTS_H
#define CREDCTL_BUILD_BITSTRING_FACTS_H

#include <jansson.h>

#include "linked/rdf.h"

/*
 * Find the one status list of the default graph (Bitstring Status List 1.0 section 2.2; Status List 2021) and write it
 * with the names that published contexts give: id, type, issuer, validFrom, validUntil, issuanceDate, expirationDate,
 * credentialSubject with type, statusPurpose (an array of all that are stated), encodedList, ttl, statusSize. Members
 * without a statement are absent.
 *
 * set    borrowed for the call
 * arena  lent for the call
 * out    the caller's reference
 *
 * ERR_STATUS_SHAPE  no such list or several, it is no VerifiableCredential, a fact beside statusPurpose has two values, or a number is none
 * ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err bitstring_facts_read(const struct rdf_dataset *set, struct arena *arena, json_t **out);

#endif
