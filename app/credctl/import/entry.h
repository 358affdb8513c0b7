/* entry: an issuer put together from an entry of a published list: its identifier, names, keys, and what they may sign. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_ENTRY_H
#define CREDCTL_IMPORT_ENTRY_H

#include <jansson.h>

#include "base/limits.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/key_file.h"
#include "credctl/import/import.h"
#include "credctl/import/roll.h"

/* What is being put together. Large: not for the stack. */
struct entry {
    struct import_job *job;
    json_t *issuer; /* owned */
    char identifier[LIMIT_NAME_BYTES + 1];
    int64_t valid_until_s; /* of every key; 0: no end */
    char types[ISSUER_FILE_SCOPE_BYTES];
    struct room scope; /* over types: names, one a line */
};

/*
 * Begin an issuer, and say that this entry is being read.
 *
 * identifier  as credentials name it
 * roll        of the list's issuers so far
 * out         entry_close it, whatever comes back
 *
 * ERR_IMPORT_IDENTIFIER  issuer_file_may_name refuses it
 * ERR_IMPORT_TWICE       it stands on the list already
 * ERR_NO_MEMORY, ERR_CRYPTO_FAILED
 */
MUST_USE enum err entry_open(struct import_job *job, struct span identifier, struct roll *roll,
                             struct entry **out);

/* Its name in a language, as the list has it. ERR_IMPORT_NAME: no text, empty, or longer than LIMIT_NAME_BYTES; ERR_NO_MEMORY. */
MUST_USE enum err entry_name(struct entry *entry, const char *language, const json_t *name);

/* A credential type that its keys may sign; call it before the keys are added. ERR_IMPORT_SHAPE: no text, empty, or too long;
 * ERR_NO_ROOM: more than ISSUER_FILE_SCOPE_BYTES. */
MUST_USE enum err entry_type(struct entry *entry, const json_t *type);

/* Has it a type so far? One without admits every type. */
bool entry_has_types(const struct entry *entry);

/*
 * Add the keys of a JWK, a JWK Set or its own DID document (key_file.h). Keys of kinds that kiosks do not judge are counted as
 * passed over.
 *
 * ERR_KEY_UNSUPPORTED: the JWK is one; other errors of key_file_read, and those of issuer_file_add_key
 */
MUST_USE enum err entry_keys(struct entry *entry, const json_t *json);

/* Add the key that a did:key or did:jwk is; nothing for other identifiers. Errors as above, and of did_own_key. */
MUST_USE enum err entry_own_key(struct entry *entry);

/* Add it to the list. Errors of import_add. */
MUST_USE enum err entry_add(struct entry *entry);

/* Release it. Takes NULL. */
void entry_close(struct entry *entry);

#endif
