/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/lote_entity.h"

#include <stdlib.h>

#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_anchor.h"
#include "credctl/import/lote_extension.h"
#include "credctl/import/lote_service.h"
#include "credctl/import/lote_shape.h"

static const json_t *information_of(const json_t *entity) {
    return json_object_get(entity, "TrustedEntityInformation");
}

struct span lote_entity_name(const json_t *entity) {
    const json_t *names = json_object_get(information_of(entity), "TEName");
    struct span first = jsontext_span(json_object_get(json_array_get(names, 0), "value"));
    for (size_t i = 0; i < json_array_size(names); i++) {
        const json_t *name = json_array_get(names, i);
        if (span_equal_small(jsontext_span(json_object_get(name, "lang")), "en")) {
            return jsontext_span(json_object_get(name, "value"));
        }
    }
    return first;
}

/* A language tag (RFC 5646): letters, digits and '-'. */
static bool is_language(struct span tag) {
    bool good = tag.len > 1 && tag.len <= 35;
    for (size_t i = 0; good && i < tag.len; i++) {
        uint8_t c = tag.ptr[i];
        good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }
    return good;
}

/* The first name in each language. */
static enum err set_names(const json_t *entity, json_t *issuer) {
    const json_t *names = json_object_get(information_of(entity), "TEName");
    for (size_t i = json_array_size(names); i-- > 0;) {
        const json_t *name = json_array_get(names, i);
        struct span language = jsontext_span(json_object_get(name, "lang"));
        const json_t *value = json_object_get(name, "value");
        if (!is_language(language)) {
            return ERR_IMPORT_SHAPE;
        }
        TRY(json_string_length(value) == 0
                ? ERR_OK
                : issuer_file_set_name(issuer, language, json_string_value(value)));
    }
    return json_object_size(json_object_get(issuer, "names")) > 0 ? ERR_OK : ERR_IMPORT_SHAPE;
}

static bool is_country(struct span text) {
    return text.len == 2 && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z' && text.ptr[1] >= 'A' &&
           text.ptr[1] <= 'Z';
}

static enum err set_territory(const json_t *entity, struct span of_scheme, json_t *issuer) {
    const json_t *address =
        json_object_get(json_object_get(information_of(entity), "TEAddress"), "TEPostalAddress");
    struct span country = jsontext_span(json_object_get(json_array_get(address, 0), "Country"));
    struct span use = is_country(country) ? country : is_country(of_scheme) ? of_scheme : (struct span){0};
    return use.len == 0 ||
                   json_object_set_new(issuer, "territory", json_stringn((const char *)use.ptr, use.len)) == 0
               ? ERR_OK
               : ERR_NO_MEMORY;
}

static enum err add_key(json_t *issuer, const struct lote_service_key *key) {
    char types[ISSUER_FILE_SCOPE_BYTES], achievements[ISSUER_FILE_SCOPE_BYTES];
    struct lists_key entry = {.kid = key->key.kid,
                              .key = key->key.key,
                              .alg = key->key.alg,
                              .valid_from_s = key->key.valid_from_s,
                              .valid_until_s = key->key.valid_until_s,
                              .withdrawn_at_s = key->withdrawn_at_s,
                              .for_status = key->for_status};
    if (key->scope != NULL) {
        TRY(issuer_file_scope(json_object_get(key->scope, "types"), types, &entry.types));
        TRY(issuer_file_scope(json_object_get(key->scope, "achievements"), achievements,
                              &entry.achievements));
    }
    return issuer_file_add_key(issuer, &entry, false);
}

static enum err add_keys(json_t *issuer, const struct lote_service_all *all) {
    for (size_t i = 0; i < all->key_count; i++) {
        TRY(all->keys[i].barred ? ERR_OK : add_key(issuer, &all->keys[i]));
    }
    return ERR_OK;
}

/* Whether anything could be checked by what it has. */
static bool is_of_use(const struct lote_service_all *all) {
    bool use = issuer_anchor_count(all->anchors) > 0;
    for (size_t i = 0; i < all->key_count; i++) {
        use = use || !all->keys[i].barred;
    }
    return use;
}

/* The identifiers, or the name that stands for its first certificate. */
static enum err new_issuer(const struct lote_service_all *all, struct lote_entity *out) {
    char text[sizeof LOTE_ENTITY_BY_CERTIFICATE + BASE64URL_CHARS(CRYPTO_SHA256_BYTES)] =
        LOTE_ENTITY_BY_CERTIFICATE;
    const char *first = json_string_value(json_array_get(all->names, 0));
    if (!is_of_use(all)) {
        return ERR_OK;
    }
    if (first == NULL && issuer_anchor_count(all->anchors) > 0) {
        struct issuer_anchor *anchor = malloc(sizeof *anchor);
        struct room room = {(uint8_t *)text, sizeof text - 1, strlen(text)};
        enum err err = anchor == NULL ? ERR_NO_MEMORY : issuer_anchor_nth(all->anchors, 0, anchor);
        if (err == ERR_OK) {
            err = base64url_encode(span_of_bytes(anchor->certificate.thumbprint, CRYPTO_SHA256_BYTES), &room);
        }
        free(anchor);
        TRY(err);
        first = text;
    }
    if (first == NULL) {
        return ERR_OK;
    }
    out->named = first == text ? LOTE_ENTITY_BY_ANCHORS : LOTE_ENTITY_BY_IDENTIFIERS;
    out->issuer = issuer_file_new(first);
    return out->issuer == NULL ? ERR_NO_MEMORY : ERR_OK;
}

static enum err fill(const json_t *entity, struct span territory, const struct lote_service_all *all,
                     json_t *issuer) {
    for (size_t i = 1; i < json_array_size(all->names); i++) {
        TRY(issuer_file_add_identifier(issuer, json_string_value(json_array_get(all->names, i))));
    }
    TRY(set_names(entity, issuer));
    TRY(set_territory(entity, territory, issuer));
    TRY(add_keys(issuer, all));
    return issuer_anchor_join(issuer, all->anchors);
}

static enum err read(const json_t *entity, struct span territory, struct lote_service_all *all,
                     struct lote_entity *out) {
    TRY(lote_service_read(json_object_get(entity, "TrustedEntityServices"), all));
    out->passed_over = all->passed_over;
    TRY(new_issuer(all, out));
    return out->issuer == NULL ? ERR_OK : fill(entity, territory, all, out->issuer);
}

enum err lote_entity_read(const json_t *entity, struct span territory, struct lote_entity *out) {
    struct lote_entity read_entity = {0};
    TRY(lote_shape_check_entity(entity));
    TRY(lote_extension_check(json_object_get(information_of(entity), "TEInformationExtensions"),
                             LOTE_EXTENSION_OF_ENTITY));
    struct lote_service_all *all = calloc(1, sizeof *all);
    enum err err = all == NULL ? ERR_NO_MEMORY : read(entity, territory, all, &read_entity);
    if (all != NULL) {
        lote_service_close(all);
    }
    free(all);
    if (err != ERR_OK) {
        json_decref(read_entity.issuer);
        return err;
    }
    *out = read_entity;
    return ERR_OK;
}
