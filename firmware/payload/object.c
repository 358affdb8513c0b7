/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/object.h"

#include "codec/jsontext.h"

/* `value` is the word, or an array that holds it. */
static bool says(const json_t *value, const char *word) {
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (span_equal_text(jsontext_span(json_array_get(value, i)), word)) {
            return true;
        }
    }
    return span_equal_text(jsontext_span(value), word);
}

static enum payload_kind kind_of(const json_t *object) {
    const json_t *type = json_object_get(object, "type");
    if (says(type, "VerifiableCredential") || says(type, "VerifiablePresentation") ||
        says(type, "EnvelopedVerifiableCredential") || says(type, "EnvelopedVerifiablePresentation")) {
        return PAYLOAD_JSON;
    }
    if (json_is_string(json_object_get(object, "payload")) &&
        (json_object_get(object, "signatures") != NULL || json_object_get(object, "signature") != NULL)) {
        return PAYLOAD_JADES;
    }
    return says(type, "Assertion") ? PAYLOAD_OPEN_BADGE_2 : PAYLOAD_NONE;
}

enum err object_json_kind(struct span text, enum payload_kind *out) {
    json_t *object = NULL;
    TRY(jsontext_parse(text, &object));
    *out = kind_of(object);
    json_decref(object);
    return ERR_OK;
}

/* First bytes of the CBOR items that credentials are. */
static const struct {
    const char *bytes;
    size_t len;
    enum payload_kind kind;
} heads[] = {
    {"\xD2\x84", 2, PAYLOAD_COSE},            /* tag 18, array of 4 (RFC 9052 section 4.2) */
    {"\xD8\x3D\xD2\x84", 4, PAYLOAD_COSE},    /* the same as a tagged CWT (RFC 8392 section 6) */
    {"\x84\x43", 2, PAYLOAD_COSE},            /* untagged, protected headers of 3 bytes or more */
    {"\x84\x44", 2, PAYLOAD_COSE},            /* of 4 */
    {"\x84\x58", 2, PAYLOAD_COSE},            /* of 24 or more */
    {"\xD9\x05", 2, PAYLOAD_CBOR_LD},         /* legacy tags 0x0500, 0x0501 */
    {"\xD9\x06", 2, PAYLOAD_CBOR_LD},         /* registry id in the tag */
    {"\xD9\xCB\x1D\x82", 4, PAYLOAD_CBOR_LD}, /* CBOR-LD 1.0 */
};

static bool major_type_is(uint8_t first, uint8_t type) {
    return first >> 5 == type;
}

enum payload_kind object_cbor_kind(struct span bytes) {
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (span_equal(span_slice(bytes, 0, heads[i].len), span_of_bytes(heads[i].bytes, heads[i].len))) {
            return heads[i].kind;
        }
    }
    if (bytes.len == 0) {
        return PAYLOAD_NONE;
    }
    if (major_type_is(bytes.ptr[0], 4) && (bytes.ptr[0] & 0x1Fu) == 4) {
        return PAYLOAD_COSE;
    }
    return major_type_is(bytes.ptr[0], 5) ? PAYLOAD_CBOR : PAYLOAD_NONE;
}
