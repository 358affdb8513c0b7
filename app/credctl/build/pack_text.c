/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/pack_text.h"

#include "codec/jsontext.h"
#include "credctl/build/shown_text.h"

static void put_text(FILE *out, const json_t *object, const char *member) {
    shown_text_print(out, jsontext_span(json_object_get(object, member)));
}

static void put_member(FILE *out, const char *label, const json_t *object, const char *member) {
    fprintf(out, "%-14s", label);
    put_text(out, object, member);
    fputc('\n', out);
}

static void put_source(FILE *out, const json_t *source) {
    fprintf(out, "%-14s", "source");
    put_text(out, source, "format");
    fputs("  ", out);
    put_text(out, source, "url");
    fputs(json_object_get(source, "url") == NULL ? "" : "  ", out);
    put_text(out, source, "result");
    fputc('\n', out);
}

void pack_text_head(FILE *out, const json_t *head) {
    size_t index = 0;
    const json_t *source = NULL;
    put_member(out, "scheme", head, "scheme");
    fprintf(out, "%-14s%" JSON_INTEGER_FORMAT "%s\n", "number",
            json_integer_value(json_object_get(head, "seq")),
            json_is_true(json_object_get(head, "demo")) ? "  DEMO" : "");
    fprintf(out, "%-14s%" JSON_INTEGER_FORMAT "\n", "root",
            json_integer_value(json_object_get(head, "root")));
    put_member(out, "issued", head, "issued");
    put_member(out, "fresh until", head, "next_update");
    put_member(out, "expires", head, "expires");
    put_member(out, "freshness", head, "band");
    if (json_is_string(json_object_get(head, "at"))) {
        put_member(out, "as of", head, "at");
    }
    put_member(out, "id", head, "id");
    json_array_foreach(json_object_get(head, "sources"), index, source) {
        put_source(out, source);
    }
}

void pack_text_issuer(FILE *out, const json_t *issuer) {
    size_t index = 0;
    const json_t *key = NULL;
    fprintf(out, "%-14s", "issuer");
    put_text(out, issuer, "identifier");
    fputs("  ", out);
    put_text(out, issuer, "name");
    fputs(json_is_true(json_object_get(issuer, "unsigned")) ? "  (from an unsigned source)\n" : "\n", out);
    json_array_foreach(json_object_get(issuer, "keys"), index, key) {
        fprintf(out, "%-14s", "  key");
        put_text(out, key, "alg");
        fputs("  ", out);
        put_text(out, key, "kid");
        fprintf(out, "%s%s%s\n", json_is_true(json_object_get(key, "for_status")) ? "  (status lists)" : "",
                json_is_true(json_object_get(key, "unsigned")) ? "  (from an unsigned source)" : "",
                json_is_string(json_object_get(key, "withdrawn_at")) ? "  (withdrawn)" : "");
    }
}

void pack_text_anchor(FILE *out, const json_t *anchor) {
    fprintf(out, "%-14s", "certificate");
    put_text(out, anchor, "sha256");
    fputs("  ", out);
    put_text(out, anchor, "name");
    fputc('\n', out);
}

void pack_text_context(FILE *out, const json_t *context) {
    fprintf(out, "%-14s", "context");
    put_text(out, context, "address");
    fputs("  ", out);
    put_text(out, context, "source");
    fputc('\n', out);
}

void pack_text_status(FILE *out, const json_t *status) {
    fprintf(out, "%-14s", "status list");
    put_text(out, status, "address");
    fputs("  ", out);
    put_text(out, status, json_string_length(json_object_get(status, "purpose")) > 0 ? "purpose" : "kind");
    fprintf(out, "  %" JSON_INTEGER_FORMAT " entries, as of ",
            json_integer_value(json_object_get(status, "entries")));
    put_text(out, status, "as_of");
    fputs(json_is_true(json_object_get(status, "unsigned")) ? "  (unsigned)\n" : "\n", out);
}
