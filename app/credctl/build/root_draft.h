/* root_draft: the next root while its signatures are collected: one file that goes from machine to machine. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_ROOT_DRAFT_H
#define CREDCTL_BUILD_ROOT_DRAFT_H

#include "credctl/build/packer.h"
#include "credctl/file.h"
#include "pack/root_version.h"

/* Longest file of a draft: a chain, what a root says, and a signature of every key over that. */
#define ROOT_DRAFT_SIGNATURES_BYTES (LIMIT_ROOT_SIGNATURES * (PACKER_ROOT_BYTES / 3 * 4 + 1024u))
#define ROOT_DRAFT_BYTES            (LIMIT_ROOT_CHAIN_BYTES + PACKER_ROOT_BYTES + ROOT_DRAFT_SIGNATURES_BYTES + 3u)

/*
 * A draft. Its file has lines: the chain of roots so far; what the next root says, as the JSON that gets signed; then
 * one signature a line, as compact JWS. So whoever signs sees what it is and what it replaces, with nothing else at
 * hand. All zero is none.
 */
struct root_draft {
    struct room chain, payload;
    struct room signatures;   /* space separated */
    struct root before;       /* the chain's last root */
    struct root_version next; /* and who has signed it */
    void *memory;             /* of `arena`, which holds their names */
    struct arena arena;
};

/*
 * Begin a draft.
 *
 * chain  the provisioning file's text; copied
 * next   what the next root says; its version, scheme and demo must follow from the chain
 * out    root_draft_close it
 *
 * ERR_NO_MEMORY, ERR_NO_ROOM, and those of root_read, packer_root_payload and root_version_claims
 */
MUST_USE enum err root_draft_begin(struct span chain, const struct packer_root *next, struct root_draft *out);

/*
 * Read a draft; every signature is checked.
 *
 * ERR_ROOT_DRAFT  not such a file, or a signature in it is for something else
 * ERR_FILE_*, ERR_NO_MEMORY, and those of root_read, root_version_claims and root_version_read
 */
MUST_USE enum err root_draft_load(const char *path, struct root_draft *out);

/* Keep it. ERR_FILE_WRITE, ERR_FILE_EXISTS, ERR_NO_MEMORY, ERR_NO_ROOM. */
MUST_USE enum err root_draft_save(const struct root_draft *draft, const char *path, struct file_how how);

/*
 * Add a key's signature; one that is there already stays.
 *
 * ERR_ROOT_SIGNER  neither this root nor the one before it names the key
 * ERR_NO_ROOM, and those of packer_sign_payload
 */
MUST_USE enum err root_draft_sign(struct root_draft *draft, const struct signer *signer);

/* Add the signatures of another copy. ERR_ROOT_DRAFT_OTHER: it is of another root. ERR_NO_ROOM. */
MUST_USE enum err root_draft_take(struct root_draft *draft, const struct root_draft *other);

/* Have enough keys of both roots signed? */
bool root_draft_complete(const struct root_draft *draft);

/* Append the chain that a complete draft makes. ERR_NO_ROOM; and those of root_read: kiosks would refuse it. */
MUST_USE enum err root_draft_chain(const struct root_draft *draft, struct room *out);

/* Release it, and zero it. */
void root_draft_close(struct root_draft *draft);

#endif
