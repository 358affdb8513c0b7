/* SPDX-License-Identifier: Apache-2.0 */
/* X.509 certificates in PEM bundles, or one in DER: each is an issuer's own, or its CA's. */
#include "codec/base64url.h"
#include "credctl/build/issuer_anchor.h"
#include "credctl/build/key_file.h"
#include "credctl/import/import.h"
#include "credctl/import/lote_entity.h"
#include "crypto/certificate.h"

/* Last numbers of 2.5.4.x: who it is, for people. */
#define ORGANISATION 10
#define COMMON_NAME  3

static enum err set_name(const struct certificate *certificate, json_t *issuer) {
    char text[LIMIT_NAME_BYTES + 1] = "";
    struct room room = room_over(text, LIMIT_NAME_BYTES);
    if (certificate_name_value(certificate->subject, ORGANISATION, &room) != ERR_OK &&
        certificate_name_value(certificate->subject, COMMON_NAME, &room) != ERR_OK) {
        TRY(certificate_name(certificate->subject, &room));
    }
    text[room.len] = '\0';
    const char *otherwise = json_string_value(json_array_get(json_object_get(issuer, "identifiers"), 0));
    return issuer_file_set_name(issuer, span_of_text("en"), room.len > 0 ? text : otherwise);
}

static enum err add_uris(const struct certificate *certificate, json_t *issuer) {
    for (size_t i = 0; i < certificate->uri_count; i++) {
        char text[LIMIT_NAME_BYTES + 1] = "";
        if (issuer_file_may_name(certificate->uris[i])) {
            memcpy(text, certificate->uris[i].ptr, certificate->uris[i].len);
            TRY(issuer_file_add_identifier(issuer, text));
        }
    }
    return ERR_OK;
}

/* The first name that credentials use: --issuer, else the certificate's own, else the one that stands for it. */
static enum err name_of(struct import_job *job, const struct certificate *certificate,
                        char out[LIMIT_NAME_BYTES + 1]) {
    const char *given = options_value(job->options, "issuer");
    struct room room = room_over(out, LIMIT_NAME_BYTES);
    struct span name = given == NULL ? (struct span){0} : span_of_text(given);
    if (given != NULL && !issuer_file_may_name(name)) {
        return ERR_IMPORT_NAMED;
    }
    for (size_t i = 0; name.len == 0 && i < certificate->uri_count && !certificate->may_issue; i++) {
        name = issuer_file_may_name(certificate->uris[i]) ? certificate->uris[i] : name;
    }
    if (name.len > 0) {
        TRY(room_put(&room, name));
    } else {
        import_note(
            job, "it has no name that credentials use: known by the certificate alone; --issuer gives one");
        TRY(room_put_text(&room, LOTE_ENTITY_BY_CERTIFICATE));
        TRY(base64url_encode(span_of_bytes(certificate->thumbprint, CRYPTO_SHA256_BYTES), &room));
    }
    out[room.len] = '\0';
    return ERR_OK;
}

static enum err add_key(struct import_job *job, const struct certificate *certificate, json_t *issuer) {
    struct lists_key key = {.key = certificate->key,
                            .alg = key_file_alg(certificate->key.kind, CRYPTO_RS256),
                            .valid_from_s = certificate->valid_from_s > 0 ? certificate->valid_from_s : 0,
                            .valid_until_s = certificate->valid_until_s > 0 ? certificate->valid_until_s : 1};
    if (!certificate->may_sign) {
        return ERR_OK;
    }
    job->passed_over += key.alg == CRYPTO_ALG_NONE;
    return key.alg == CRYPTO_ALG_NONE ? ERR_OK : issuer_file_add_key(issuer, &key, false);
}

static enum err add_issuer(struct import_job *job, const struct certificate *certificate) {
    char name[LIMIT_NAME_BYTES + 1];
    static const struct span all = {0};
    TRY(name_of(job, certificate, name));
    json_t *issuer = issuer_file_new(name);
    enum err err = issuer == NULL ? ERR_NO_MEMORY : set_name(certificate, issuer);
    if (err == ERR_OK && !certificate->may_issue && !options_has(job->options, "issuer")) {
        err = add_uris(certificate, issuer);
    }
    err = err == ERR_OK ? add_key(job, certificate, issuer) : err;
    err = err == ERR_OK ? issuer_anchor_add(issuer, certificate, all, all) : err;
    err = err == ERR_OK ? import_add(job, issuer) : err;
    json_decref(issuer);
    return err;
}

static enum err read_one(void *ctx, struct span der) {
    struct import_job *job = ctx;
    struct certificate certificate = {0};
    char text[IMPORT_ENTRY_SIZE];
    struct room room = room_over(text, sizeof text);
    size_t number = (size_t)(job->issuers + job->passed_over);
    import_at(job, (struct span){0}, number);
    enum err err = certificate_read(der, &certificate);
    if (err == ERR_KEY_UNSUPPORTED || err == ERR_KEY_WEAK || err == ERR_CERTIFICATE_EXTENSION) {
        import_pass_over(job, err);
        return ERR_OK;
    }
    TRY(err);
    if (certificate_name(certificate.subject, &room) == ERR_OK) {
        import_at(job, room_span(&room), number);
    }
    return add_issuer(job, &certificate);
}

static enum err read_certificates(struct import_job *job) {
    for (size_t i = 0; i < job->input_count; i++) {
        struct span text = {0};
        TRY(import_text(job, i, &text));
        TRY(certificate_each(text, read_one, job));
    }
    return ERR_OK;
}

const struct import_format import_certificates = {
    .name = "certificates",
    .sentence = "X.509 certificates, PEM bundles or DER; --issuer says whose, where they do not; unsigned.",
    .takes = {"issuer"},
    .read = read_certificates,
};
