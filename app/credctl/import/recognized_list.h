/* recognized_list: a list of Recognized Entities, its signature checked where it has one that is pinned, and what comes with it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_RECOGNIZED_LIST_H
#define CREDCTL_IMPORT_RECOGNIZED_LIST_H

#include "credctl/import/dids.h"
#include "credctl/import/statement.h"

/* A list being read. All zero is none. */
struct recognized_list {
    struct import_job *job;
    json_t *document; /* the credential or list itself; owned */
    bool is_proved;   /* its signature was checked and is right */
    struct pins pins;
    struct dids dids;
    struct roll roll;
};

/*
 * Read the inputs of a job: a list, then DID documents. With --pin the list must be signed by its issuer: a VC-JWT, or a document
 * whose proofs sign its text as it stands (eddsa-jcs-2022, ecdsa-jcs-2019). Without one it counts as unsigned, whatever proof it
 * carries.
 *
 * out  recognized_list_close it, whatever comes back
 *
 * ERR_IMPORT_SIGNER  a proof is by none of the pinned keys
 * ERR_PROOF_SUITE    a proof that signs statements, which another text may have too
 * ERR_IMPORT_AUTHORITY  the token speaks for another issuer than the credential
 * ERR_IMPORT_SHAPE   an input that is neither
 * and those of pins_read, statement_read, statement_check, integrity_read and import_json
 */
MUST_USE enum err recognized_list_open(struct import_job *job, struct recognized_list *out);

/* Release it. */
void recognized_list_close(struct recognized_list *list);

#endif
