/* statement: a credential put together from statements, under the names that credentials have for them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_STATEMENT_H
#define CREDENTIAL_STATEMENT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "linked/rdf.h"

/*
 * Put together the one credential of the default graph, from the properties and types that statement.def lists; any
 * other statement says nothing here. Of several subjects of type VerifiableCredential it is the one that no other
 * statement names: those inside (endorsements, a transcript's) are parts of it. Where an endorsement inside speaks of the
 * whole, that is no part of it for all that.
 *
 * The same statements give the same object in whatever order they come: its lists are sorted. Of types the known ones
 * stand first, VerifiableCredential before all. A value that is not of its property's kind becomes null, which nobody
 * takes for an absent one.
 *
 * set    borrowed for the call
 * arena  lent for the call; as it was at its end
 * out    the caller's reference
 *
 * ERR_CREDENTIAL_TYPE      no subject is a VerifiableCredential
 * ERR_CREDENTIAL_TWICE     several are, and more or fewer than one of them is named by no other; a property that can
 *                          have one value has two, or two texts in one language
 * ERR_CREDENTIAL_SUBJECTS  it speaks of more than one subject
 * ERR_CREDENTIAL_DATE      an end that is called as by the data model, at another address
 * ERR_CREDENTIAL_TOO_MANY  more than LIMIT_STATED_VALUES of one property, or LIMIT_STATED_BYTES in all
 * ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err statement_credential(const struct rdf_dataset *set, struct arena *arena, json_t **out);

#endif
