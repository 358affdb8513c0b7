/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "linked/linked.h"
#include "proof/sd.h"
#include "proof/sdvalue.h"

#include <stdlib.h>

#define MEMORY (1u << 20)
#define MOST   16384u

/* Two blank nodes, five statements. */
static const char shown[] =
    "{\"@context\":{\"@vocab\":\"https://example.org/\"},\"@type\":\"Credential\",\"issuer\":\"i\","
    "\"until\":\"2027\",\"subject\":{\"name\":\"Ada\"}}";

/* What is shown, made once. */
struct document {
    uint8_t *kept, *memory;
    struct linked_document linked;
};

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

static void open_document(struct document *d) {
    static const struct context_library none = {0};
    json_t *json = NULL;
    d->kept = malloc(MEMORY);
    d->memory = malloc(MEMORY);
    struct arena arena = arena_over(d->kept, MEMORY);
    insist(crypto_start() == ERR_OK && jsontext_parse(span_of_text(shown), &json) == ERR_OK);
    insist(linked_canonize(json, &none, RDFC_SHA256, &arena, &d->linked) == ERR_OK);
}

/* What every value that was taken apart promises. */
static void insist_on_value(const struct sdvalue *value) {
    insist(value->base_signature.len == SDVALUE_SIGNATURE_BYTES && value->key.len == SDVALUE_KEY_BYTES);
    for (uint32_t i = 0; i < value->signature_count; i++) {
        insist(value->signatures[i].len == SDVALUE_SIGNATURE_BYTES);
    }
    for (uint32_t i = 0; i < value->label_count; i++) {
        insist(value->labels[i].len == SDVALUE_LABEL_BYTES);
        insist(i == 0 || !span_equal(value->labels[i - 1], value->labels[i]));
    }
    for (uint32_t i = 1; i < value->index_count; i++) {
        insist(value->indexes[i - 1] < value->indexes[i]);
    }
}

/* A text after its first byte; the first bit says whether it is a proofValue as it is, or what one decodes to. */
static struct span text_of(const uint8_t *data, size_t size, struct room *out) {
    if (size > 0 && (data[0] & 1u) != 0) {
        return span_of_bytes(data + 1, size - 1);
    }
    insist(room_put_byte(out, 'u') == ERR_OK);
    insist(base64url_encode(span_of_bytes("\xD9\x5D\x01", 3), out) == ERR_OK);
    insist(size == 0 || base64url_encode(span_of_bytes(data + 1, size - 1), out) == ERR_OK);
    return room_span(out);
}

/* A proof that is taken apart signs each statement once: those of the parts, and as many as there are indexes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct document d;
    static const uint8_t hash[CRYPTO_SHA256_BYTES];
    static uint8_t room_bytes[2 * MOST];
    struct room room = room_over(room_bytes, sizeof room_bytes);
    struct sdvalue value = {0};
    struct proof proof = {0};
    if (d.memory == NULL) {
        open_document(&d);
    }
    struct span text = text_of(data, size > MOST ? MOST : size, &room);
    struct arena arena = arena_over(d.memory, MEMORY);
    enum err first = sdvalue_read(text, &arena, &value);
    if (first == ERR_OK) {
        insist_on_value(&value);
    }
    enum err err =
        sd_read(text, span_of_bytes(hash, sizeof hash), &d.linked.set, d.linked.form.labels, &arena, &proof);
    insist(err != ERR_OK || first == ERR_OK);
    if (err == ERR_OK) {
        insist(proof.parts.count + value.index_count == d.linked.form.line_count);
        insist(proof.parts.count == value.signature_count && value.label_count == 2);
        insist(proof.signature.len == SDVALUE_SIGNATURE_BYTES && proof.signed_bytes.len == 99);
    }
    return 0;
}
