/* workspace: the folder from which headquarters makes packs: readable files, one an issuer, that fit into
 * version control. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_WORKSPACE_H
#define CREDCTL_BUILD_WORKSPACE_H

#include <jansson.h>
#include <limits.h>

#include "credctl/file.h"

/*
 * The folder:
 *   scheme.json        {"scheme": id of the list, "demo": bool, "seq": number of the pack signed last, or 0}
 *   root.jwt           the chain of roots, root 1 first, signed: the file that kiosks are provisioned with
 *   root.next          the draft of a next root that waits for signatures (see root_draft.h)
 *   keys/root*.jwk     private root keys; belong on media that are offline
 *   keys/release*.jwk  private keys of which any that the last root names signs packs
 *   issuers/NAME.json  one issuer each (see issuer_file.h)
 *   status/NAME.jwt    signed status lists as their issuers made them, those with their proof inside too, each with
 *                      its label NAME.json:
 *                      {"from": who signed it, "address": where credentials say it is}
 *   hosted/NAME.json   hosted badges, as their addresses gave them
 *   contexts/NAME.terms JSON-LD contexts as tables of terms, which kiosks get beside those that ship
 *   imports/NAME.jsonl published lists as they were imported (see import_file.h)
 *   lists.db           what `trust build` made of all that
 *   fresh.json         the pack signed last, and what freshness tokens revoked since (see fresh_file.h)
 *   signed.db          what `trust sign` signed last (see shrink.h)
 */
#define WORKSPACE_SCHEME    "scheme.json"
#define WORKSPACE_ROOT      "root.jwt"
#define WORKSPACE_NEXT_ROOT "root.next"
#define WORKSPACE_LISTS     "lists.db"

/* What scheme.json says. `scheme` points into `json`. All zero is none. */
struct workspace {
    const char *folder; /* borrowed */
    json_t *json;       /* owned */
    struct span scheme;
    bool demo;
    int64_t seq;
};

/* Read scheme.json. ERR_WORKSPACE: it is missing or malformed; and those of file_read and jsontext_parse. */
MUST_USE enum err workspace_open(const char *folder, struct workspace *out);

/*
 * Keep other runs of credctl out of the workspace, as file_lock_folder does; before workspace_open where
 * something is changed. ERR_WORKSPACE: there is no such folder; ERR_FILE_READ.
 */
MUST_USE enum err workspace_lock(const char *folder, int *lock);

/* Remember another `seq`. ERR_FILE_WRITE, ERR_NO_MEMORY. */
MUST_USE enum err workspace_keep_seq(struct workspace *workspace, int64_t seq);

/* Release it. */
void workspace_close(struct workspace *workspace);

/* "FOLDER/NAME". ERR_NO_ROOM: longer than a path may be. */
MUST_USE enum err workspace_path(const char *folder, const char *name, char out[PATH_MAX]);

/* "FOLDER/KIND/SLUG-HASH.EXTENSION" for a name of any characters; the same name gives the same path, and the
 * 128 bits of hash keep anyone from finding a name that takes the path of another's.
 * ERR_NO_ROOM, ERR_CRYPTO_FAILED. */
MUST_USE enum err workspace_entry_path(const char *folder, const char *kind, struct span name,
                                       const char *extension, char out[PATH_MAX]);

/* Read a JSON file. ERR_FILE_*, ERR_JSON_*. */
MUST_USE enum err workspace_read_json(const char *path, json_t **out);

/* Write a JSON file, indented and sorted. ERR_FILE_EXISTS, ERR_FILE_WRITE, ERR_NO_MEMORY. */
MUST_USE enum err workspace_write_json(const char *path, const json_t *json, bool replace);

/*
 * Call `visit` with the path of each file of FOLDER/KIND with an extension, in the order of the names.
 *
 * ERR_FILE_READ, and what `visit` gives: the first error ends it
 */
MUST_USE enum err workspace_each(const char *folder, const char *kind, const char *extension,
                                 enum err (*visit)(void *ctx, const char *path), void *ctx);

#endif
