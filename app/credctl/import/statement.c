/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/statement.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/datetime.h"
#include "codec/jsontext.h"

/* Decoded, a text is shorter than encoded; the header's own copy comes to it. */
#define MORE_BYTES 4096u
/* The end of the year 9999: no later moment can be written. */
#define TIME_MAX_S 253402300799LL

struct span statement_text(struct span text) {
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')) {
        text.len--;
    }
    return text;
}

/* NumericDate (RFC 7519 section 2); 0 where it is absent. */
static enum err read_time(const json_t *claims, const char *claim, int64_t *out) {
    *out = 0;
    if (json_object_get(claims, claim) == NULL) {
        return ERR_OK;
    }
    return jsontext_integer(claims, claim, out) == ERR_OK && *out > 0 && *out <= TIME_MAX_S
               ? ERR_OK
               : ERR_IMPORT_STATEMENT;
}

static enum err read_claims(struct statement *statement) {
    const json_t *claims = statement->claims;
    int64_t not_before_s = 0;
    if (!json_is_object(claims) || jsontext_optional_string(claims, "iss", &statement->issuer) != ERR_OK ||
        jsontext_optional_string(claims, "sub", &statement->subject) != ERR_OK) {
        return ERR_IMPORT_STATEMENT;
    }
    TRY(read_time(claims, "iat", &statement->issued_s));
    TRY(read_time(claims, "nbf", &not_before_s));
    TRY(read_time(claims, "exp", &statement->expires_s));
    statement->issued_s = not_before_s > statement->issued_s ? not_before_s : statement->issued_s;
    return ERR_OK;
}

enum err statement_read(struct span text, struct statement *out) {
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    size_t size = text.len + MORE_BYTES;
    *out = (struct statement){.memory = malloc(size)};
    if (out->memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct arena arena = arena_over(out->memory, size);
    TRY(jws_split(statement_text(text), &arena, &out->jws));
    TRY(crypto_alg_from_name(out->jws.alg, &alg));
    TRY(jsontext_parse_large(out->jws.payload, IMPORT_JSON_VALUES_MAX, &out->claims));
    return read_claims(out);
}

enum err statement_check(const struct statement *statement, const struct statuslist_keys *keys,
                         const struct import_job *job) {
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    TRY(crypto_alg_from_name(statement->jws.alg, &alg));
    if (statuslist_keys_signed(keys, statement->jws.kid, alg, statement->jws.signing_input,
                               statement->jws.signature) != ERR_OK) {
        return ERR_IMPORT_SIGNER;
    }
    TRY(import_not_ahead(job, statement->issued_s));
    bool ended = statement->expires_s != 0 && interval_is_past(&job->now, statement->expires_s) != ANSWER_NO;
    return ended ? ERR_IMPORT_EXPIRED : ERR_OK;
}

void statement_close(struct statement *statement) {
    jws_close(&statement->jws);
    json_decref(statement->claims);
    free(statement->memory);
    *statement = (struct statement){0};
}
