/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/issuer_anchor.h"

#include <stdlib.h>

#include "codec/base64.h"
#include "codec/jsontext.h"

#define MEMBER "certificates"

size_t issuer_anchor_count(const json_t *issuer) {
    return json_array_size(json_object_get(issuer, MEMBER));
}

enum err issuer_anchor_nth(const json_t *issuer, size_t n, struct issuer_anchor *out) {
    const json_t *entry = json_array_get(json_object_get(issuer, MEMBER), n);
    struct room der = room_over(out->der, sizeof out->der);
    struct span text = {0};
    if (jsontext_string(entry, "der", &text) != ERR_OK) {
        return ERR_ISSUER_FILE;
    }
    TRY(base64_decode(text, &der));
    TRY(certificate_read(room_span(&der), &out->certificate));
    TRY(issuer_file_scope(json_object_get(entry, "types"), out->types_room, &out->types));
    return issuer_file_scope(json_object_get(entry, "achievements"), out->achievements_room,
                             &out->achievements);
}

static json_t *text_of(struct span der) {
    char text[BASE64_CHARS(LIMIT_CERTIFICATE_BYTES)];
    struct room room = room_over(text, sizeof text);
    return base64_encode(der, &room) == ERR_OK ? json_stringn(text, room.len) : NULL;
}

static enum err append(json_t *issuer, json_t *entry) {
    json_t *list = json_object_get(issuer, MEMBER);
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (json_equal(json_object_get(json_array_get(list, i), "der"), json_object_get(entry, "der"))) {
            return ERR_OK;
        }
    }
    if (list == NULL) {
        list = json_array();
        if (json_object_set_new(issuer, MEMBER, list) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    if (json_array_size(list) == ISSUER_ANCHOR_MAX) {
        return ERR_ISSUER_FILE;
    }
    return json_array_append(list, entry) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

enum err issuer_anchor_add(json_t *issuer, const struct certificate *certificate, struct span types,
                           struct span achievements) {
    json_t *entry =
        json_pack("{s:o,s:o,s:o}", "der", text_of(certificate->der), "types", issuer_file_scope_json(types),
                  "achievements", issuer_file_scope_json(achievements));
    enum err err = entry == NULL ? ERR_NO_MEMORY : append(issuer, entry);
    json_decref(entry);
    return err;
}

enum err issuer_anchor_join(json_t *issuer, const json_t *other) {
    json_t *list = json_object_get(other, MEMBER);
    for (size_t i = 0; i < json_array_size(list); i++) {
        TRY(append(issuer, json_array_get(list, i)));
    }
    return ERR_OK;
}

static enum err list_one(const struct issuer_anchor *anchor, struct lists *lists, int64_t row) {
    struct lists_anchor entry = {
        .der = anchor->certificate.der, .types = anchor->types, .achievements = anchor->achievements};
    memcpy(entry.thumbprint, anchor->certificate.thumbprint, sizeof entry.thumbprint);
    return lists_add_anchor(lists, row, &entry);
}

enum err issuer_anchor_list(const json_t *issuer, struct lists *lists, int64_t row) {
    const json_t *member = json_object_get(issuer, MEMBER);
    if (member == NULL) {
        return ERR_OK;
    }
    if (!json_is_array(member) || json_array_size(member) > ISSUER_ANCHOR_MAX) {
        return ERR_ISSUER_FILE;
    }
    struct issuer_anchor *anchor = malloc(sizeof *anchor);
    enum err err = anchor == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < json_array_size(member); i++) {
        err = issuer_anchor_nth(issuer, i, anchor);
        if (err == ERR_OK && lists != NULL) {
            err = list_one(anchor, lists, row);
        }
    }
    free(anchor);
    return err;
}
