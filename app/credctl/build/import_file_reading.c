/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/build/import_file.h"
#include "credctl/build/issuer_file.h"

static bool read_text(const json_t *head, const char *member, char *out, size_t size) {
    struct span text = {0};
    if (jsontext_string(head, member, &text) != ERR_OK || text.len >= size) {
        return false;
    }
    memcpy(out, text.ptr, text.len);
    out[text.len] = '\0';
    return true;
}

static bool read_time(const json_t *head, const char *member, int64_t *out) {
    struct span text = {0};
    *out = 0;
    return jsontext_string(head, member, &text) == ERR_OK &&
           (text.len == 0 || (datetime_parse(text, out) == ERR_OK && *out > 0));
}

static bool is_hash(const char *hex) {
    return strspn(hex, "0123456789abcdef") == 2 * CRYPTO_SHA256_BYTES;
}

static bool read_head(const json_t *head, struct import_file_source *out) {
    const json_t *is_unsigned = json_object_get(head, "unsigned");
    out->is_signed = json_is_false(is_unsigned);
    return json_is_boolean(is_unsigned) && read_text(head, "format", out->format, sizeof out->format) &&
           read_text(head, "name", out->name, sizeof out->name) &&
           read_text(head, "url", out->url, sizeof out->url) &&
           read_text(head, "sha256", out->sha256, sizeof out->sha256) && is_hash(out->sha256) &&
           read_text(head, "signer", out->signer, sizeof out->signer) &&
           jsontext_integer(head, "seq", &out->seq) == ERR_OK && out->seq >= 0 &&
           read_time(head, "issued", &out->issued_s) && read_time(head, "next_update", &out->next_update_s) &&
           read_time(head, "imported", &out->imported_s) && out->imported_s > 0 &&
           import_file_may_be_called(span_of_text(out->name));
}

enum err import_file_open(const char *path, struct import_file_reading *out) {
    struct span line = {0};
    bool found = false;
    json_t *head = NULL;
    TRY(line_file_open(path, &out->lines));
    TRY(line_file_next(&out->lines, &found, &line));
    if (!found || jsontext_parse(line, &head) != ERR_OK) {
        return ERR_IMPORT_FILE;
    }
    bool good = read_head(head, &out->source);
    json_decref(head);
    return good ? ERR_OK : ERR_IMPORT_FILE;
}

enum err import_file_line(struct span line, json_t **out) {
    json_t *issuer = NULL;
    TRY(jsontext_parse(line, &issuer));
    if (issuer_file_first(issuer).len == 0) {
        json_decref(issuer);
        return ERR_IMPORT_FILE;
    }
    *out = issuer;
    return ERR_OK;
}

enum err import_file_next(struct import_file_reading *reading, json_t **out) {
    struct span line = {0};
    bool found = false;
    TRY(line_file_next(&reading->lines, &found, &line));
    *out = NULL;
    if (!found) {
        return ERR_OK;
    }
    return import_file_line(line, out);
}

void import_file_end(struct import_file_reading *reading) {
    line_file_close(&reading->lines);
    *reading = (struct import_file_reading){0};
}
