/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/document.h"

#include "codec/cborjson.h"
#include "codec/jsontext.h"
#include "linked/cborld.h"

/* The map that PixelPass makes of JSON. */
static enum err read_map(struct span bytes, json_t **out) {
    struct cborjson_count count = {0};
    struct span rest = bytes;
    TRY(cbor_check(bytes));
    return cborjson_read(&rest, &count, out);
}

enum err payload_document(const struct payload *payload, const struct context_library *library,
                          struct arena *arena, json_t **out) {
    switch (payload->kind) {
    case PAYLOAD_JSON:
        return jsontext_parse(payload->envelope, out);
    case PAYLOAD_CBOR:
        return read_map(payload->envelope, out);
    case PAYLOAD_CBOR_LD:
        return cborld_decode(payload->envelope, NULL, library, arena, out);
    default:
        return ERR_PAYLOAD_UNKNOWN;
    }
}
