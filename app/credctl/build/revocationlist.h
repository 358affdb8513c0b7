/* revocationlist: lists of the ids of revoked credentials, which nobody signs (1EdTech Revocation List Status Method 1.0, Open Badges
 * 2.0). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_REVOCATIONLIST_H
#define CREDCTL_BUILD_REVOCATIONLIST_H

#include "credctl/build/statuslist.h"

/* Values of one list's JSON, of which jansson takes a hundred bytes each: half a million revoked credentials with reasons. */
#define REVOCATIONLIST_VALUES_MAX 2000000u

/* Is a JSON document such a list, by its type or by what it holds? */
bool revocationlist_is(struct span text);

/*
 * Read a list: of 1EdTech every id under revokedCredential whose `revoked` is true or not said, of Open Badges every id and
 * uid under revokedAssertions. It is of the time at which it was fetched, and has no end.
 *
 * list  all zero; statuslist_close it, after an error too
 *
 * ERR_STATUS_UNSIGNED  unsigned lists are not accepted
 * ERR_STATUS_SHAPE     both kinds at once, or an entry that says nothing of a credential
 * ERR_STATUS_ISSUER    it names another issuer
 * ERR_JSON_*, ERR_CRYPTO_FAILED, ERR_NO_MEMORY
 */
MUST_USE enum err revocationlist_read(const struct statuslist_source *source, struct statuslist *list);

#endif
