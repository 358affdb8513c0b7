/* dids: DID documents that are given beside a list, with the keys of those that it names by their DID alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_DIDS_H
#define CREDCTL_IMPORT_DIDS_H

#include "credctl/import/entry.h"
#include "credctl/import/pins.h"

/* The documents of one import. All zero is none. */
struct dids {
    json_t **documents; /* owned */
    size_t count, places;
};

/* Is it a DID document: an object with an "id" that is a DID, and with methods? */
bool dids_is_document(const json_t *json);

/* Take a document over. ERR_NO_MEMORY: it is released. */
MUST_USE enum err dids_take(struct dids *dids, json_t *document);

/* The document of a DID; NULL where there is none. */
const json_t *dids_find(const struct dids *dids, struct span did);

/*
 * Add the keys of an entry: of the identifier itself, where it is one; of its pinned DID document; or of the one that is given
 * beside the list, and then the entry is unsigned, for nobody signed that. Without any of them it stays without a key.
 *
 * pins  or NULL
 *
 * Errors of entry_own_key and entry_keys; ERR_NO_MEMORY
 */
MUST_USE enum err dids_add_keys(const struct dids *dids, const struct pins *pins, struct entry *entry);

/* Every document belongs to an issuer of the list: ERR_IMPORT_STRAY. job->entry names the one that does not. */
MUST_USE enum err dids_check_used(const struct dids *dids, struct import_job *job, struct roll *roll);

/* Release it. */
void dids_close(struct dids *dids);

#endif
