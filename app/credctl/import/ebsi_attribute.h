/* ebsi_attribute: an attribute of the EBSI Trusted Issuers Registry: a credential by which somebody is accredited. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_EBSI_ATTRIBUTE_H
#define CREDCTL_IMPORT_EBSI_ATTRIBUTE_H

#include "credctl/import/dids.h"
#include "credctl/import/statement.h"

/* A record of the registry, checked. Spans point into the record and the statement. All zero is none. */
struct ebsi_attribute {
    struct span did;        /* whose attribute it is */
    struct span credential; /* the credential's id, one for all of its revisions */
    struct statement statement;
    const json_t *accredited_for; /* an array; NULL where the credential lets nobody issue */
    bool
        authentic; /* signed by a pinned key of the accreditor; else at best by one that is given beside it */
    bool expired;
};

/*
 * Read a record {"did", "attribute": {"body", "hash", "issuerType", "tao", "rootTao"}}, and check its hash, its signature where
 * a key of the accreditor is pinned or given, and its times.
 *
 * record      borrowed, must outlive out
 * out         ebsi_attribute_close it, whatever comes back
 *
 * ERR_IMPORT_SHAPE      a member is missing or of another type
 * ERR_IMPORT_HASH       "hash" is not the SHA-256 of the body
 * ERR_IMPORT_STATEMENT  the body is no accreditation of this DID
 * ERR_IMPORT_AUTHORITY  it is made by somebody else than the "tao" of the record
 * ERR_IMPORT_SIGNER     keys of the accreditor are there, and none of them signed it
 * ERR_IMPORT_AHEAD, ERR_NO_MEMORY, and those of statement_read
 */
MUST_USE enum err ebsi_attribute_read(const json_t *record, struct pins *pins, const struct dids *dids,
                                      const struct import_job *job, struct ebsi_attribute *out);

/* The credential types that it lets its holder issue, added to an entry: all but those that every credential of EBSI has. *some is
 * set where there was one. ERR_IMPORT_SHAPE, ERR_NO_ROOM. */
MUST_USE enum err ebsi_attribute_types(const struct ebsi_attribute *attribute, struct entry *entry,
                                       bool *some);

/* Release it. */
void ebsi_attribute_close(struct ebsi_attribute *attribute);

#endif
