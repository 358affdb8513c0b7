/* sources: what a list was made of, written into its database when it is built and into the manifest when it is
 * signed (trust.md section 1). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_SOURCES_H
#define CREDCTL_BUILD_SOURCES_H

#include <jansson.h>

#include "credctl/build/statuslist.h"
#include "credctl/build/lists.h"
#include "credctl/build/merge.h"

/* Their JSON takes no more of a manifest than this; further lists are only counted. */
#define SOURCES_BYTES_MAX (32u * 1024u)
/* Lists from which issuers may come. */
#define SOURCES_ORIGINS_MAX 64u

/* What was listed so far. All zero is nothing. */
struct sources {
    json_t *origins;  /* issuers by where they come from: {"by hand": 3}; owned */
    json_t *imports;  /* an entry for each import; owned */
    json_t *status;   /* an entry for each status list; owned */
    size_t bytes;     /* of the entries' JSON */
    uint64_t further; /* status lists beyond SOURCES_BYTES_MAX */
    uint64_t further_imports;
    uint64_t contexts; /* JSON-LD contexts; each row names its own source */
    uint64_t hosted;   /* hosted badges, their classes and issuers */
};

/*
 * Count an issuer that was added by hand, or otherwise put among the files of issuers; those of imports are counted there.
 *
 * origin       the "source" of its file: "by hand"
 * is_unsigned  nobody signed that source
 *
 * ERR_ISSUER_FILE  there are more than SOURCES_ORIGINS_MAX origins, or this one is overlong
 * ERR_NO_MEMORY
 */
MUST_USE enum err sources_add_issuer(struct sources *sources, const char *origin, bool is_unsigned);

/* Note an import, one that is left out too. Before the first status list: they take what space is left. ERR_NO_MEMORY. */
MUST_USE enum err sources_add_import(struct sources *sources, const struct merge_import *import);

/* Note a status list that was found good, where it is, and its text. ERR_NO_MEMORY, ERR_CRYPTO_FAILED. */
MUST_USE enum err sources_add_status(struct sources *sources, const struct statuslist *list,
                                     struct span address, struct span text);

/* Write them into lists as SCHEMA_META_SOURCES: [{"format", "name"?, "url"?, "seq"?, "sha256"?, "signer"?, "result"}].
 * ERR_NO_MEMORY, and those of lists_add_meta. */
MUST_USE enum err sources_keep(const struct sources *sources, struct lists *lists);

/*
 * Read them out of a built database.
 *
 * database  open for reading
 * out       an array, json_decref it; NULL where the database names none
 *
 * ERR_PACK_*, ERR_JSON_*, ERR_NO_MEMORY: it is none that was built for a pack
 */
MUST_USE enum err sources_read(int database, json_t **out);

/* Release it. */
void sources_close(struct sources *sources);

#endif
