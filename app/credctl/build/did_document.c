/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/did_document.h"

#include <stdio.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "crypto/did.h"

size_t did_document_methods(const json_t *document) {
    return json_array_size(json_object_get(document, "assertionMethod"));
}

static struct span id_of(const json_t *json) {
    return jsontext_span(json_object_get(json, "id"));
}

/* A reference names a method by its whole id, or by its fragment. */
static bool names_method(struct span reference, struct span method, struct span document) {
    if (span_equal(reference, method)) {
        return true;
    }
    struct span longer = reference.len > method.len ? reference : method;
    struct span shorter = reference.len > method.len ? method : reference;
    return shorter.len > 0 && shorter.ptr[0] == '#' && longer.len == document.len + shorter.len &&
           span_equal(span_slice(longer, 0, document.len), document) &&
           span_equal(span_slice(longer, document.len, shorter.len), shorter);
}

/* A method that stands elsewhere is another's: this document would not tell when it changes. */
static enum err find(const json_t *document, const json_t *reference, const json_t **out) {
    const json_t *methods = json_object_get(document, "verificationMethod");
    struct span name = jsontext_span(reference);
    *out = json_is_object(reference) ? reference : NULL;
    for (size_t i = 0; *out == NULL && i < json_array_size(methods); i++) {
        const json_t *method = json_array_get(methods, i);
        *out = name.len > 0 && names_method(name, id_of(method), id_of(document)) ? method : NULL;
    }
    bool own = name.len == 0 || name.ptr[0] == '#' || span_equal(did_without_fragment(name), id_of(document));
    return *out != NULL ? ERR_OK : own ? ERR_KEY_FILE : ERR_KEY_FILE_OWNER;
}

/* A method's id, made absolute. */
static enum err read_id(struct span document, struct did_document_method *out) {
    struct span id = id_of(out->json);
    if (id.len == 0) {
        return ERR_KEY_FILE;
    }
    if (id.ptr[0] != '#') {
        bool own = id.len > document.len && id.ptr[document.len] == '#' &&
                   span_equal(span_slice(id, 0, document.len), document);
        out->id = id;
        return own ? ERR_OK : ERR_KEY_FILE_OWNER;
    }
    int length = snprintf(out->absolute, sizeof out->absolute, "%.*s%.*s", (int)document.len,
                          (const char *)document.ptr, (int)id.len, (const char *)id.ptr);
    out->id = span_of_text(out->absolute);
    return length > 0 && (size_t)length < sizeof out->absolute ? ERR_OK : ERR_KEY_FILE;
}

static enum err read_date(const json_t *method, const char *member, int64_t *out) {
    const json_t *value = json_object_get(method, member);
    if (value == NULL) {
        return ERR_OK;
    }
    return datetime_parse(jsontext_span(value), out) == ERR_OK && *out > 0 ? ERR_OK : ERR_KEY_FILE;
}

/* Another controller may change the key at will. */
static bool is_foreign(const json_t *method, struct span owner) {
    const json_t *controller = json_object_get(method, "controller");
    return controller != NULL && !span_equal(jsontext_span(controller), owner);
}

enum err did_document_method(const json_t *document, struct span owner, size_t n,
                             struct did_document_method *out) {
    if (!span_equal(id_of(document), owner)) {
        return ERR_KEY_FILE_OWNER;
    }
    *out = (struct did_document_method){0};
    TRY(find(document, json_array_get(json_object_get(document, "assertionMethod"), n), &out->json));
    if (is_foreign(out->json, owner)) {
        return ERR_KEY_FILE_OWNER;
    }
    TRY(read_date(out->json, "expires", &out->expires_s));
    TRY(read_date(out->json, "revoked", &out->revoked_s));
    return read_id(owner, out);
}
