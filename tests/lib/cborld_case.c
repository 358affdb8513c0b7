/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/cborld_case.h"

#include <stdlib.h>

#include "base/limits.h"
#include "tests/lib/check.h"

const struct cborld_form cborld_case_first = {CBORLD_1_0, 1};

#define XSD "http://www.w3.org/2001/XMLSchema#"

/* The contexts of these tests. Their names are numbered in order: 100, 102 and so on. */
static const char contexts[] =
    "{"
    "\"https://a.example/"
    "1\":{\"@protected\":true,\"Person\":{\"@id\":\"ex:Person\",\"@context\":{\"@protected\":true,"
    "\"name\":\"ex:name\",\"born\":{\"@id\":\"ex:born\",\"@type\":\"" XSD "date\"}}},"
    "\"at\":{\"@id\":\"ex:at\",\"@type\":\"" XSD "dateTime\"},\"id\":\"@id\",\"knows\":{\"@id\":\"ex:knows\","
    "\"@context\":{\"since\":{\"@id\":\"ex:since\",\"@type\":\"xsd:dateTime\"},\"xsd\":\"" XSD "\"}},"
    "\"sign\":{\"@id\":\"ex:sign\",\"@type\":\"https://w3id.org/security#multibase\"},\"type\":\"@type\"},"
    "\"https://a.example/other\":{\"at\":\"ex:another\"},"
    "\"https://a.example/alike\":{\"at\":{\"@id\":\"ex:at\",\"@type\":\"" XSD
    "dateTime\",\"@prefix\":false}},"
    "\"https://a.example/prefix\":{\"at\":{\"@id\":\"ex:at\",\"@type\":\"" XSD
    "dateTime\",\"@prefix\":true}},"
    "\"https://a.example/list\":[{}],"
    "\"https://a.example/wrong\":{\"a\":5},"
    "\"https://a.example/empty\":{\"a\":{}},"
    "\"https://a.example/ring\":{\"@import\":\"https://a.example/ring\"},"
    "\"https://a.example/none\":null,"
    "\"https://a.example/curie\":{\"a\":{\"@id\":\"a:b\"}}"
    "}";

static const struct context_document *find(void *ctx, struct span address) {
    struct cborld_case *f = ctx;
    const json_t *context = json_object_getn(f->contexts, (const char *)address.ptr, address.len);
    f->document =
        (struct context_document){.address = address, .context = json_is_null(context) ? NULL : context};
    return context == NULL ? NULL : &f->document;
}

int cborld_case_open(void **state) {
    struct cborld_case *f = calloc(1, sizeof *f);
    f->contexts = json_loads(contexts, 0, NULL);
    f->library = (struct context_library){.find = find, .ctx = f};
    f->memory_size = LIMIT_SCAN_ARENA_BYTES;
    f->memory = malloc(f->memory_size);
    *state = f;
    return f->contexts == NULL;
}

int cborld_case_close(void **state) {
    struct cborld_case *f = *state;
    json_decref(f->contexts);
    free(f->memory);
    free(f);
    return 0;
}

enum err cborld_case_decode(struct cborld_case *f, struct span bytes, json_t **out) {
    struct arena arena = arena_over(f->memory, f->memory_size);
    return cborld_decode(bytes, NULL, &f->library, &arena, out);
}

enum err cborld_case_encode(struct cborld_case *f, const json_t *document, struct cborld_form form) {
    struct arena arena = arena_over(f->memory, f->memory_size);
    f->out = room_over(f->output, sizeof f->output);
    return cborld_encode(document, form, NULL, &f->library, &arena, &f->out);
}

enum err cborld_case_encode_text(struct cborld_case *f, const char *json, struct cborld_form form) {
    json_t *document = json_loads(json, JSON_DECODE_ANY, NULL);
    assert_non_null(document);
    enum err err = cborld_case_encode(f, document, form);
    json_decref(document);
    return err;
}

struct span cborld_case_unhex(const char *text, uint8_t *out) {
    size_t len = 0;
    for (; *text != 0; text++) {
        if (*text != ' ') {
            unsigned value = (unsigned)(*text >= 'a' ? *text - 'a' + 10 : *text - '0');
            out[len / 2] = (uint8_t)(len % 2 == 0 ? value << 4 : out[len / 2] | value);
            len++;
        }
    }
    return span_of_bytes(out, len / 2);
}
