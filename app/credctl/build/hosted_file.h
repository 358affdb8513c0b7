/* hosted_file: hosted badges (Open Badges 2.0), kept as their addresses gave them, for kiosks that open no address. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_HOSTED_FILE_H
#define CREDCTL_BUILD_HOSTED_FILE_H

#include <jansson.h>
#include <limits.h>

#include "base/limits.h"
#include "credctl/build/lists.h"

/* A document; no badge that a kiosk reads is larger. */
#define HOSTED_FILE_BYTES_MAX LIMIT_PAYLOAD_BYTES
/* Documents of one workspace: the badges of a large event, each with its class and issuer. */
#define HOSTED_FILE_COUNT_MAX 1000000u

/* What a document is. Spans point into its JSON. */
struct hosted_file {
    struct span address; /* its "id": where it is hosted */
    const char *kind;    /* SCHEMA_DOCUMENT_ASSERTION, _BADGE_CLASS or _PROFILE; static */
};

/*
 * Read a document: an Assertion whose verification is hosted (HostedBadge, or "hosted"), a BadgeClass, or an Issuer or Profile.
 *
 * json  borrowed, must outlive out
 *
 * ERR_HOSTED  none of these, or its id is no https address, of LIMIT_NAME_BYTES at most, without blanks and fragment
 */
MUST_USE enum err hosted_file_read(const json_t *json, struct hosted_file *out);

/*
 * Keep a document in a workspace as hosted/NAME.json, in the place of an older one of its address.
 *
 * text   exactly what is hosted
 * place  where it was put
 *
 * ERR_HOSTED, ERR_FILE_WRITE, ERR_NO_ROOM, ERR_CRYPTO_FAILED, and those of jsontext_parse
 */
MUST_USE enum err hosted_file_keep(const char *folder, struct span text, char place[PATH_MAX]);

/*
 * List all documents of a workspace, under their kind and address and with the hash of their bytes. Nobody signed any of them:
 * whatever is judged by them is from an unsigned source.
 *
 * count    how many there were
 * trouble  the file that an error came from
 *
 * ERR_HOSTED  also: more than HOSTED_FILE_COUNT_MAX
 * ERR_LISTS_TWICE, ERR_FILE_*, ERR_NO_MEMORY, and those of jsontext_parse
 */
MUST_USE enum err hosted_file_list(const char *folder, struct lists *lists, uint64_t *count, char *trouble,
                                   size_t trouble_size);

#endif
