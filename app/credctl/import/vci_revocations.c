/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/vci_revocations.h"

#include "codec/jsontext.h"

/* An id has up to 24 characters of base64url; a time in seconds may follow. */
#define ID_CHARS_MAX   24u
#define TIME_CHARS_MAX 12u

static bool is_base64url(uint8_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool is_rid(struct span text) {
    size_t dot = span_find(text, '.', 0);
    struct span time = span_slice(text, dot + 1, text.len);
    bool good =
        dot > 0 && dot <= ID_CHARS_MAX && time.len <= TIME_CHARS_MAX && (dot == text.len || time.len > 0);
    for (size_t i = 0; good && i < dot; i++) {
        good = is_base64url(text.ptr[i]);
    }
    for (size_t i = 0; good && i < time.len; i++) {
        good = time.ptr[i] >= '0' && time.ptr[i] <= '9';
    }
    return good;
}

/* "ctr" counts the versions of a list; some issuers write it as text. */
static bool is_counter(const json_t *ctr) {
    struct span text = jsontext_span(ctr);
    bool good = text.len > 0 && text.len <= TIME_CHARS_MAX;
    for (size_t i = 0; good && i < text.len; i++) {
        good = text.ptr[i] >= '0' && text.ptr[i] <= '9';
    }
    return good || (json_is_integer(ctr) && json_integer_value(ctr) >= 0);
}

static enum err check(const json_t *crl, uint64_t *count) {
    const json_t *rids = json_object_get(crl, "rids");
    struct span kid = jsontext_span(json_object_get(crl, "kid"));
    if (kid.len == 0 || kid.len > LIMIT_NAME_BYTES || !json_is_array(rids) ||
        !span_equal_text(jsontext_span(json_object_get(crl, "method")), "rid") ||
        !is_counter(json_object_get(crl, "ctr"))) {
        return ERR_IMPORT_REVOCATIONS;
    }
    for (size_t i = 0; i < json_array_size(rids); i++) {
        if (!is_rid(jsontext_span(json_array_get(rids, i)))) {
            return ERR_IMPORT_REVOCATIONS;
        }
    }
    *count += json_array_size(rids);
    return ERR_OK;
}

static json_t *without_the_rest(const json_t *crl) {
    return json_pack("{s:O,s:O,s:O,s:O}", "kid", json_object_get(crl, "kid"), "method",
                     json_object_get(crl, "method"), "ctr", json_object_get(crl, "ctr"), "rids",
                     json_object_get(crl, "rids"));
}

enum err vci_revocations_keep(struct entry *entry, const json_t *crls) {
    json_t *kept = json_array();
    enum err err = kept == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK && crls != NULL && !json_is_array(crls)) {
        err = ERR_IMPORT_REVOCATIONS;
    }
    for (size_t i = 0; err == ERR_OK && i < json_array_size(crls); i++) {
        err = check(json_array_get(crls, i), &entry->job->revocations);
        if (err == ERR_OK && json_array_append_new(kept, without_the_rest(json_array_get(crls, i))) != 0) {
            err = ERR_NO_MEMORY;
        }
    }
    if (err == ERR_OK && json_array_size(kept) > 0) {
        err = json_object_set(entry->issuer, "revocations", kept) == 0 ? ERR_OK : ERR_NO_MEMORY;
    }
    json_decref(kept);
    return err;
}
