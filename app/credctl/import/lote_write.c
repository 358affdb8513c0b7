/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/lote_write.h"

#include <stdlib.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_anchor.h"
#include "credctl/import/lote_entity.h"
#include "credctl/import/lote_extension.h"

/* Addresses that a workspace does not know, and that the standard asks for. */
#define NOT_STATED "not stated"

static json_t *text_of(struct span text) {
    return json_stringn((const char *)text.ptr, text.len);
}

static json_t *time_text(int64_t time_s) {
    char text[DATETIME_TEXT_SIZE];
    datetime_text(time_s, text);
    return json_string(text);
}

json_t *lote_write_scheme_json(const struct lote_write_scheme *scheme) {
    json_t *out = json_pack("{s:i,s:I,s:[{s:s,s:o}],s:o,s:o}", "LoTEVersionIdentifier", 1,
                            "LoTESequenceNumber", (json_int_t)scheme->seq, "SchemeOperatorName", "lang", "en",
                            "value", text_of(scheme->operator_name), "ListIssueDateTime",
                            time_text(scheme->issued_s), "NextUpdate", time_text(scheme->next_update_s));
    if (out != NULL && scheme->territory.len > 0 &&
        json_object_set_new(out, "SchemeTerritory", text_of(scheme->territory)) != 0) {
        json_decref(out);
        return NULL;
    }
    return out;
}

/* An entity being written. */
struct writing {
    const json_t *issuer;
    const struct lote_write_how *how;
    uint64_t left_out;
    json_t *services;    /* owned */
    json_t *identifiers; /* those that credentials may name; owned */
    struct issuer_file_key key;
    struct issuer_anchor anchor;
};

/* What keys of one service have in common. */
struct common {
    struct span types, achievements;
    bool for_status;
    int64_t withdrawn_at_s;
};

static json_t *scope_of(const struct common *common) {
    return json_pack("{s:o,s:o}", "types", issuer_file_scope_json(common->types), "achievements",
                     issuer_file_scope_json(common->achievements));
}

static json_t *member_of(json_t *service, const char *member) {
    return json_object_get(json_object_get(service, "ServiceInformation"), member);
}

/* Two of one scope, type and status are one service. */
static bool is_same(json_t *a, json_t *b) {
    static const char *const members[] = {"ServiceTypeIdentifier", "ServiceStatus", "StatusStartingTime",
                                          "ServiceInformationExtensions"};
    bool same = true;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *left = member_of(a, members[i]), *right = member_of(b, members[i]);
        same = same && (left == NULL ? right == NULL : json_equal(left, right) == 1);
    }
    return same;
}

static enum err set(json_t *object, const char *member, json_t *value) {
    return json_object_set_new(object, member, value) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

static enum err describe(const struct writing *w, const struct common *common, json_t *information) {
    TRY(set(information, "ServiceTypeIdentifier",
            json_string(common->for_status ? LOTE_WRITE_REVOCATION : LOTE_WRITE_ISSUANCE)));
    if (common->withdrawn_at_s != 0) {
        TRY(set(information, "ServiceStatus", json_string(LOTE_WRITE_WITHDRAWN)));
        TRY(set(information, "StatusStartingTime", time_text(common->withdrawn_at_s)));
    }
    if (common->types.len + common->achievements.len > 0) {
        TRY(set(information, "ServiceInformationExtensions",
                json_pack("[{s:o,s:b}]", LOTE_EXTENSION_SCOPE, scope_of(common), "critical", 1)));
    }
    return json_array_size(w->identifiers) == 0 ? ERR_OK
                                                : set(json_object_get(information, "ServiceDigitalIdentity"),
                                                      "OtherIds", json_copy(w->identifiers));
}

/* The service of these, new where there is none yet. Borrowed from the entity. */
static enum err service_of(struct writing *w, const struct common *common, json_t **out) {
    const char *name = LOTE_WRITE_ISSUANCE;
    json_t *information = json_pack("{s:[{s:s,s:s}],s:{}}", "ServiceName", "lang", "en", "value", name,
                                    "ServiceDigitalIdentity");
    json_t *service = json_pack("{s:o}", "ServiceInformation", information);
    enum err err = service == NULL ? ERR_NO_MEMORY : describe(w, common, information);
    for (size_t i = 0; err == ERR_OK && i < json_array_size(w->services); i++) {
        json_t *other = json_array_get(w->services, i);
        if (is_same(other, service)) {
            json_decref(service);
            *out = other;
            return ERR_OK;
        }
    }
    if (err == ERR_OK) {
        err = json_array_append(w->services, service) == 0 ? ERR_OK : ERR_NO_MEMORY;
        *out = service;
    }
    json_decref(service);
    return err;
}

static enum err append(json_t *service, const char *member, json_t *value) {
    json_t *identity = member_of(service, "ServiceDigitalIdentity");
    json_t *list = json_object_get(identity, member);
    if (list == NULL) {
        list = json_array();
        TRY(set(identity, member, list));
    }
    return json_array_append_new(list, value) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

/* ---- keys ----------------------------------------------------------------------------------------------------------------- */

static struct common common_of(const struct lists_key *key) {
    return (struct common){key->types, key->achievements, key->for_status, key->withdrawn_at_s};
}

static enum err jwk_of(const struct writing *w, size_t index, json_t **out) {
    const json_t *entry = json_array_get(json_object_get(w->issuer, "keys"), index);
    const struct lists_key *key = &w->key.key;
    json_t *jwk = json_copy(json_object_get(entry, "jwk"));
    enum err err = jwk == NULL ? ERR_NO_MEMORY : set(jwk, "alg", json_string(crypto_alg_name(key->alg)));
    if (err == ERR_OK && key->kid.len > 0) {
        err = set(jwk, "kid", text_of(key->kid));
    }
    if (err == ERR_OK && key->valid_from_s != 0) {
        err = set(jwk, "nbf", json_integer(key->valid_from_s));
    }
    if (err == ERR_OK && key->valid_until_s != 0) {
        err = set(jwk, "exp", json_integer(key->valid_until_s));
    }
    if (err != ERR_OK) {
        json_decref(jwk);
        return err;
    }
    *out = jwk;
    return ERR_OK;
}

static bool is_taken(const struct writing *w, const struct lists_key *key) {
    return (w->how->with_unsigned || !key->unsigned_source) &&
           (w->how->with_okp || key->key.kind != CRYPTO_KEY_ED25519);
}

static enum err write_keys(struct writing *w) {
    for (size_t i = 0; i < issuer_file_keys(w->issuer); i++) {
        json_t *service = NULL, *jwk = NULL;
        TRY(issuer_file_key(w->issuer, i, &w->key));
        if (!is_taken(w, &w->key.key)) {
            w->left_out++;
            continue;
        }
        struct common common = common_of(&w->key.key);
        TRY(service_of(w, &common, &service));
        TRY(jwk_of(w, i, &jwk));
        TRY(append(service, "PublicKeyValues", jwk));
    }
    return ERR_OK;
}

/* ---- certificates --------------------------------------------------------------------------------------------------------- */

/* Where a certificate's own key is listed, it stands with that; *stands is false where the key is for nothing that an anchor is. */
static enum err place_anchor(struct writing *w, struct common *out, bool *stands) {
    *out = (struct common){w->anchor.types, w->anchor.achievements, false, 0};
    *stands = w->how->with_unsigned || json_is_false(json_object_get(w->issuer, "unsigned"));
    for (size_t i = 0; i < issuer_file_keys(w->issuer); i++) {
        TRY(issuer_file_key(w->issuer, i, &w->key));
        const struct lists_key *key = &w->key.key;
        if (crypto_key_equal(&key->key, &w->anchor.certificate.key)) {
            *out = common_of(key);
            *stands = !key->for_status && key->withdrawn_at_s == 0 && is_taken(w, key);
            return ERR_OK;
        }
    }
    return ERR_OK;
}

static enum err write_anchors(struct writing *w) {
    const json_t *list = json_object_get(w->issuer, "certificates");
    for (size_t i = 0; i < issuer_anchor_count(w->issuer); i++) {
        struct common common;
        bool stands = false;
        json_t *service = NULL;
        TRY(issuer_anchor_nth(w->issuer, i, &w->anchor));
        TRY(place_anchor(w, &common, &stands));
        if (stands) {
            TRY(service_of(w, &common, &service));
            json_t *value = json_pack("{s:O}", "val", json_object_get(json_array_get(list, i), "der"));
            TRY(append(service, "X509Certificates", value));
        }
    }
    return ERR_OK;
}

/* ---- the entity ----------------------------------------------------------------------------------------------------------- */

/* Those that stand for a certificate are made anew by whoever reads the list. */
static enum err find_identifiers(struct writing *w) {
    const json_t *all = json_object_get(w->issuer, "identifiers");
    w->identifiers = json_array();
    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *identifier = json_array_get(all, i);
        bool own = !span_starts_with(jsontext_span(identifier), LOTE_ENTITY_BY_CERTIFICATE);
        if (own && json_array_append(w->identifiers, identifier) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    return w->identifiers == NULL ? ERR_NO_MEMORY : ERR_OK;
}

static json_t *names_of(const json_t *issuer) {
    json_t *names = json_object_get(issuer, "names"), *value = NULL, *out = json_array();
    const char *language = NULL;
    json_object_foreach(names, language, value) {
        if (json_array_append_new(out, json_pack("{s:s,s:O}", "lang", language, "value", value)) != 0) {
            json_decref(out);
            return NULL;
        }
    }
    return out;
}

static json_t *entity_of(const struct writing *w) {
    struct span territory = jsontext_span(json_object_get(w->issuer, "territory"));
    json_t *first = json_array_get(json_object_get(w->issuer, "identifiers"), 0);
    json_t *address =
        json_pack("{s:[{s:s,s:s,s:o}],s:[{s:s,s:O}]}", "TEPostalAddress", "lang", "en", "StreetAddress",
                  NOT_STATED, "Country", territory.len > 0 ? text_of(territory) : json_string(NOT_STATED),
                  "TEElectronicAddress", "lang", "en", "uriValue", first);
    return json_pack("{s:{s:o,s:o,s:[{s:s,s:O}]},s:O}", "TrustedEntityInformation", "TEName",
                     names_of(w->issuer), "TEAddress", address, "TEInformationURI", "lang", "en", "uriValue",
                     first, "TrustedEntityServices", w->services);
}

static enum err write(struct writing *w, json_t **out) {
    w->services = json_array();
    TRY(find_identifiers(w));
    TRY(write_keys(w));
    TRY(write_anchors(w));
    if (json_array_size(w->services) == 0) {
        *out = NULL;
        return ERR_OK;
    }
    *out = entity_of(w);
    return *out == NULL ? ERR_NO_MEMORY : ERR_OK;
}

enum err lote_write_entity(const json_t *issuer, const struct lote_write_how *how, uint64_t *left_out,
                           json_t **out) {
    struct writing *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return ERR_NO_MEMORY;
    }
    w->issuer = issuer;
    w->how = how;
    enum err err = write(w, out);
    *left_out += err == ERR_OK ? w->left_out : 0;
    json_decref(w->services);
    json_decref(w->identifiers);
    free(w);
    return err;
}
