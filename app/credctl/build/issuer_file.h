/* issuer_file: one issuer of a workspace: names, identifiers and keys, as a JSON file that people can read
 * and mend. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_ISSUER_FILE_H
#define CREDCTL_BUILD_ISSUER_FILE_H

#include <jansson.h>

#include "credctl/build/lists.h"

/*
 * The file:
 *   {"identifiers": ["did:web:..."], "names": {"en": "..."}, "territory": "EE" or "", "source": "by hand",
 *    "unsigned": false, "keys": [{"kid": "..." or "", "alg": "ES256", "jwk": {...}, "types": [],
 *    "achievements": [], "for_status": false, "valid_from": "2026-...Z", "valid_until": "",
 *    "withdrawn_at": ""}]}
 * Where it is known by certificates, also "certificates": [{"der": base64, "types": [], "achievements": []}] (issuer_anchor.h).
 * Keys also have "source", "by hand" or an imported list's name, and "since", when they first came. Where keys come
 * from several lists, each says "unsigned" for itself.
 *
 * Empty times are absent; others lie after 1970. Scopes that are empty admit everything.
 */

/* Names, one a line, that a scope may take. */
#define ISSUER_FILE_SCOPE_BYTES 8192u

/* A key out of the file. Spans point into the JSON and into the two rooms. */
struct issuer_file_key {
    struct lists_key key;
    char types[ISSUER_FILE_SCOPE_BYTES], achievements[ISSUER_FILE_SCOPE_BYTES];
};

/* A scope: an array of names to names, one a line, and back (NULL: out of memory). ERR_ISSUER_FILE: it is no array of names;
 * ERR_NO_ROOM. */
MUST_USE enum err issuer_file_scope(const json_t *array, char out[ISSUER_FILE_SCOPE_BYTES],
                                    struct span *lines);
json_t *issuer_file_scope_json(struct span lines);

/* A new issuer with one identifier and no keys; json_decref it. NULL: out of memory. */
json_t *issuer_file_new(const char *identifier);

/* Add an identifier, unless it is there. ERR_NO_MEMORY. */
MUST_USE enum err issuer_file_add_identifier(json_t *issuer, const char *identifier);

/* Set the name in a language. ERR_NO_MEMORY. */
MUST_USE enum err issuer_file_set_name(json_t *issuer, struct span language, const char *name);

/* Whether it is the issuer's file: an identifier is just this. */
bool issuer_file_is_of(const json_t *issuer, const char *identifier);

/* Whether credentials can name an issuer so: a DID or an https address, without blanks or a fragment. */
bool issuer_file_may_name(struct span identifier);

/*
 * Add a key. Where the same key is listed already:
 *   key->withdrawn_at_s  is taken over, and nothing else of it
 *   a withdrawn key      stays as it is: only by hand it comes back
 *   the same entry       stays
 *   another entry        replaces the listed one if `replace` is set
 *
 * ERR_KEY_LISTED  another entry, and `replace` is not set
 * ERR_NO_MEMORY, and those of issuer_file_key
 */
MUST_USE enum err issuer_file_add_key(json_t *issuer, const struct lists_key *key, bool replace);

/* Its first identifier; empty where it has none. Points into the issuer. */
struct span issuer_file_first(const json_t *issuer);

/* Say on one of its keys from which list it comes, and since when it stands there (seconds since 1970 UTC). ERR_ISSUER_FILE: there
 * is no such key; ERR_NO_MEMORY. */
MUST_USE enum err issuer_file_mark_key(json_t *issuer, size_t index, const char *source, int64_t since_s);

/* Since when one of its keys is withdrawn; 0 where it is not. ERR_ISSUER_FILE, ERR_DATETIME. */
MUST_USE enum err issuer_file_withdrawn(const json_t *issuer, size_t index, int64_t *out_s);

/* Say of one of its keys that it is withdrawn, and since when (seconds since 1970 UTC, not 0). ERR_ISSUER_FILE: there is no such key,
 * or memory is exhausted. */
MUST_USE enum err issuer_file_withdraw_key(json_t *issuer, size_t index, int64_t time_s);

/* Say of it and all of its keys that nobody signed the list they come from. ERR_NO_MEMORY. */
MUST_USE enum err issuer_file_mark_unsigned(json_t *issuer);

/* Since when one of its keys stands on its list; 0 where nobody said. ERR_ISSUER_FILE, and those of datetime_parse. */
MUST_USE enum err issuer_file_since(const json_t *issuer, size_t index, int64_t *out_s);

/* How many keys it has. */
size_t issuer_file_keys(const json_t *issuer);

/* One of its keys. ERR_ISSUER_FILE: malformed; and those of jwk_read, crypto_alg_from_name and
 * datetime_parse. */
MUST_USE enum err issuer_file_key(const json_t *issuer, size_t index, struct issuer_file_key *out);

/* Whether it could be listed. Errors of issuer_file_list, but those of a file or of what is listed already. */
MUST_USE enum err issuer_file_check(const json_t *issuer);

/*
 * Write the issuer into lists that are being built.
 *
 * ERR_ISSUER_FILE  malformed: no identifier, or one that issuer_file_may_name refuses, no name, a member of
 *                  another type, a territory that is no two letters
 * and those of issuer_file_key and lists_add_*
 */
MUST_USE enum err issuer_file_list(const json_t *issuer, struct lists *lists);

#endif
