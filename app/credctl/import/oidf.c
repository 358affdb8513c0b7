/* SPDX-License-Identifier: Apache-2.0 */
/* A federation's trust anchor and its statements about those below it (OpenID Federation 1.0), as the Digital Credentials
 * Consortium publishes its members. One level deep: whoever the anchor itself speaks for is listed. */
#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/import/dids.h"
#include "credctl/import/statement.h"

/* A federation being read. */
struct federation {
    struct import_job *job;
    struct pins pins;
    struct dids dids;
    struct roll roll;
    struct statement anchor; /* its configuration; zero where the pinned keys alone stand for it */
    struct key_file *keys;   /* the anchor's, once its configuration is checked */
    size_t first_member;     /* among the inputs */
    char authority[LIMIT_NAME_BYTES + 1];
};

/* An entity statement (section 3.1): typ, and the claims that each must have. */
static enum err read_statement(struct span text, struct statement *out) {
    TRY(statement_read(text, out));
    if (!span_equal_text(out->jws.typ, "entity-statement+jwt") || out->issuer.len == 0 ||
        out->subject.len == 0 || json_object_get(out->claims, "iat") == NULL || out->expires_s == 0) {
        return ERR_IMPORT_STATEMENT;
    }
    return json_object_get(out->claims, "crit") != NULL ? ERR_JWS_CRIT : ERR_OK;
}

static bool next_of_anchor(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                           struct crypto_key *key) {
    const struct key_file *file = ctx;
    if (index >= file->count) {
        return false;
    }
    *kid = file->keys[index].kid;
    *alg = file->keys[index].alg;
    *key = file->keys[index].key;
    return true;
}

/* The same, but for those that no pinned thumbprint names. */
static bool next_of_named(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                          struct crypto_key *key) {
    const struct federation *federation = ctx;
    bool named = false;
    if (!next_of_anchor(federation->keys, index, kid, alg, key)) {
        return false;
    }
    if (pins_name_key(&federation->pins, key, &named) != ERR_OK || !named) {
        *alg = CRYPTO_ALG_NONE;
    }
    return true;
}

/* The list is as old as its oldest statement, and lasts as long as the one that ends first. */
static void note_times(struct import_file_source *source, const struct statement *statement) {
    if (source->issued_s == 0 || statement->issued_s < source->issued_s) {
        source->issued_s = statement->issued_s;
    }
    if (source->next_update_s == 0 || statement->expires_s < source->next_update_s) {
        source->next_update_s = statement->expires_s;
    }
}

static struct statuslist_keys keys_of_anchor(struct federation *federation) {
    return federation->keys->count > 0 ? (struct statuslist_keys){federation->keys, next_of_anchor}
                                       : pins_keys(&federation->pins);
}

/* The anchor speaks for itself: that is worth what is known of its key. */
static enum err check_anchor(struct federation *federation) {
    struct import_job *job = federation->job;
    const struct statement *anchor = &federation->anchor;
    TRY(key_file_read(json_object_get(anchor->claims, "jwks"), anchor->issuer, CRYPTO_RS256,
                      federation->keys));
    struct statuslist_keys own = {federation->keys, next_of_anchor}, pinned = pins_keys(&federation->pins);
    TRY(statement_check(anchor, &own, job));
    struct statuslist_keys named = {federation, next_of_named};
    if (federation->pins.file_count > 0 && statement_check(anchor, &named, job) != ERR_OK) {
        TRY(statement_check(anchor, &pinned, job));
    }
    note_times(&job->source, anchor);
    return ERR_OK;
}

/* Its configuration comes first; where it does not, its keys must be pinned. */
static enum err read_anchor(struct federation *federation) {
    struct import_job *job = federation->job;
    struct statement *anchor = &federation->anchor;
    bool pinned = federation->pins.file_count > 0;
    struct span text = {0};
    import_at(job, span_of_text("trust anchor"), 0);
    TRY(import_text(job, 0, &text));
    TRY(read_statement(text, anchor));
    if (anchor->issuer.len > LIMIT_NAME_BYTES) {
        return ERR_IMPORT_STATEMENT;
    }
    memcpy(federation->authority, anchor->issuer.ptr, anchor->issuer.len);
    bool own = span_equal(anchor->issuer, anchor->subject);
    if (!own && !pinned) {
        return ERR_IMPORT_PIN;
    }
    if (own) {
        TRY(check_anchor(federation));
        federation->first_member = 1;
    }
    job->source.is_signed = pinned;
    snprintf(job->source.signer, sizeof job->source.signer, "%s", pinned ? federation->authority : "");
    return ERR_OK;
}

/* The keys that the anchor states; else those of the DID that it names. */
static enum err add_keys(const struct federation *federation, const json_t *claims, struct entry *entry) {
    const json_t *jwks = json_object_get(claims, "jwks");
    return jwks != NULL ? entry_keys(entry, jwks)
                        : dids_add_keys(&federation->dids, &federation->pins, entry);
}

static enum err add_member(struct federation *federation, const struct statement *statement) {
    const json_t *metadata = json_object_get(statement->claims, "metadata");
    const json_t *entity = json_object_get(metadata, "federation_entity");
    struct entry *entry = NULL;
    enum err err = entry_open(federation->job, statement->subject, &federation->roll, &entry);
    err = err == ERR_OK ? entry_name(entry, "en", json_object_get(entity, "organization_name")) : err;
    err = err == ERR_OK ? add_keys(federation, statement->claims, entry) : err;
    err = err == ERR_OK ? entry_add(entry) : err;
    entry_close(entry);
    return err;
}

static enum err read_member(struct federation *federation, struct span text) {
    struct statement statement = {0};
    struct statuslist_keys keys = keys_of_anchor(federation);
    enum err err = read_statement(text, &statement);
    import_at(federation->job, statement.subject, (size_t)federation->job->issuers);
    if (err == ERR_OK && (!span_equal_text(statement.issuer, federation->authority) ||
                          span_equal(statement.subject, statement.issuer))) {
        err = ERR_IMPORT_AUTHORITY;
    }
    err = err == ERR_OK ? statement_check(&statement, &keys, federation->job) : err;
    if (err == ERR_OK) {
        note_times(&federation->job->source, &statement);
        err = add_member(federation, &statement);
    }
    statement_close(&statement);
    return err;
}

static bool is_json(struct span text) {
    return text.len > 0 && text.ptr[0] == '{';
}

/* The DID documents first: members need them. */
static enum err take_documents(struct federation *federation) {
    for (size_t i = 1; i < federation->job->input_count; i++) {
        struct span text = {0};
        json_t *document = NULL;
        TRY(import_text(federation->job, i, &text));
        if (is_json(text)) {
            TRY(import_json(federation->job, i, &document));
            if (!dids_is_document(document)) {
                json_decref(document);
                return ERR_IMPORT_SHAPE;
            }
            TRY(dids_take(&federation->dids, document));
        }
    }
    return ERR_OK;
}

static enum err read_all(struct federation *federation) {
    TRY(pins_read(federation->job, &federation->pins));
    TRY(take_documents(federation));
    TRY(read_anchor(federation));
    for (size_t i = federation->first_member; i < federation->job->input_count; i++) {
        struct span text = {0};
        TRY(import_text(federation->job, i, &text));
        if (!is_json(text)) {
            TRY(read_member(federation, text));
        }
    }
    return dids_check_used(&federation->dids, federation->job, &federation->roll);
}

static enum err read_oidf(struct import_job *job) {
    struct federation federation = {.job = job, .keys = calloc(1, sizeof(struct key_file))};
    enum err err = federation.keys == NULL ? ERR_NO_MEMORY : read_all(&federation);
    statement_close(&federation.anchor);
    pins_close(&federation.pins);
    dids_close(&federation.dids);
    roll_close(&federation.roll);
    free(federation.keys);
    return err;
}

const struct import_format import_oidf = {
    .name = "oidf",
    .sentence = "OpenID Federation: the trust anchor's entity configuration, with --pin its key or that\n"
                "                      key's thumbprint, then its statements about members, then DID "
                "documents of members.",
    .takes = {"pin"},
    .read = read_oidf,
};
