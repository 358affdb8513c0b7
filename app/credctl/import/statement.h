/* statement: a signed statement among the files of a list: a JSON Web Token (RFC 7519) that says by whom and until when. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_STATEMENT_H
#define CREDCTL_IMPORT_STATEMENT_H

#include "codec/jws.h"
#include "credctl/build/statuslist_keys.h"
#include "credctl/import/import.h"

/* A statement, taken apart; nothing of it is believed before statement_check. All zero is none. */
struct statement {
    struct jws jws;
    json_t *claims; /* owned */
    struct span issuer, subject;
    int64_t issued_s, expires_s; /* "iat" (or "nbf") and "exp"; 0 where absent */
    void *memory;                /* owned; the JWS points into it */
};

/* The text without the line feeds behind it. */
struct span statement_text(struct span text);

/*
 * Take a statement apart.
 *
 * text  a compact JWS; borrowed as long as out
 * out   statement_close it, whatever comes back
 *
 * ERR_IMPORT_STATEMENT  "iss", "sub", "iat", "nbf" or "exp" is of another type
 * ERR_ALG_REFUSED, ERR_ALG_UNSUPPORTED, ERR_NO_MEMORY, and those of jws_split and jsontext_parse
 */
MUST_USE enum err statement_read(struct span text, struct statement *out);

/*
 * Check its signature and its times.
 *
 * keys  one of which must have made it
 *
 * ERR_IMPORT_SIGNER   none of them did
 * ERR_IMPORT_AHEAD    it is dated in the future
 * ERR_IMPORT_EXPIRED  it has expired
 */
MUST_USE enum err statement_check(const struct statement *statement, const struct statuslist_keys *keys,
                                  const struct import_job *job);

/* Release it. */
void statement_close(struct statement *statement);

#endif
