/* SPDX-License-Identifier: Apache-2.0 */
/* The VCI Directory of issuers of SMART Health Cards: its list of participants, and the daily snapshot with their keys. */
#include <stdlib.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/import/entry.h"
#include "credctl/import/vci_revocations.h"
#include "crypto/certificate.h"

/* The type that each SMART Health Card has; the directory speaks of no other credentials. */
#define CARD_TYPE "https://smarthealth.cards#health-card"

/* A directory being read. */
struct reading {
    struct import_job *job;
    struct roll roll;
};

static enum err check_period(const struct import_job *job, const struct certificate *certificate) {
    bool begun = interval_has_come(&job->now, certificate->valid_from_s) == ANSWER_YES;
    bool ended = interval_is_past(&job->now, certificate->valid_until_s) != ANSWER_NO;
    return begun && !ended ? ERR_OK : ERR_IMPORT_CERTIFICATE_PERIOD;
}

static enum err check_by(struct import_job *job, struct span pem, struct span text, struct span signature) {
    uint8_t der[LIMIT_CERTIFICATE_BYTES];
    struct room room = room_over(der, sizeof der),
                signer = room_over(job->source.signer, IMPORT_FILE_TEXT_SIZE - 1);
    struct certificate certificate = {0};
    size_t at = 0;
    TRY(certificate_next_pem(pem, &at, &room));
    TRY(certificate_read(room_span(&room), &certificate));
    TRY(certificate_check_detached(&certificate, text, signature));
    TRY(check_period(job, &certificate));
    TRY(certificate_name(certificate.subject, &signer));
    job->source.is_signed = true;
    return ERR_OK;
}

/* Each pinned certificate is tried: of two, one is the successor. The error of the last one is told. */
static enum err check_by_pins(struct import_job *job, struct span text, struct span signature) {
    enum err err = ERR_IMPORT_PIN;
    for (size_t n = 0;; n++) {
        struct room pin = {0};
        bool given = false;
        TRY(import_option_file(job, "pin", n, &given, &pin));
        if (!given) {
            return err;
        }
        err = check_by(job, room_span(&pin), text, signature);
        file_release(&pin);
        if (err == ERR_OK) {
            return ERR_OK;
        }
    }
}

/* A signature counts only under a certificate that is known, and whoever knows one expects a signature: one. */
static enum err check_signature(struct import_job *job, struct span text) {
    struct room signature = {0};
    bool is_signed = false;
    TRY(import_option_file(job, "signature", 0, &is_signed, &signature));
    bool fits =
        is_signed == options_has(job->options, "pin") && options_nth(job->options, "signature", 1) == NULL;
    enum err err = !fits       ? ERR_IMPORT_PIN
                   : is_signed ? check_by_pins(job, text, room_span(&signature))
                               : ERR_OK;
    file_release(&signature);
    return err;
}

/* A key that its issuer published wrongly is left out, and the others of hundreds of issuers count all the same. */
static bool is_of_key(enum err err) {
    return err == ERR_KEY_SHAPE || err == ERR_KEY_UNSUPPORTED || err == ERR_KEY_MISMATCH ||
           err == ERR_KEY_USE || err == ERR_KEY_PRIVATE || err == ERR_KEY_FILE || err == ERR_KEY_LISTED;
}

/* SMART Health Cards are signed by ES256 alone. */
static enum err add_key(struct entry *entry, const json_t *jwk) {
    if (!json_is_object(jwk)) {
        return ERR_IMPORT_SHAPE;
    }
    bool es256 = span_equal_text(jsontext_span(json_object_get(jwk, "alg")), "ES256");
    enum err err = es256 ? entry_keys(entry, jwk) : ERR_KEY_UNSUPPORTED;
    if (!is_of_key(err)) {
        return err;
    }
    import_pass_over(entry->job, err);
    return ERR_OK;
}

static enum err add_keys(struct entry *entry, const json_t *info) {
    const json_t *keys = json_object_get(info, "keys"), *type = json_string(CARD_TYPE);
    enum err err = type == NULL ? ERR_NO_MEMORY : entry_type(entry, type);
    json_decref((json_t *)type);
    if (err == ERR_OK && !json_is_array(keys)) {
        err = ERR_IMPORT_SHAPE;
    }
    for (size_t i = 0; err == ERR_OK && i < json_array_size(keys); i++) {
        err = add_key(entry, json_array_get(keys, i));
    }
    return err;
}

/* canonical_iss names another issuer, whose cards are its own: it is no further identifier of this one. */
static enum err read_issuer(struct reading *reading, const json_t *issuer, const json_t *info) {
    struct entry *entry = NULL;
    enum err err =
        entry_open(reading->job, jsontext_span(json_object_get(issuer, "iss")), &reading->roll, &entry);
    err = err == ERR_OK ? entry_name(entry, "en", json_object_get(issuer, "name")) : err;
    if (info != NULL) {
        err = err == ERR_OK ? add_keys(entry, info) : err;
        err = err == ERR_OK ? vci_revocations_keep(entry, json_object_get(info, "crls")) : err;
    }
    err = err == ERR_OK ? entry_add(entry) : err;
    entry_close(entry);
    return err;
}

static enum err read_snapshot(struct reading *reading, const json_t *list, const json_t *infos) {
    struct span time = {0};
    if (jsontext_string(list, "time", &time) != ERR_OK || !json_is_array(infos)) {
        return ERR_IMPORT_SHAPE;
    }
    TRY(datetime_parse(time, &reading->job->source.issued_s));
    TRY(import_not_ahead(reading->job, reading->job->source.issued_s));
    for (size_t i = 0; i < json_array_size(infos); i++) {
        const json_t *info = json_array_get(infos, i);
        TRY(read_issuer(reading, json_object_get(info, "issuer"), info));
    }
    return ERR_OK;
}

static enum err read_participants(struct reading *reading, const json_t *issuers) {
    if (!json_is_array(issuers)) {
        return ERR_IMPORT_SHAPE;
    }
    for (size_t i = 0; i < json_array_size(issuers); i++) {
        TRY(read_issuer(reading, json_array_get(issuers, i), NULL));
    }
    return ERR_OK;
}

static enum err read_vci(struct import_job *job) {
    struct reading reading = {.job = job};
    struct span text = {0};
    json_t *list = NULL;
    TRY(import_text(job, 0, &text));
    TRY(check_signature(job, text));
    TRY(import_json(job, 0, &list));
    const json_t *infos = json_object_get(list, "issuerInfo");
    enum err err = infos != NULL
                       ? read_snapshot(&reading, list, infos)
                       : read_participants(&reading, json_object_get(list, "participating_issuers"));
    roll_close(&reading.roll);
    json_decref(list);
    return err;
}

const struct import_format import_vci = {
    .name = "vci",
    .sentence =
        "The VCI Directory of SMART Health Cards: vci_snapshot.json with --signature and --pin (a PEM\n"
        "                      certificate), or vci-issuers.json, which brings names and no keys.",
    .takes = {"pin", "signature"},
    .read = read_vci,
};
